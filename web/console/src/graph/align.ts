// SPDX-License-Identifier: Apache-2.0

interface Block {
  sum: number;
  count: number;
}

// Places in the given order, at least `step` apart, as near as possible to the wanted ones (least
// squares). Pool adjacent violators: shifted by their rank the places need only not fall. O(n).
export function alignInOrder(wanted: readonly number[], step: number): number[] {
  const blocks: Block[] = [];
  wanted.forEach((value, i) => {
    let block: Block = { sum: value - i * step, count: 1 };
    let before = blocks[blocks.length - 1];
    while (before && before.sum / before.count > block.sum / block.count) {
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
      before = blocks[blocks.length - 1];
    }
    blocks.push(block);
  });
  const places: number[] = [];
  for (const block of blocks) {
    const base = block.sum / block.count;
    for (let i = 0; i < block.count; i += 1) {
      places.push(base + places.length * step);
    }
  }
  return places;
}
