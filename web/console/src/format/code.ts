// SPDX-License-Identifier: Apache-2.0

const gs1 = 'https://id.gs1.org/';

// "(01)06909999000012(10)A20260301" for GS1 keys, the last word of a paper's URN, a social credit code,
// else the text itself.
export function shortCode(code: string): string {
  if (!code.startsWith(gs1)) {
    const plain = code.replace(/^site:/, '').replace(/^urn:epcglobal:cbv:bt:[^:]*:/, '').replace(/^https:\/\/ns\.suyuan\.example\/uscc\//, '');
    return plain.startsWith(gs1) ? shortCode(plain) : plain;
  }
  return code
    .slice(gs1.length)
    .split('/')
    .map((part, i) => (i % 2 === 0 ? `(${part})` : decode(part)))
    .join('');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
