// SPDX-License-Identifier: Apache-2.0
//
// Goal: each story that the demo province plants is on the start page, and one click finds what it tells
// (docs/demo-province.md); then a duty officer's first hour with one of them. Method: the real program on
// a province of two hundred operators, no mocks.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, ask, assertFits, assertNoSeriousFindings, assertTouchable, exported, figure, leave, onDemo, shoot, sizes, smallProvince } from './visit.mjs';

// The day that the stories begin on ends their codes.
const day = '260111';
const stories = [
  { code: `BEEF${day}`, title: /进口牛腩抽检阳性/, title_en: /contaminated import lot/, positions: 28, lots: ['BEEF', 'BEEFPACK'], openEnds: [] },
  { code: `MINCE${day}`, title: /混合肉馅/, title_en: /mixed batch/, positions: 22, lots: ['MINCE', 'PIG', 'CHICKEN', 'PORK'], openEnds: [] },
  { code: `COWPEA${day}`, title: /豇豆只进了 500 公斤，却卖出 1300 公斤/, title_en: /laundered lot/, positions: 7, lots: ['COWPEA'], openEnds: ['负库存'] },
  { code: `PERCH${day}`, title: /断链/, title_en: /broken chain/, positions: 8, lots: ['PERCH'], openEnds: ['发出无人签收', '来源不明'] },
  { code: `SAUSAGE${day}`, title: /回炉循环/, title_en: /rework loop/, positions: 14, lots: ['SAUSAGE', 'FRANK', 'DUCK', 'GOOSE'], openEnds: [] },
];

const { at, open } = onDemo(smallProvince);
const places = (rows) => new Set(rows.slice(1).map((row) => row.split(',').slice(0, 4).join()));

for (const size of Object.keys(sizes)) {
  describe(size, () => {
    test('the start page lists the stories, in both languages', async () => {
      const page = await open('/', { size });
      const cards = page.locator('.story');
      await cards.first().waitFor();
      assert.equal(await cards.count(), stories.length);
      for (const { code, title } of stories) {
        assert.match(await cards.filter({ hasText: code }).innerText(), title);
      }
      await assertFits(page);
      await assertNoSeriousFindings(page);
      if (size === 'phone') {
        await assertTouchable(page);
      }
      await shoot(page, `${size}-stories`);
      await page.getByRole('button', { name: 'English' }).click();
      for (const { code, title_en } of stories) {
        assert.match(await cards.filter({ hasText: code }).innerText(), title_en);
      }
      await leave(page);
    });
  });
}

for (const { code, positions, lots, openEnds } of stories) {
  test(`${code} is found from the start page, as it was planted`, async () => {
    const page = await open();
    await page.locator('.story', { hasText: code }).click();
    await answered(page);
    const found = await figure(page, '位置');
    assert.equal(found.number, positions);
    await found.open();
    const rows = await exported(page);
    assert.equal(places(rows).size, positions);
    assert.deepEqual(new Set(rows.slice(1).map((row) => row.split(',')[3])), new Set(lots.map((lot) => lot + day)));
    const ends = await figure(page, '断链');
    assert.equal(ends.number, openEnds.length);
    await ends.open();
    const kinds = (await page.getByRole('grid', { name: '断链' }).getByRole('row').allInnerTexts()).slice(1);
    for (const kind of openEnds) {
      assert.equal(kinds.filter((row) => row.includes(kind)).length, 1, kind);
    }
    await leave(page);
  });
}

test('the laundered lot: the stall sold 800 kg more than came', async () => {
  const page = await open(`/?q=COWPEA${day}&direction=full&tab=positions`);
  const negative = (await exported(page)).filter((row) => row.includes('负库存'));
  assert.ok(negative.length > 0);
  assert.ok(negative.every((row) => row.includes('-800 公斤')));
  await leave(page);
});

test('the mixed batch goes back to a pig farm and a poultry farm', async () => {
  const page = await open(`/?q=MINCE${day}&direction=full`);
  await answered(page);
  const sources = await figure(page, '源头');
  assert.equal(sources.number, 2);
  await sources.open();
  const rows = (await exported(page)).slice(1).join('\n');
  assert.match(rows, /生猪/);
  assert.match(rows, /白条鸡/);
  await leave(page);
});

test('a plate says its carrier, a person name and employer, a paper kind, issuer and holder', async () => {
  const page = await open(`/?q=BEEF${day}&direction=full&tab=vehicles`);
  await answered(page);
  const registered = page.locator('.registered');
  for (const [tab, list, labels] of [['vehicles', '车辆', ['承运单位']], ['people', '人员', ['姓名', '用人单位']]]) {
    await page.goto(at(`/?q=BEEF${day}&direction=full&tab=${tab}`));
    await answered(page);
    await page.getByRole('grid', { name: list }).getByRole('row').nth(1).click();
    await registered.waitFor();
    const text = await registered.innerText();
    assert.ok(labels.every((label) => text.includes(label)), text);
    assert.match(text, /公司|个体工商户|合作社|食堂|养殖场|农场|超市/);
  }
  await page.goto(at(`/?q=BEEF${day}&direction=full&tab=positions`));
  await answered(page);
  await page.getByRole('searchbox').fill('去向 批发');
  await page.locator('.row.opens').first().click();
  await page.locator('.steps .events .link').first().click();
  await page.locator('.event section a').first().click();
  await registered.waitFor();
  assert.match(await registered.innerText(), /单证种类[\s\S]*签发者[\s\S]*持有者[\s\S]*2026-01-\d\d 起/);
  await leave(page);
});

test("a duty officer's first hour", async () => {
  const page = await open();
  // A word of the phone call becomes a code.
  await page.keyboard.press('/');
  await page.keyboard.type(`BEEF${day}`.slice(0, 8), { delay: 20 });
  await page.getByRole('option', { name: `BEEF${day}` }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await answered(page);
  await page.locator('.seed-code', { hasText: `BEEF${day}` }).waitFor();

  // How far has it come?
  const sites = await figure(page, '场所');
  await sites.open();
  assert.equal((await exported(page)).length - 1, sites.number);

  // Where does most of it lie? The falling order of what is on hand.
  await (await figure(page, '位置')).open();
  await page.getByRole('searchbox').fill(`BEEF${day}`);
  const onHand = page.getByRole('columnheader', { name: '在库' });
  await onHand.getByRole('button').click();
  await onHand.getByRole('button').click();
  assert.equal(await onHand.getAttribute('aria-sort'), 'descending');
  const amounts = (await exported(page)).slice(1).map((row) => Number(row.match(/([\d,.]+) 公斤/)[1].replaceAll(',', '')));
  assert.ok(amounts[0] > 0);
  assert.deepEqual(amounts, amounts.toSorted((a, b) => b - a));

  // Which of its buyers sent some back, and why is that stall on the list?
  await page.getByRole('searchbox').fill('去向 批发');
  const rows = await exported(page);
  assert.ok(rows.length > 1 && rows.slice(1).every((row) => row.includes('去向') && row.includes('批发')));
  await page.locator('.row.opens').first().click();
  await page.locator('.steps li').first().waitFor();
  assert.match(await page.locator('.steps').innerText(), /口岸|查验|冷库/);
  await page.locator('.steps .events .link').first().click();
  await page.getByText('原始事件').waitFor();
  await page.keyboard.press('Escape');

  // What is told upwards: every position, in one file.
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出全部' }).click()]);
  assert.ok(file.suggestedFilename().endsWith('.csv'));
  assert.equal(await file.failure(), null);

  // The address alone brings a colleague to the same answer.
  const colleague = await open(page.url().slice(at('').length));
  await answered(colleague);
  assert.equal((await figure(colleague, '场所')).number, sites.number);
  await leave(colleague);

  // Next call.
  await ask(page, `COWPEA${day}`);
  await page.locator('.seed-code', { hasText: `COWPEA${day}` }).waitFor();
  assert.equal((await figure(page, '断链')).number, 1);
  await leave(page);
});
