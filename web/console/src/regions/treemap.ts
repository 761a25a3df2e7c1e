// SPDX-License-Identifier: Apache-2.0
//
// Squarified treemap (Bruls, Huizing, van Wijk 2000): areas by weight, sides as equal as they can be.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

// The worst ratio of sides if these areas share one strip along a side of the given length.
function worstRatio(areas: readonly number[], sum: number, side: number): number {
  const strip = sum / side;
  let worst = 0;
  for (const area of areas) {
    const along = area / strip;
    worst = Math.max(worst, along / strip, strip / along);
  }
  return worst;
}

function placeStrip(areas: readonly number[], sum: number, room: Rectangle, into: Rectangle[]): Rectangle {
  const isWide = room.width >= room.height;
  const strip = sum / (isWide ? room.height : room.width);
  let along = 0;
  for (const area of areas) {
    const length = area / strip;
    into.push(
      isWide
        ? { x: room.x, y: room.y + along, width: strip, height: length }
        : { x: room.x + along, y: room.y, width: length, height: strip },
    );
    along += length;
  }
  return isWide
    ? { x: room.x + strip, y: room.y, width: room.width - strip, height: room.height }
    : { x: room.x, y: room.y + strip, width: room.width, height: room.height - strip };
}

// Weights must fall; the rectangles come in the same order.
export function squarify(weights: readonly number[], whole: Rectangle): Rectangle[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) {
    return [];
  }
  const unit = (whole.width * whole.height) / total;
  const placed: Rectangle[] = [];
  let room = whole;
  let strip: number[] = [];
  let sum = 0;
  for (const weight of weights) {
    const area = weight * unit;
    const side = Math.min(room.width, room.height);
    const isBetter = strip.length === 0 || worstRatio([...strip, area], sum + area, side) <= worstRatio(strip, sum, side);
    if (!isBetter) {
      room = placeStrip(strip, sum, room, placed);
      strip = [];
      sum = 0;
    }
    strip.push(area);
    sum += area;
  }
  placeStrip(strip, sum, room, placed);
  return placed;
}
