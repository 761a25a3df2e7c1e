// SPDX-License-Identifier: Apache-2.0
//
// Goal: who keeps stock in a spreadsheet gets it into the store without help: template, upload, which
// column is which, what is wrong and where, and a trace of what was imported. Method: the real program on
// the demo story, no mocks; only the door of the browser is held shut where an upload must break off.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { answered, assertFits, assertNoSeriousFindings, assertTouchable, leave, onDemo, shoot, sizes } from './visit.mjs';

// The example of GB 32100-2015.
const operator = '91350100M000100Y43';
const titles = '单据号,行号,进货时间,品名,批号,数量,单位,供货者名称';

const demo = onDemo();
const open = (path = '/?page=import', look = {}) => demo.open(path, look);
const csv = (name, ...lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n') + '\r\n') });
const choose = (page, file) => page.locator('input[type=file]').setInputFiles(file);
const column = (page, title) => page.getByLabel(`“${title}”是什么`);
const outcome = (page) => page.locator('#outcome');
const operatorField = (page) => page.getByLabel('本单位（统一社会信用代码）');
const run = (page) => page.getByRole('button', { name: '开始导入' }).click();

// A good sheet of three lots; `word` keeps the lots of tests apart.
const goodRows = (word) => [1, 2, 3].map((i) => `IN-${word},${i},2026-03-1${i},冷冻带鱼,${word}-${i},12.5,公斤,东海渔业合作社`);

async function counts(page) {
  const texts = await page.locator('dl div').allInnerTexts();
  return Object.fromEntries(texts.map((text) => text.split('\n')).map(([number, name]) => [name, Number(number.replaceAll(',', ''))]));
}

// [row, column, value, reason] of each problem on screen.
async function problems(page) {
  const rows = await page.locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
}

async function upload(page, file) {
  await choose(page, file);
  await page.getByRole('heading', { name: /每一列是什么/ }).waitFor();
}

for (const size of Object.keys(sizes)) {
  describe(size, () => {
    test('a sheet is imported, and a lot of it traced', async () => {
      const page = await open('/', { size });
      const look = async (stage) => {
        await assertFits(page);
        await assertNoSeriousFindings(page);
        if (size === 'phone') {
          await assertTouchable(page);
        }
        await shoot(page, `${size}-import-${stage}`);
      };
      await page.getByRole('link', { name: '导入台账' }).click();
      await page.getByRole('heading', { name: '导入台账', level: 1 }).waitFor();
      await look('start');

      await upload(page, csv(`进货-${size}.csv`, titles, ...goodRows(size)));
      assert.equal(await page.getByLabel('这是什么表').inputValue(), 'inbound');
      for (const [title, key] of [['单据号', 'document'], ['进货时间', 'time'], ['批号', 'lot'], ['供货者名称', 'partner_name']]) {
        assert.equal(await column(page, title).inputValue(), key);
      }
      assert.match(await page.locator('main').innerText(), new RegExp(`${size}-1`));
      await page.getByText('请在这里填写').waitFor();
      await look('columns');
      await operatorField(page).fill(operator);
      await page.getByText('请在这里填写').waitFor({ state: 'hidden' });
      await run(page);
      await outcome(page).filter({ hasText: '导入完成' }).waitFor();
      assert.deepEqual(await counts(page), { 行: 3, 正确: 3, 有问题: 0, 新入库: 3, 已有: 0 });
      await look('done');
      await page.getByRole('link', { name: `追溯 ${size}-1` }).click();
      await answered(page);
      await page.locator('main h1', { hasText: `${size}-1` }).waitFor();
      await leave(page);
    });

    test('bad rows are told one by one, kept out, and the others imported on demand', async () => {
      const page = await open('/?page=import', { size });
      const [first, second, third] = goodRows(`bad-${size}`);
      await upload(page, csv(`错-${size}.csv`, titles, first, second.replace('12.5', '十二斤半'), third.replace('2026-03-13', '上周三')));
      await operatorField(page).fill(operator);
      await run(page);
      await outcome(page).filter({ hasText: '没有导入：2 行有问题' }).waitFor();
      assert.equal((await counts(page)).新入库, 0);
      const rows = await problems(page);
      assert.equal(rows.length, 2);
      assert.deepEqual(rows[0].slice(0, 3), ['第 3 行', '数量', '十二斤半']);
      assert.deepEqual(rows[1].slice(0, 3), ['第 4 行', '进货时间', '上周三']);
      assert.ok(rows.every((row) => row[3].length > 3));
      await assertFits(page);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-import-refused`);

      const [workbook] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载错误工作簿' }).click()]);
      assert.match(workbook.suggestedFilename(), /\.xlsx$/);
      const bytes = await readFile(await workbook.path());
      assert.equal(bytes.subarray(0, 2).toString(), 'PK');

      await page.getByRole('button', { name: '重新设置后再导入' }).click();
      await operatorField(page).fill(operator);
      await page.getByLabel('跳过有错的行，导入其余').check();
      await run(page);
      await outcome(page).filter({ hasText: '导入完成，2 行没有入库' }).waitFor();
      assert.equal((await counts(page)).新入库, 1);

      // The workbook is a sheet of its own.
      await page.getByRole('link', { name: '导入另一个文件' }).click();
      await upload(page, { name: `改-${size}.xlsx`, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: bytes });
      assert.equal(await page.getByLabel('这是什么表').inputValue(), 'inbound');
      assert.equal(await column(page, '数量').inputValue(), 'quantity');
      await leave(page);
    });
  });
}

test('every template can be downloaded, and bears the titles of its columns', async () => {
  const page = await open();
  const { sheets } = await (await page.request.get(demo.at('/api/v1/sheets'))).json();
  assert.ok(sheets.length >= 3);
  for (const sheet of sheets) {
    for (const format of sheet.columns.length ? ['XLSX', 'CSV'] : ['XLSX']) {
      const link = page.getByRole('link', { name: `下载模板 · ${sheet.zh} · ${format}` });
      const answer = await page.request.get(demo.at(await link.getAttribute('href')));
      assert.equal(answer.status(), 200);
      const bytes = await answer.body();
      if (format === 'XLSX') {
        assert.equal(bytes.subarray(0, 2).toString(), 'PK');
      } else {
        for (const { zh } of sheet.columns) {
          assert.ok(bytes.toString().includes(zh), `${sheet.key} ${zh}`);
        }
      }
    }
  }
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载模板 · 进货 · XLSX' }).click()]);
  assert.equal(file.suggestedFilename(), 'inbound.xlsx');
  await leave(page);
});

test('the same sheet again adds nothing', async () => {
  const file = csv('两次.csv', titles, ...goodRows('twice'));
  for (const expected of [{ 新入库: 3, 已有: 0 }, { 新入库: 0, 已有: 3 }]) {
    const page = await open();
    await upload(page, file);
    await operatorField(page).fill(operator);
    await run(page);
    await outcome(page).filter({ hasText: '导入完成' }).waitFor();
    const { 新入库, 已有 } = await counts(page);
    assert.deepEqual({ 新入库, 已有 }, expected);
    await leave(page);
  }
});

test('titles of its own are told which column they are, and that is remembered', async () => {
  const file = (word) => csv(`自家表-${word}.csv`, '到货,啥货,批,多少,单位,备忘', `2026-03-11,冷冻带鱼,${word},8,公斤,无`);
  const page = await open();
  await choose(page, file('own-1'));
  await page.getByLabel('这是什么表').selectOption('inbound');
  await page.getByText('还缺必填的列：进货时间、数量').waitFor();
  assert.ok(await page.getByRole('button', { name: '开始导入' }).isDisabled());
  for (const [title, key] of [['到货', 'time'], ['啥货', 'goods'], ['批', 'lot'], ['备忘', 'quantity'], ['多少', 'quantity']]) {
    await column(page, title).selectOption(key);
  }
  assert.equal(await column(page, '备忘').inputValue(), '');
  await page.getByText('还缺必填的列').waitFor({ state: 'hidden' });
  await operatorField(page).fill(operator);
  await run(page);
  await outcome(page).filter({ hasText: '导入完成' }).waitFor();

  await page.getByRole('link', { name: '导入另一个文件' }).click();
  await upload(page, file('own-2'));
  await page.getByText('已按上次的选择对应').waitFor();
  assert.equal(await column(page, '到货').inputValue(), 'time');
  assert.equal(await column(page, '多少').inputValue(), 'quantity');
  await leave(page);
});

test('columns that are not read are told before and after, with what to do', async () => {
  const file = (word, amount) => csv(`多列-${word}.csv`, `${titles},单价,早市 备注`, `IN-${word},1,2026-03-11,冷冻带鱼,${word},${amount},公斤,东海渔业合作社,3.20,无`);
  const page = await open();
  await upload(page, file('more-1', '若干'));
  await page.getByText('不读入的列：单价、早市 备注。').waitFor();
  await operatorField(page).fill(operator);
  await run(page);
  await outcome(page).filter({ hasText: '没有导入：1 行有问题' }).waitFor();
  const unused = page.getByRole('region', { name: '没有读入的列' });
  assert.deepEqual(await unused.getByRole('listitem').allInnerTexts(), ['单价', '早市 备注']);
  await unused.getByText('重新设置后再导入').waitFor();
  await page.getByRole('button', { name: '重新设置后再导入' }).click();
  await page.getByText('不读入的列：单价、早市 备注。').waitFor();

  // Said to be none, or to be something, it is told no more.
  await page.getByRole('link', { name: '导入台账' }).first().click();
  await upload(page, csv('少一列.csv', `${titles},单价,备注二`, 'IN-more-2,1,2026-03-11,冷冻带鱼,more-2,3,公斤,东海渔业合作社,3.20,TR-7'));
  await column(page, '备注二').selectOption({ label: '检验报告号' });
  await operatorField(page).fill(operator);
  await run(page);
  await outcome(page).filter({ hasText: '导入完成' }).waitFor();
  assert.deepEqual(await unused.getByRole('listitem').allInnerTexts(), ['单价']);
  await unused.getByText('数量就重了').waitFor();
  await assertFits(page);
  await assertNoSeriousFindings(page);
  await shoot(page, 'import-unused');
  await leave(page);
});

test('many problems are told in pages', async () => {
  const page = await open();
  const lines = Array.from({ length: 45 }, (_, i) => `IN-many,${i + 1},2026-03-11,冷冻带鱼,many-${i},若干,公斤,东海渔业合作社`);
  await upload(page, csv('许多.csv', titles, ...lines));
  await operatorField(page).fill(operator);
  await run(page);
  await outcome(page).filter({ hasText: '没有导入：45 行有问题' }).waitFor();
  assert.equal((await problems(page)).length, 20);
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByRole('button', { name: '下一页' }).click();
  const last = await problems(page);
  assert.deepEqual(last.map(([row]) => row), ['第 42 行', '第 43 行', '第 44 行', '第 45 行', '第 46 行']);
  assert.ok(await page.getByRole('button', { name: '下一页' }).isDisabled());
  await leave(page);
});

test('a sheet in GB18030, as older programs write it, is read', async () => {
  const bytes =
    'bdf8bbf5cab1bce42cc6b7c3fb2cc5fabac52ccafdc1bf2cb5a5cebb2cb9a9bbf5d5dfc3fbb3c60d0a323032362d30332d31322cc0e4b6b3b4f8d3e32c474231383033302d312c3132302cb9abbdef2cb6abbaa3d3e6d2b5bacfd7f7c9e70d0a';
  const page = await open();
  await upload(page, { name: '老系统.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes, 'hex') });
  await page.getByText('GB18030', { exact: true }).waitFor();
  await page.getByRole('cell', { name: '东海渔业合作社' }).waitFor();
  assert.equal(await column(page, '品名').inputValue(), 'goods');
  await leave(page);
});

test('what is no sheet is refused before it is sent', async () => {
  const page = await open();
  await choose(page, { name: '合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  assert.match(await page.getByRole('alert').innerText(), /合同\.pdf/);
  await choose(page, { name: '空.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await page.getByRole('alert').filter({ hasText: '文件是空的' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: '导入台账', level: 1 }).count(), 1);
  await leave(page);
});

test('an import that nobody knows is told', async () => {
  const page = await open('/?page=import&code=nobody');
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: '导入台账' }).first().click();
  await page.getByRole('button', { name: '选择文件' }).waitFor();
  await leave(page);
});

describe('a large file', () => {
  // Three parts of four MiB.
  const lines = Array.from({ length: 120_000 }, (_, i) => `L,${i + 1},2026-03-11,冷冻带鱼及其制品（散装），产地东海，规格二十公斤一箱,big-${i % 50},1,公斤,东海渔业合作社`);
  const file = () => csv('很大.csv', titles, ...lines);

  test('is stopped on its way, and goes on where it broke off', async () => {
    const page = await open();
    await page.route(/content\?offset=[1-9]/, () => {});
    await choose(page, file());
    await page.getByRole('progressbar', { name: '正在上传' }).waitFor();
    await page.locator('.progress strong').filter({ hasText: /[1-9]/ }).waitFor();
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByText(/上传中断在 4\.0 MB/).waitFor();
    await page.unroute(/content\?offset=[1-9]/);
    await choose(page, csv('别的.csv', titles));
    await page.getByRole('alert').filter({ hasText: '这不是原来那个文件' }).waitFor();
    const offsets = [];
    page.on('request', (request) => {
      if (request.url().includes('/content?')) {
        offsets.push(Number(new URL(request.url()).searchParams.get('offset')));
      }
    });
    await choose(page, file());
    await page.getByRole('heading', { name: /每一列是什么/ }).waitFor();
    assert.equal(offsets[0], 4 * 1024 * 1024);
    assert.deepEqual(offsets, offsets.toSorted((a, b) => a - b));
    await leave(page);
  });

  test('is stopped at work', async () => {
    const page = await open();
    await upload(page, file());
    await operatorField(page).fill(operator);
    await run(page);
    await page.getByRole('progressbar', { name: /正在检查|正在入库/ }).waitFor();
    await page.getByRole('button', { name: '停止' }).click();
    await outcome(page).filter({ hasText: '已停止' }).waitFor();
    await leave(page);
  });
});

test('past imports are listed, opened, and deleted after one question', async () => {
  const page = await open();
  await upload(page, csv('要删的.csv', titles, ...goodRows('forget')));
  await page.goto(demo.at('/?page=import'));
  const entry = page.locator('li', { hasText: '要删的.csv' });
  assert.match(await entry.innerText(), /待设置/);
  await entry.getByRole('link').click();
  await page.getByRole('heading', { name: /每一列是什么/ }).waitFor();
  await page.goBack();
  await entry.getByRole('button', { name: /删除记录/ }).click();
  await entry.getByRole('button', { name: '保留' }).click();
  await entry.getByRole('button', { name: /删除记录/ }).click();
  await entry.getByRole('button', { name: '确认删除' }).click();
  await entry.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: '导入记录' }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await entry.count(), 0);
  await leave(page);
});

test('the whole way by keyboard', async () => {
  const page = await open();
  page.on('filechooser', (chooser) => chooser.setFiles(csv('键盘.csv', titles, ...goodRows('keys'))));
  await page.getByRole('button', { name: '选择文件' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('这是什么表').focus();
  while (!(await operatorField(page).evaluate((field) => field === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(operator);
  await page.keyboard.press('Enter');
  await outcome(page).filter({ hasText: '导入完成' }).waitFor();
  await leave(page);
});

test('in English, large type on a phone: every word and every problem', async () => {
  const page = await open('/?page=import', { size: 'phone', language: 'en', isElder: true });
  const noChinese = async () => {
    const words = await page.evaluate(() => [...document.querySelectorAll('h1, h2, legend, label, button, dt, option, .note, .tag, [role=columnheader]')].map((one) => one.innerText));
    assert.deepEqual(words.filter((word) => word !== '中文' && /[\u4e00-\u9fff]/.test(word)), []);
    await assertFits(page);
    await assertTouchable(page);
    await assertNoSeriousFindings(page);
  };
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await noChinese();
  const [first, second] = goodRows('english');
  await choose(page, csv('english.csv', 'document,line,received,goods,lot,quantity,unit,supplier name,mood', `${first},good`, `${second.replace('12.5', 'many')},good`));
  await page.getByRole('heading', { name: /Which column is which/ }).waitFor();
  await noChinese();
  await page.getByLabel('Operator (social credit code)').fill(operator);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await outcome(page).filter({ hasText: 'Not imported; bad rows: 1' }).waitFor();
  await page.getByRole('region', { name: 'Columns that were not read' }).getByText('mood').waitFor();
  await noChinese();
  const [[row, , value, reason]] = await problems(page);
  assert.deepEqual([row, value], ['Row 3', 'many']);
  assert.doesNotMatch(reason, /[\u4e00-\u9fff]/);
  await leave(page);
});

test('a FoodChain-Lab workbook is known for what it is, imported as a whole, and traced', async () => {
  const page = await open('/?q=A20260301&direction=full');
  await answered(page);
  await page.locator('summary', { hasText: '其他格式' }).click();
  await assertNoSeriousFindings(page);
  const [workbook] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'FoodChain-Lab 工作簿' }).click()]);
  assert.match(workbook.suggestedFilename(), /^TR-\d{8}-[0-9a-f]{8}-foodchain-lab\.xlsx$/);
  const buffer = await readFile(await workbook.path());
  await page.goto(demo.at('/?page=import'));
  await choose(page, { name: '链条.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer });
  await page.getByText('这是 FoodChain-Lab 工作簿').waitFor();
  assert.equal(await page.getByLabel('这是什么表').inputValue(), 'foodchain-lab');
  await page.getByLabel('工作表').selectOption('Deliveries');
  await page.getByText('Delivery Date Departure · Day').waitFor();
  await assertFits(page);
  await assertNoSeriousFindings(page);
  await shoot(page, 'import-foodchain-lab');
  await run(page);
  await outcome(page).filter({ hasText: '导入完成' }).waitFor();
  assert.equal((await counts(page)).有问题, 0);
  // It came from here: nothing is new, and its goods are those that are known.
  assert.equal((await counts(page)).新入库, 0);
  await page.getByRole('link', { name: /^追溯 \(01\)/ }).first().click();
  await answered(page);
  await leave(page);
});
