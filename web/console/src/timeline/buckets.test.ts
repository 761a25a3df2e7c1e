// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { indexAnswer } from '../trace/answer_index';
import { madeAnswer, madePosition } from '../trace/made_up';
import { grainOf, timelineOf } from './buckets';

const rowsAt = (...moments: (string | null)[]) => indexAnswer(madeAnswer(moments.map((possible, i) => madePosition(String(i), { possible })), [])).rows;
const dayMs = 86_400_000;

it('chooses bars that stay wide enough', () => {
  expect([dayMs, 10 * dayMs, 300 * dayMs, 2000 * dayMs].map(grainOf)).toEqual(['hour', 'day', 'week', 'month']);
});

describe('timelineOf', () => {
  it('counts by day without gaps', () => {
    const timeline = timelineOf(rowsAt('2026-03-01T04:00:00Z', '2026-03-01T05:00:00Z', '2026-03-09T04:00:00Z'));
    expect(timeline.grain).toBe('day');
    expect(timeline.buckets.map((bucket) => bucket.certain).filter(Boolean)).toEqual([2, 1]);
    expect(timeline.buckets).toHaveLength(9);
    timeline.buckets.slice(1).forEach((bucket, i) => expect(bucket.from).toBe(timeline.buckets[i]!.to));
  });

  it('tells how many have no time', () => {
    expect(timelineOf(rowsAt(null, null))).toEqual({ grain: 'day', buckets: [], untimed: 2 });
  });
});
