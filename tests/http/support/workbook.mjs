// SPDX-License-Identifier: Apache-2.0
//
// What a workbook holds, as text to be searched.

import { inflateRawSync } from 'node:zlib';

// Every part of a zip archive, in the order of its directory.
export function partsOf(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const parts = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(begin, begin + size);
    parts.set(bytes.toString('utf8', at + 46, at + 46 + nameSize), method === 0 ? content : inflateRawSync(content));
    at += 46 + nameSize + extraSize + noteSize;
  }
  return parts;
}

export const textOfWorkbook = (bytes) => [...partsOf(bytes)].map(([name, content]) => `${name}\n${content.toString('utf8')}`).join('\n');
