// SPDX-License-Identifier: Apache-2.0
//
// Which rows a scrolled frame shows, and how tall a card is: heights come from the text, never from the
// document, so that where a row stands is known before it is drawn.

export interface RowWindow {
  first: number;
  end: number;
}

// A few rows beyond each edge, so that a quick turn of the wheel meets no blank.
const spare = 8;

// Where each row begins, and where the last one ends: one more than rows.
export function topsOf(count: number, heightOf: (row: number) => number): Float64Array {
  const tops = new Float64Array(count + 1);
  for (let row = 0; row < count; row += 1) {
    tops[row + 1] = tops[row]! + heightOf(row);
  }
  return tops;
}

// The first row that ends below `y`.
function rowAt(tops: Float64Array, y: number): number {
  let least = 0;
  let most = tops.length - 1;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (tops[middle + 1]! > y) {
      most = middle;
    } else {
      least = middle + 1;
    }
  }
  return least;
}

export function windowOf(scrollTop: number, frameHeight: number, tops: Float64Array): RowWindow {
  const count = tops.length - 1;
  if (count === 0) {
    return { first: 0, end: 0 };
  }
  const first = Math.max(0, rowAt(tops, scrollTop) - spare);
  const end = Math.min(count, rowAt(tops, scrollTop + frameHeight) + 1 + spare);
  return { first: Math.min(first, count - 1), end };
}

// Latin letters are narrower than Chinese ones, stops narrower yet; capitals and digits in bold come near this.
const latinWidth = 0.66;
const stopWidth = 0.4;
const stops = /[\s\-:.,/·()]/g;
function sizeOf(piece: string): number {
  const stopCount = piece.match(stops)?.length ?? 0;
  return piece >= '\u2e80' ? 1 : (piece.length - stopCount) * latinWidth + stopCount * stopWidth;
}
const pieces = /[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/gu;

// Lines that a text takes where `room` Chinese characters stand side by side, guessed a little too many
// rather than too few. Words are kept whole where they fit a line.
export function linesOf(text: string, room: number): number {
  const width = Math.max(1, room);
  if (text.length <= width) {
    return 1;
  }
  let lines = 1;
  let used = 0;
  for (const [piece] of text.matchAll(pieces)) {
    const size = sizeOf(piece);
    if (used + size <= width) {
      used += size;
    } else if (size <= width) {
      lines += 1;
      used = piece.trim() === '' ? 0 : size;
    } else {
      const whole = used + size;
      lines += Math.ceil(whole / width) - 1;
      used = whole % width;
    }
  }
  return lines;
}
