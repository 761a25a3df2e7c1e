// SPDX-License-Identifier: Apache-2.0
//
// Goal: nothing serious for axe, nothing wider than the screen and nothing too small for a thumb, on any
// page in any looks. Method: every page of the demo story, drawer open where rows open one.

import { describe, test } from 'node:test';
import { assertFits, assertNoSeriousFindings, assertTouchable, leave, onDemo } from './visit.mjs';

const story = '/?q=A20260301&direction=full';
const item = encodeURIComponent('https://id.gs1.org/01/06909999000012/10/A20260301');
const operator = encodeURIComponent('https://id.gs1.org/417/6909999900411');
const tabs = ['flow', 'map', 'timeline', 'positions', 'violations', 'open_ends', 'balance', 'operators', 'vehicles'];
const paths = ['/', ...tabs.map((tab) => `${story}&tab=${tab}`), '/?q=A2026030&direction=full', `${story}&from=yesterday`, `/?page=item&code=${item}`, `/?page=operator&code=${operator}`];
const looks = [
  { size: 'desktop', theme: 'light' },
  { size: 'desktop', theme: 'dark', language: 'en' },
  { size: 'phone', theme: 'light', language: 'en' },
  { size: 'phone', theme: 'dark', isElder: true },
];

const { open } = onDemo();
for (const look of looks) {
  describe(Object.values(look).join(' '), () => {
    for (const path of paths) {
      test(path, async () => {
        const page = await open(path, look);
        await page.waitForLoadState('networkidle');
        if (path.includes('positions')) {
          await page.locator('.row.opens').first().click();
          await page.locator('.steps li, .why').first().waitFor();
        }
        await assertNoSeriousFindings(page);
        await assertFits(page);
        if (look.size === 'phone') {
          await assertTouchable(page);
        }
        await leave(page);
      });
    }
  });
}
