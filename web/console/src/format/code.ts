// SPDX-License-Identifier: Apache-2.0

const gs1 = 'https://id.gs1.org/';
const own = 'https://ns.suyuan.example/';

// "(01)06909999000012(10)A20260301" for GS1 keys, the last word of a paper's URN or of a code that the
// store made for what has none, a social credit code, else the text itself.
export function shortCode(code: string): string {
  const plain = code.replace(/^site:/, '').replace(/^urn:epcglobal:cbv:bt:[^:]*:/, '');
  if (plain.startsWith(own)) {
    return ownCode(plain.slice(own.length).split('/')) ?? plain;
  }
  if (!plain.startsWith(gs1)) {
    return plain;
  }
  return plain
    .slice(gs1.length)
    .split('/')
    .map((part, i) => (i % 2 === 0 ? `(${part})` : decode(part)))
    .join('');
}

// lot/PRODUCER/GOODS/LOT, or KIND/WHOSE/WHAT, or KIND/WHAT: parts are escaped.
function ownCode([kind, ...parts]: string[]): string | undefined {
  const said = kind === 'lot' ? parts.slice(1) : parts.slice(-1);
  return said.every(Boolean) && said.length ? said.map((part) => shortCode(decode(part))).join(' · ') : undefined;
}

// What stands below a name: nothing where the name is the code.
export function codeBelow(code: string, name: string): string {
  const short = shortCode(code);
  return short === name ? '' : short;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
