// SPDX-License-Identifier: Apache-2.0
//
// Positions counted by the hour, day, week or month in which goods reached them, in local time.

import type { PositionRow } from '../trace/answer_index';

export type Grain = 'hour' | 'day' | 'week' | 'month';

export interface Bucket {
  from: number;
  to: number;
  certain: number;
  possible: number;
}

export interface Timeline {
  grain: Grain;
  buckets: Bucket[];
  untimed: number;
}

const hour = 3_600_000;
const day = 24 * hour;
// Bars stay wide enough to be hit.
const barsMost = 120;

export function grainOf(span: number): Grain {
  if (span <= 3 * day) {
    return 'hour';
  }
  if (span <= barsMost * day) {
    return 'day';
  }
  return span <= barsMost * 7 * day ? 'week' : 'month';
}

function startOf(at: number, grain: Grain): Date {
  const date = new Date(at);
  if (grain === 'hour') {
    date.setMinutes(0, 0, 0);
    return date;
  }
  date.setHours(0, 0, 0, 0);
  if (grain === 'week') {
    date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  } else if (grain === 'month') {
    date.setDate(1);
  }
  return date;
}

// By the calendar, not by adding milliseconds: days need not have 24 hours.
function nextStart(start: Date, grain: Grain): Date {
  const next = new Date(start);
  if (grain === 'hour') {
    next.setTime(next.getTime() + hour);
  } else if (grain === 'month') {
    next.setMonth(next.getMonth() + 1);
  } else {
    next.setDate(next.getDate() + (grain === 'week' ? 7 : 1));
  }
  return next;
}

export function timelineOf(rows: readonly PositionRow[]): Timeline {
  const times: { at: number; isCertain: boolean }[] = [];
  for (const { position } of rows) {
    if (position.possible) {
      times.push({ at: Date.parse(position.possible), isCertain: position.is_certain });
    }
  }
  const untimed = rows.length - times.length;
  if (times.length === 0) {
    return { grain: 'day', buckets: [], untimed };
  }
  times.sort((a, b) => a.at - b.at);
  const last = times[times.length - 1]!.at;
  const grain = grainOf(last - times[0]!.at);
  const buckets: Bucket[] = [];
  let start = startOf(times[0]!.at, grain);
  let next = 0;
  while (start.getTime() <= last) {
    const end = nextStart(start, grain);
    const bucket: Bucket = { from: start.getTime(), to: end.getTime(), certain: 0, possible: 0 };
    for (; next < times.length && times[next]!.at < bucket.to; next += 1) {
      bucket[times[next]!.isCertain ? 'certain' : 'possible'] += 1;
    }
    buckets.push(bucket);
    start = end;
  }
  return { grain, buckets, untimed };
}
