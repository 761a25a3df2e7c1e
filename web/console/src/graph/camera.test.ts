// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { fit, fitReadable, keepOnPlane, pan, seen, zoomAt, zoomMost } from './camera';

const plane = { width: 4000, height: 1000 };
const screen = { width: 800, height: 400 };

it('fits the whole plane in the middle of the screen', () => {
  const camera = fit(plane, screen, 0);
  expect(camera.zoom).toBe(0.2);
  expect(seen(camera, screen)).toEqual({ left: 0, top: -500, right: 4000, bottom: 1500 });
});

it('never blows up a single box', () => {
  expect(fit({ width: 100, height: 50 }, screen, 10).zoom).toBe(1);
});

describe('fitReadable', () => {
  it('shows a readable beginning instead of dust', () => {
    expect(fitReadable(plane, screen, 0, 0.5, 0.1)).toMatchObject({ zoom: 0.5, x: -0 });
  });

  it('shows the shape of what is far too large to read', () => {
    expect(fitReadable(plane, screen, 0, 0.5, 0.3).zoom).toBe(0.2);
  });
});

it('zooms around the point under the pointer', () => {
  const before = { x: 100, y: 50, zoom: 0.5 };
  const after = zoomAt(before, 2, 300, 100, plane, screen);
  expect(after.x + 300 / after.zoom).toBeCloseTo(before.x + 300 / before.zoom);
  expect(after.y + 100 / after.zoom).toBeCloseTo(before.y + 100 / before.zoom);
});

it('does not zoom beyond its bounds', () => {
  expect(zoomAt({ x: 0, y: 0, zoom: 2 }, 100, 0, 0, plane, screen).zoom).toBe(zoomMost);
});

it('pans against the drag', () => {
  expect(pan({ x: 0, y: 0, zoom: 0.5 }, 10, -20)).toEqual({ x: -20, y: 40, zoom: 0.5 });
});

it('keeps the middle of the screen on the plane', () => {
  expect(keepOnPlane({ x: 9000, y: -9000, zoom: 1 }, plane, screen)).toEqual({ x: 3600, y: -200, zoom: 1 });
});
