// SPDX-License-Identifier: Apache-2.0
//
// Pictures of every page into shots/: `node browser/shots.mjs [part of a name]`.

import { mkdirSync } from 'node:fs';
import { address, launch, openPage, settle, story } from './browser.mjs';

const operator = encodeURIComponent('https://id.gs1.org/417/6909999900411');
const item = encodeURIComponent('https://id.gs1.org/01/06909999000012/10/A20260301');

const openRow = async (page) => {
  await page.locator('.row.opens').nth(2).click();
  await settle(page);
};

const pages = [
  { name: 'start', path: '/' },
  { name: 'suggestions', path: '/', after: async (page) => { await page.getByRole('combobox').fill('牛'); await settle(page); } },
  { name: 'flow', path: story },
  { name: 'flow_view', path: `${story}&tab=flow` },
  { name: 'map', path: `${story}&tab=map` },
  { name: 'timeline', path: `${story}&tab=timeline` },
  { name: 'positions', path: `${story}&tab=positions` },
  { name: 'violations', path: `${story}&tab=violations` },
  { name: 'open_ends', path: `${story}&tab=open_ends` },
  { name: 'balance', path: `${story}&tab=balance` },
  { name: 'operators', path: `${story}&tab=operators` },
  { name: 'vehicles', path: `${story}&tab=vehicles` },
  { name: 'drawer', path: `${story}&tab=positions`, after: openRow },
  { name: 'drawer_flow', path: story, after: async (page) => { await page.locator('canvas').focus(); await page.keyboard.press('Enter'); await settle(page); } },
  { name: 'event', path: `${story}&tab=positions`, after: async (page) => { await openRow(page); await page.locator('.events .link').first().click(); await settle(page); } },
  { name: 'scope', path: story, after: async (page) => { await page.locator('.bar-question > button').click(); await settle(page); } },
  { name: 'nothing', path: '/?q=A2026030&direction=full' },
  { name: 'refused', path: '/?q=A20260301&direction=full&from=yesterday' },
  { name: 'loading', path: story, before: (page) => page.route('**/api/v1/trace?*', () => {}), isEndless: true },
  { name: 'item', path: `/?page=item&code=${item}` },
  { name: 'operator', path: `/?page=operator&code=${operator}` },
  { name: 'import', path: '/?page=import' },
];
const looks = ['desktop', 'phone'].flatMap((screen) => ['zh', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ screen, language, theme }))));
looks.push({ screen: 'phone', language: 'zh', theme: 'light', isElder: true });

const wanted = process.argv[2] ?? '';
mkdirSync('shots', { recursive: true });
const browser = await launch();
for (const look of looks) {
  for (const { name, path, before, after, isEndless } of pages) {
    const file = `${name}-${look.screen}-${look.language}-${look.theme}${look.isElder ? '-elder' : ''}`;
    if (!file.includes(wanted)) {
      continue;
    }
    const { page, complaints } = await openPage(browser, look);
    await before?.(page);
    await page.goto(address + path);
    await (isEndless ? page.waitForTimeout(600) : settle(page));
    if (look.screen === 'phone' && path.includes('tab=')) {
      await page.locator('.views').scrollIntoViewIfNeeded();
      await page.locator('.views').evaluate((view) => view.scrollIntoView());
    }
    await after?.(page);
    await page.screenshot({ path: `shots/${file}.png` });
    complaints.forEach((complaint) => console.log(`${file}: ${complaint}`));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) {
      console.log(`${file}: ${overflow} px too wide`);
    }
    await page.context().close();
  }
}
await browser.close();
