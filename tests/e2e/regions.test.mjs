// SPDX-License-Identifier: Apache-2.0
//
// Goal: where it all lies, in words: regions have the names of the register, and every number leads to
// the rows that it counts. Method: the real program on a small province, Debian's Chromium, no mocks.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, assertFits, assertNoSeriousFindings, assertTouchable, exported, figure, leave, onDemo, shoot, sizes, smallProvince } from './visit.mjs';

const mince = '/?q=MINCE260111&direction=full';
// "河南省" is above all of them and goes without saying.
const county = /^[\u4e00-\u9fff]+市( [\u4e00-\u9fff]+[区县市])?$/u;

const { at, open } = onDemo(smallProvince);
const regionOf = (row) => row.split(',')[4];

for (const size of Object.keys(sizes)) {
  describe(size, () => {
    test('regions bear names, and each leads to its rows', async () => {
      const page = await open(`${mince}&tab=map`, { size });
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      const list = page.locator('.regions .list button');
      await list.first().waitFor();
      const names = await list.locator('span:first-child').allInnerTexts();
      assert.ok(names.length > 1);
      assert.deepEqual(names.filter((name) => !county.test(name)), []);
      const counts = (await list.locator('strong').allInnerTexts()).map(Number);
      const whole = await figure(page, '位置');
      assert.equal(counts.reduce((sum, count) => sum + count, 0), whole.number);
      await assertFits(page);
      await assertNoSeriousFindings(page);
      if (size === 'phone') {
        await assertTouchable(page);
      }
      await shoot(page, `${size}-regions`);

      await list.nth(1).click();
      await page.locator('.chip', { hasText: names[1] }).waitFor();
      const rows = (await exported(page)).slice(1);
      assert.ok(rows.every((row) => regionOf(row) === names[1]), rows[0]);
      assert.equal(new Set(rows.map((row) => row.split(',').slice(0, 4).join())).size, counts[1]);
      // What the answer did not bring is not asked for.
      assert.deepEqual(asked.filter((url) => /\/api\/v1\/(regions|sites|operators)/.test(url)), []);
      await leave(page);
    });
  });
}

// What a tile says stands in it, whole.
const cutCounts = (page) => page.locator('.treemap .area').evaluateAll((areas) =>
  areas.flatMap((area) => {
    const count = area.querySelector('.number');
    if (!count?.checkVisibility()) {
      return [];
    }
    const [outer, inner] = [area.getBoundingClientRect(), count.getBoundingClientRect()];
    const isWhole = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    return isWhole ? [] : [`${area.textContent.trim()} in ${Math.round(outer.width)}×${Math.round(outer.height)}`];
  }),
);

for (const size of Object.keys(sizes)) {
  for (const code of ['BEEF260111', 'MINCE260111', 'SAUSAGE260111']) {
    test(`no tile's count is cut off, ${size}, ${code}`, async () => {
      const page = await open(`/?q=${code}&direction=full&tab=map`, { size });
      await page.locator('.treemap .area').first().waitFor();
      assert.deepEqual(await cutCounts(page), []);
      // Most of them are to be read.
      assert.ok(await page.locator('.treemap .number:visible').count() * 2 > await page.locator('.treemap .area').count());
      await shoot(page, `${size}-treemap-${code}`);
      await leave(page);
    });
  }
}

test('the province leads to all of its rows, a tile to those of its region', async () => {
  const page = await open(`${mince}&tab=map`);
  const whole = await figure(page, '位置');
  await page.locator('.inside h2 button').click();
  await page.locator('.chip', { hasText: '河南' }).waitFor();
  const places = (rows) => new Set(rows.slice(1).map((row) => row.split(',').slice(0, 4).join()));
  assert.equal(places(await exported(page)).size, whole.number);
  await page.getByRole('tab', { name: '地区' }).click();
  const tile = page.locator('.treemap .area').first();
  const name = await tile.locator('strong').innerText();
  await tile.click();
  await page.locator('.chip', { hasText: name }).waitFor();
  assert.ok((await exported(page)).slice(1).every((row) => regionOf(row).includes(name)));
  await leave(page);
});

test('operators and sites say where they are', async () => {
  const page = await open(`${mince}&tab=operators`);
  for (const name of ['主体', '场所']) {
    await (await figure(page, name)).open();
    await page.getByRole('grid', { name }).waitFor();
    const [head, ...rows] = await exported(page);
    const at = head.replace('\ufeff', '').split(',').indexOf('地区');
    assert.ok(rows.length > 0);
    assert.deepEqual(rows.filter((row) => !county.test(row.split(',')[at])), []);
  }
  await leave(page);
});

test('the flow is put together by region, with names', async () => {
  const page = await open(`${mince}&tab=flow`);
  await page.locator('.grouping select').selectOption('region');
  const boxes = Number((await page.locator('.size').innerText()).match(/\d+/)[0]);
  assert.ok(boxes > 1);
  await page.locator('canvas').focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  await sheet.getByText(/^[\u4e00-\u9fff]+市/).first().waitFor();
  await leave(page);
});

test('the page of an operator names its region in full', async () => {
  const page = await open(`${mince}&tab=operators`);
  await answered(page);
  const [, row] = await exported(page);
  const code = row.split(',')[1].replace(/^"|"$/g, '');
  await page.goto(at(`/?page=operator&code=${encodeURIComponent(code)}`));
  await page.locator('dd', { hasText: /^河南省 [\u4e00-\u9fff]+市/ }).waitFor();
  await leave(page);
});
