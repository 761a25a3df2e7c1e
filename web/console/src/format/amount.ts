// SPDX-License-Identifier: Apache-2.0
//
// Amounts are decimal strings with at most six decimals; sums are exact.

const scale = 1_000_000n;

export function toMicro(text: string): bigint {
  const isNegative = text.startsWith('-');
  const [whole = '0', rest = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole) * scale + BigInt(rest.padEnd(6, '0').slice(0, 6));
  return isNegative ? -value : value;
}

export function fromMicro(value: bigint): string {
  const size = value < 0n ? -value : value;
  const rest = (size % scale).toString().padStart(6, '0').replace(/0+$/, '');
  const text = `${size / scale}${rest ? `.${rest}` : ''}`;
  return value < 0n ? `-${text}` : text;
}

export const isZero = (text: string): boolean => toMicro(text) === 0n;
export const addAmounts = (...texts: string[]): string => fromMicro(texts.reduce((sum, text) => sum + toMicro(text), 0n));
export const subtractAmounts = (a: string, b: string): string => fromMicro(toMicro(a) - toMicro(b));

// The share of a whole, for bars; 0 where there is no whole.
export function shareOf(text: string, whole: string): number {
  const all = Number(whole);
  return all === 0 ? 0 : Math.min(1, Math.abs(Number(text) / all));
}

export function groupDigits(text: string): string {
  const [whole = '', rest] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest ? `${grouped}.${rest}` : grouped;
}
