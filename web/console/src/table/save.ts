// SPDX-License-Identifier: Apache-2.0

// Offers bytes that the page made as a file.
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export const fileName = (...parts: string[]): string => parts.join('-').replace(/[^\p{L}\p{N}.-]+/gu, '_');
