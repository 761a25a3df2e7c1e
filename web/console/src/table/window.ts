// SPDX-License-Identifier: Apache-2.0
//
// Which rows of equal height a scrolled frame shows.

export interface RowWindow {
  first: number;
  end: number;
}

// A few rows beyond each edge, so that a quick turn of the wheel meets no blank.
const spare = 8;

export function windowOf(scrollTop: number, frameHeight: number, rowHeight: number, count: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + frameHeight) / rowHeight) + spare);
  return { first: Math.min(first, Math.max(0, count - 1)), end };
}
