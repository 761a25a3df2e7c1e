// SPDX-License-Identifier: Apache-2.0

export type Measure = (text: string) => number;

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
