// SPDX-License-Identifier: Apache-2.0
//
// Pictures of every page into shots/: `node browser/shots.mjs [part of a name]`.

import { mkdirSync } from 'node:fs';
import { address, launch, openPage, settle, story } from './browser.mjs';
import { largePages } from './large_answer.mjs';

const operator = encodeURIComponent('https://id.gs1.org/417/6909999900411');
const item = encodeURIComponent('https://id.gs1.org/01/06909999000012/10/A20260301');

const openRow = async (page) => {
  await page.locator('.row.opens').nth(2).click();
  await settle(page);
};

const openEvent = async (page) => {
  await openRow(page);
  await page.locator('.events .link').first().click();
  await settle(page);
};

const json = (body, status = 200) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });

// Answers that no story tells: many rows, names that do not end, a store without anything.
const [many] = largePages({ positions: 1_000, operators: 200 });
const endless = '特别长的名称用来看版面会不会被撑破的国际食品进出口冷链仓储配送股份有限公司第二分公司';
const longNames = JSON.parse(JSON.stringify(largePages({ positions: 30, operators: 10 })[0]), (name, value) => (name === 'name' && typeof value === 'string' ? endless : value));
const answerWith = (answer) => (page) => page.route('**/api/v1/trace?*', (route) => route.fulfill(json(answer)));

const nothing = { events: 0, items: 0, operators: 0, sites: 0, papers: 0, vehicles: 0, people: 0, log_index: 0, record_time: null };
const emptyStore = async (page) => {
  await page.route('**/api/v1/stats', (route) => route.fulfill(json(nothing)));
  await page.route('**/api/v1/stories', (route) => route.fulfill(json({ stories: [] })));
};

const csv = (...lines) => ({ name: '进货台账-三月.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
const titles = '单据号,行号,进货时间,品名,批号,数量,单位,供货者名称';
const line = (amount, i) => `IN-${i},1,2026-03-1${i},冷冻带鱼,B-${i},${amount},公斤,东海渔业合作社`;
const sheet = (...amounts) => csv(titles, ...amounts.map(line));
// With columns that no sheet has; of titles that nobody chose yet.
const widerSheet = csv(`${titles},单价,早市备注,${Date.now()}`, `${line('12.5', 7)},3.20,无,`);
const chooseFile = async (page, file) => {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('input[autocomplete=organization]').waitFor();
  await settle(page);
};
const chooseSheet = (...amounts) => (page) => chooseFile(page, sheet(...amounts));
const runFile = async (page, file) => {
  await chooseFile(page, file);
  await page.locator('input[autocomplete=organization]').fill('91350100M000100Y43');
  await page.getByRole('button', { name: /^(开始导入|Import)$/ }).click();
  await page.locator('#outcome').waitFor();
  await settle(page);
};
const runSheet = (...amounts) => (page) => runFile(page, sheet(...amounts));
// The workbook of the story, as the menu above its answer gives it.
const chooseWorkbook = async (page) => {
  const workbook = await page.request.get(`${address}/api/v1/trace/export?code=A20260301&direction=full&format=fcl`);
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await chooseFile(page, { name: 'TR-20260310-foodchain-lab.xlsx', mimeType, buffer: await workbook.body() });
};
const runWorkbook = async (page) => {
  await chooseWorkbook(page);
  await page.getByRole('button', { name: /^(开始导入|Import)$/ }).click();
  await page.locator('#outcome').waitFor();
  await settle(page);
};
const openScope = async (page) => {
  await page.locator('.bar-question > button').click();
  await settle(page);
};
const pressTab = (times) => async (page) => {
  for (let i = 0; i < times; i += 1) {
    await page.keyboard.press('Tab');
  }
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
  { name: 'event', path: `${story}&tab=positions`, after: openEvent },
  { name: 'scope', path: story, after: openScope },
  { name: 'calendar', path: story, after: async (page) => { await openScope(page); await page.locator('.el-date-editor input').first().click(); await settle(page); } },
  { name: 'formats', path: story, after: async (page) => { await page.locator('.menu summary').click(); await settle(page); } },
  { name: 'printed', path: story, after: async (page) => { await page.evaluate(() => dispatchEvent(new Event('beforeprint'))); await page.emulateMedia({ media: 'print' }); await settle(page); } },
  { name: 'nothing', path: '/?q=A2026030&direction=full' },
  { name: 'refused', path: '/?q=A20260301&direction=full&from=yesterday' },
  { name: 'loading', path: story, before: (page) => page.route('**/api/v1/trace?*', () => {}), isEndless: true },
  { name: 'item', path: `/?page=item&code=${item}` },
  { name: 'operator', path: `/?page=operator&code=${operator}` },
  { name: 'sites', path: `${story}&tab=sites` },
  { name: 'people', path: `${story}&tab=people` },
  { name: 'sources', path: `${story}&tab=sources` },
  { name: 'flow_regions', path: `${story}&tab=flow`, after: async (page) => { await page.locator('.grouping select').selectOption('region'); await settle(page); } },
  { name: 'region_rows', path: `${story}&tab=map`, after: async (page) => { await page.locator('.regions .list button').first().click(); await settle(page); } },
  { name: 'nothing_in_list', path: '/?q=P20260304&direction=back&tab=violations' },
  { name: 'many', path: '/?q=L0&direction=forward&tab=positions', before: answerWith(many) },
  { name: 'many_map', path: '/?q=L0&direction=forward&tab=map', before: answerWith(many) },
  { name: 'long_names', path: '/?q=L0&direction=forward&tab=positions', before: answerWith(longNames) },
  { name: 'long_flow', path: '/?q=L0&direction=forward', before: answerWith(longNames) },
  { name: 'away', path: story, before: (page) => page.route('**/api/v1/trace?*', (route) => route.abort()) },
  { name: 'broken', path: story, before: (page) => page.route('**/api/v1/trace?*', (route) => route.fulfill(json({ title: route.request().headers()['accept-language'] === 'en' ? 'Internal error' : '服务内部错误', status: 500, detail: '' }, 500))) },
  { name: 'empty_store', path: '/', before: emptyStore },
  { name: 'item_unknown', path: '/?page=item&code=NOTHING' },
  { name: 'focus', path: '/', after: pressTab(3) },
  { name: 'focus_table', path: `${story}&tab=positions`, after: async (page) => { await page.locator('.row.opens').first().focus(); await page.keyboard.press('ArrowDown'); await settle(page); } },
  { name: 'import', path: '/?page=import' },
  { name: 'import_columns', path: '/?page=import', after: chooseSheet('12.5', '8') },
  { name: 'import_faults', path: '/?page=import', after: runSheet('十二斤半', '8') },
  { name: 'import_done', path: '/?page=import', after: runSheet('12.5', '8') },
  { name: 'import_workbook', path: '/?page=import', after: chooseWorkbook },
  {
    name: 'import_deliveries',
    path: '/?page=import',
    after: async (page) => {
      await chooseWorkbook(page);
      await page.locator('.fields select').nth(1).selectOption('Deliveries');
      await settle(page);
    },
  },
  { name: 'import_workbook_done', path: '/?page=import', after: runWorkbook },
  { name: 'import_wider', path: '/?page=import', after: (page) => chooseFile(page, widerSheet) },
  { name: 'import_unused', path: '/?page=import', after: (page) => runFile(page, widerSheet) },
  { name: 'import_traced', path: '/?q=B-0&direction=full' },
  { name: 'person', path: '/?q=E0000007-01&kind=person&direction=full' },
  { name: 'vehicle', path: '/?q=%E8%B1%ABA23456&direction=full' },
  { name: 'import_unknown', path: '/?page=import&code=nothing' },
];
const looks = ['desktop', 'phone'].flatMap((screen) => ['zh', 'en'].flatMap((language) => ['light', 'dark'].map((theme) => ({ screen, language, theme }))));
looks.push({ screen: 'phone', language: 'zh', theme: 'light', isElder: true });

const wanted = process.argv[2] ?? '';
// `vite preview` is another site than the server, which refuses what comes from elsewhere: files are sent
// only where CONSOLE_ADDRESS is the server itself.
const takesFiles = Boolean(process.env.CONSOLE_ADDRESS);
mkdirSync('shots', { recursive: true });
const browser = await launch();
for (const look of looks) {
  for (const { name, path, before, after, isEndless } of pages) {
    const file = `${name}-${look.screen}-${look.language}-${look.theme}${look.isElder ? '-elder' : ''}`;
    if (!file.includes(wanted) || (name.startsWith('import_') && !takesFiles)) {
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
