// SPDX-License-Identifier: Apache-2.0
//
// The first minutes of a duty officer with the demo story, by keyboard and by thumb.

import assert from 'node:assert/strict';
import { address, launch, openPage, settle, story } from './browser.mjs';

const browser = await launch();
const tries = [];
const attempt = (name, look, run) => tries.push({ name, look, run });

attempt('a code is found by keyboard from any page', {}, async (page) => {
  await page.goto(address);
  await page.keyboard.press('/');
  await page.keyboard.type('A2026');
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('canvas');
  assert.match(page.url(), /\?q=.*&direction=full/);
  assert.match(await page.locator('h1').innerText(), /牛腩/);
});

attempt('the violation leads to its stall, why it is there, and the event', {}, async (page) => {
  await page.goto(address + story);
  await page.locator('.figures button').first().click();
  await page.locator('.row.opens').first().click();
  await page.waitForSelector('.steps li');
  const drawer = page.locator('.el-drawer');
  assert.match(await drawer.innerText(), /南关菜市场 8 号摊/);
  assert.equal(await page.locator('.steps li').count(), 3);
  await page.locator('.events .link').last().click();
  await page.waitForSelector('details summary');
  assert.match(await drawer.innerText(), /收货/);
  await page.getByRole('button', { name: '返回' }).click();
  await page.waitForSelector('.steps li');
});

attempt('direction, language and the way back stay in the address', {}, async (page) => {
  await page.goto(`${address + story}&lang=en`);
  await page.getByRole('radio', { name: 'Back', exact: true }).click();
  await page.waitForFunction(() => location.search.includes('direction=back'));
  await page.waitForSelector('canvas');
  await page.goBack();
  await page.waitForSelector('canvas');
  assert.equal(await page.getByRole('radio', { name: 'Both ways' }).getAttribute('aria-checked'), 'true');
});

attempt('a number leads to its rows, and rows leave as a file', {}, async (page) => {
  await page.goto(`${address + story}&tab=balance`);
  await page.getByRole('button', { name: /销毁/ }).click();
  await page.waitForSelector('.chip');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);
});

attempt('an operator leads to its positions', {}, async (page) => {
  await page.goto(`${address + story}&tab=operators`);
  await page.locator('.row.opens').first().click();
  await page.waitForSelector('.chip');
  assert.match(await page.locator('.chip').innerText(), /青河/);
});

attempt('a window of time is asked for', {}, async (page) => {
  await page.goto(address + story);
  await page.waitForSelector('canvas');
  await page.getByRole('button', { name: '时间与范围' }).click();
  await page.locator('.day input').nth(1).fill('2026-03-03');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '应用' }).click();
  await page.waitForFunction(() => location.search.includes('to=2026-03-03'));
  await page.waitForSelector('canvas');
});

attempt('a trace is cancelled and asked again', {}, async (page) => {
  let isHeld = true;
  await page.route('**/api/v1/trace?*', (route) => (isHeld ? undefined : route.continue()));
  await page.goto(address + story);
  await page.getByRole('button', { name: '取消' }).click();
  isHeld = false;
  await page.getByRole('button', { name: '重试' }).click();
  await page.waitForSelector('canvas');
});

attempt('a server that is away is told, not hidden', {}, async (page) => {
  await page.route('**/api/v1/trace?*', (route) => route.abort());
  await page.goto(address + story);
  assert.match(await page.getByRole('alert').innerText(), /连不上服务/);
});

attempt('on a phone the drawer rises from below and closes', { screen: 'phone' }, async (page) => {
  await page.goto(`${address + story}&tab=positions`);
  await page.locator('.row.opens').first().tap();
  await page.waitForSelector('.el-drawer.btt');
  await settle(page);
  await page.getByRole('button', { name: '关闭' }).tap();
  await page.waitForSelector('.el-drawer.btt', { state: 'hidden' });
});

attempt('paper holds every list', {}, async (page) => {
  await page.goto(address + story);
  await page.waitForSelector('canvas');
  await page.pdf({ path: 'shots/print.pdf', format: 'A4' });
});

let failures = 0;
for (const { name, look, run } of tries) {
  const { page, complaints } = await openPage(browser, look);
  page.setDefaultTimeout(10_000);
  try {
    await run(page);
    const unexpected = complaints.filter((complaint) => !complaint.includes('ERR_FAILED'));
    assert.deepEqual(unexpected, []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}\n        ${error.message.split('\n').slice(0, 4).join('\n        ')}`);
  }
  await page.context().close();
}
await browser.close();
process.exitCode = failures > 0 ? 1 : 0;
