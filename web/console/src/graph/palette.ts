// SPDX-License-Identifier: Apache-2.0

import type { Palette } from './painter';

// The canvas knows no custom properties, so they are read once per theme.
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: colour('raised'),
    card: colour('card'),
    ink: colour('ink'),
    quiet: colour('quiet'),
    line: colour('line-strong'),
    flow: colour('flow-line'),
    returning: colour('status-unknown'),
    mark: colour('mark'),
    bad: colour('bad'),
    badGround: colour('bad-ground'),
    warn: colour('warn'),
    font: colour('font'),
    status: {
      on_hand: colour('status-on_hand'),
      in_transit: colour('status-in_transit'),
      closed: colour('status-closed'),
      negative: colour('status-negative'),
      unknown: colour('status-unknown'),
    },
  };
}
