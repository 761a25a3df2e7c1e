// SPDX-License-Identifier: Apache-2.0

export type Measure = (text: string) => number;

// What fits a first line, broken between words where there are any, and the rest.
export function breakText(text: string, width: number, measure: Measure): [string, string] {
  if (measure(text) <= width) {
    return [text, ''];
  }
  let end = fitText(text, width + measure('…'), measure).length - 1;
  const blank = text.lastIndexOf(' ', end);
  // A word is not cut, unless keeping it whole would leave most of the line empty.
  if (blank > end / 2 && /[^\u2e80-\uffef]/u.test(text.charAt(end))) {
    end = blank;
  }
  return [text.slice(0, Math.max(1, end)).trimEnd(), text.slice(Math.max(1, end)).trimStart()];
}

// The longest beginning that fits, with an ellipsis where something was cut.
export function fitText(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) {
    return text;
  }
  let least = 0;
  let most = text.length - 1;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`) <= width) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return `${text.slice(0, least)}…`;
}
