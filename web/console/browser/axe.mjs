// SPDX-License-Identifier: Apache-2.0
//
// What axe finds on the pages, and targets that a thumb would miss. Fails on serious findings.

import { AxeBuilder } from '@axe-core/playwright';
import { address, launch, openPage, settle, story } from './browser.mjs';

const tabs = ['flow', 'map', 'timeline', 'positions', 'violations', 'balance', 'operators'];
const operator = encodeURIComponent('https://id.gs1.org/417/6909999900411');
const paths = ['/', ...tabs.map((tab) => `${story}&tab=${tab}`), '/?q=A2026030&direction=full', `/?page=operator&code=${operator}`];
const looks = [
  { screen: 'desktop', theme: 'light' },
  { screen: 'desktop', theme: 'dark', language: 'en' },
  { screen: 'phone', theme: 'light' },
  { screen: 'phone', theme: 'dark', isElder: true },
];
const least = 44;

// Links within running text may be as high as their line (WCAG 2.5.8).
const smallTargets = (page) =>
  page.evaluate((size) => {
    const all = [...document.querySelectorAll('button, a[href], input, select, summary, [tabindex="0"]')];
    return all
      .filter((one) => one.checkVisibility() && !one.closest('.unseen, .skip, .head[role=row]') && !one.disabled)
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([one, box]) => box.width > 0 && !(one.type === 'checkbox') && (box.height < size - 0.5 || box.width < size - 0.5))
      .map(([one, box]) => `${one.tagName.toLowerCase()}.${one.className} ${Math.round(box.width)}×${Math.round(box.height)} ${one.textContent.trim().slice(0, 20)}`);
  }, least);

const browser = await launch();
const found = new Map();
let serious = 0;
for (const look of looks) {
  for (const path of paths) {
    const { page } = await openPage(browser, look);
    await page.goto(address + path);
    await settle(page);
    if (path.includes('positions')) {
      await page.locator('.row.opens').first().click();
      await settle(page);
    }
    const where = `${look.screen}/${look.theme}`;
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) {
      serious += impact === 'serious' || impact === 'critical' ? 1 : 0;
      for (const node of nodes) {
        const key = `${impact} ${id} ${node.target.join(' ')}`;
        found.set(key, `${found.has(key) ? found.get(key).split(' — ')[0] : `${where} ${path.slice(0, 60)}`} — ${(node.any[0]?.message ?? '').slice(0, 160)}`);
      }
    }
    if (look.screen === 'phone') {
      (await smallTargets(page)).forEach((target) => found.set(`small ${target}`, `${where} ${path.slice(0, 60)}`));
    }
    await page.context().close();
  }
}
for (const [key, where] of found) {
  console.log(`${key}\n    ${where}`);
}
console.log(`${serious} serious findings`);
await browser.close();
process.exitCode = serious > 0 ? 1 : 0;
