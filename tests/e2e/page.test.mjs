// SPDX-License-Identifier: Apache-2.0
//
// Goal: the main job, lived in a browser on the demo story (docs/demo-story.md), at desktop and phone
// size. Method: the real program, Debian's Chromium, no mocks. With SUYUAN_SCREENSHOTS=FOLDER each
// stage leaves a picture.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { sizes, startBrowser, startServer } from './program.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(size, path = '/') {
  const context = await browser.newContext({ viewport: sizes[size], hasTouch: size === 'phone', timezoneId: 'Asia/Shanghai', locale: 'zh-CN' });
  const page = await context.newPage();
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) {
      page.errors.push(message.text());
    }
  });
  await page.goto(server.url + path);
  return page;
}

async function shoot(page, name) {
  if (process.env.SUYUAN_SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.SUYUAN_SCREENSHOTS, `${name}.png`), fullPage: true });
  }
}

async function ask(page, code) {
  await page.locator('#code').fill(code);
  await page.locator('#ask button[type=submit]').click();
  await page.locator('#answer .summary, #status.bad').first().waitFor();
}

async function assertNoSeriousFindings(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
  assert.deepEqual(serious.map((violation) => `${violation.id}: ${violation.nodes[0].target}`), []);
}

const figure = (page, id) => page.locator(`.figure[href="#${id}"] strong`).textContent();
const textOf = (page, selector) => page.locator(selector).innerText();

for (const size of Object.keys(sizes)) {
  describe(size, () => {
    test('the start says what can be typed and how much is stored', async () => {
      const page = await open(size);
      await page.getByText('条事件').waitFor();
      assert.match(await textOf(page, '#welcome'), /批号或追溯码/);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-start`);
      assert.deepEqual(page.errors, []);
      await page.context().close();
    });

    test('the bad lot is found with everything it touched, and nothing else', async () => {
      const page = await open(size);
      await ask(page, 'A20260301');
      assert.equal(await figure(page, 'violations'), '1');
      assert.match(await textOf(page, '#violations'), /南关菜市场 8 号摊/);
      const positions = await textOf(page, '#positions');
      assert.match(positions, /中州冷库 A 库/);
      assert.match(positions, /1,300 公斤/);
      assert.doesNotMatch(positions, /黄瓜/);
      assert.doesNotMatch(positions, /B20260301/);
      assert.match(await textOf(page, '#sources'), /青河港进口冷链首站/);
      assert.match(await textOf(page, '#open-ends'), /发出无人签收/);
      assert.match(await textOf(page, '#vehicles'), /豫A23456/);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-answer`);
      assert.deepEqual(page.errors, []);
      await page.context().close();
    });

    test('a row says why it is on the list', async () => {
      const page = await open(size, '/?q=A20260301');
      await page.locator('#positions table').waitFor();
      const row = page.locator('#positions tbody tr', { hasText: '育才小学食堂' });
      await row.getByRole('button').click();
      const dialog = page.locator('#why');
      await dialog.locator('ol li').first().waitFor();
      const text = await dialog.innerText();
      assert.match(text, /北郊农产品批发市场 12 号档/);
      assert.match(text, /2026-03-04/);
      assert.match(text, /DN-20260304-202/);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-why`);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.context().close();
    });

    test('the page fits the screen and can be touched', async () => {
      const page = await open(size, '/?q=A20260301');
      await page.locator('#positions table').waitFor();
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(excess <= 0, `${excess}px too wide`);
      if (size === 'phone') {
        const low = await page.evaluate(() =>
          [...document.querySelectorAll('button')]
            .filter((button) => button.offsetParent && button.getBoundingClientRect().height < 39)
            .map((button) => `${button.textContent} ${button.getBoundingClientRect().height}`),
        );
        assert.deepEqual(low, []);
      }
      await page.context().close();
    });
  });
}

test('hints find 黄瓜 in 黄瓜批发行, and the keyboard takes one', async () => {
  const page = await open('desktop');
  await page.locator('#code').pressSequentially('黄瓜', { delay: 20 });
  await page.locator('#hints li', { hasText: '城南黄瓜批发行' }).waitFor();
  await shoot(page, 'desktop-hints');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#answer .summary').waitFor();
  await page.context().close();
});

test('a plate, a paper and a pallet are understood', async () => {
  const page = await open('desktop');
  for (const [code, kind] of [['豫A23456', '车辆'], ['DN-20260303-001', '单证'], ['169099990000001016', '容器']]) {
    await ask(page, code);
    assert.equal(await page.locator('#status.bad').count(), 0, code);
    assert.match(await textOf(page, '.summary h1'), new RegExp(kind));
  }
  await page.context().close();
});

test('a code that nobody bears gets an explicit answer and what looks similar', async () => {
  const page = await open('desktop');
  await ask(page, 'A2026030');
  assert.match(await textOf(page, '#status'), /A2026030/);
  await page.locator('.suggestions a').first().waitFor();
  await shoot(page, 'desktop-unknown');
  await page.locator('.suggestions a').first().click();
  await page.locator('#answer .summary').waitFor();
  await page.context().close();
});

test('what is typed is shown as text, never run', async () => {
  const page = await open('desktop');
  await ask(page, '<img src=x onerror="window.broken=1">');
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator('main img').count(), 0);
  await page.context().close();
});

test('English by one switch, remembered', async () => {
  const page = await open('desktop', '/?q=A20260301');
  await page.locator('#answer .summary').waitFor();
  await page.locator('#language').click();
  assert.match(await textOf(page, '#positions h2'), /Positions/);
  await page.reload();
  await page.locator('#answer .summary').waitFor();
  assert.match(await textOf(page, '#open-ends'), /Shipped, never received/);
  const han = await page.evaluate(() => [...document.querySelectorAll('h2, th, label, button, .figure span, .tag')].map((e) => e.innerText).filter((text) => /[\u4e00-\u9fff]/.test(text) && text !== '中文'));
  assert.deepEqual(han, []);
  await shoot(page, 'desktop-english');
  await page.context().close();
});

test('a box of the drawing opens by keyboard', async () => {
  const page = await open('desktop', '/?q=A20260301&direction=forward');
  await page.locator('#flow .box').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('#why h2').waitFor();
  await page.context().close();
});

test('as of a day before the recall nothing is blocked by event time, all is known by record time', async () => {
  const page = await open('desktop');
  await page.locator('.more summary').click();
  await page.locator('[name=asOf]').fill('2020-01-01');
  await ask(page, 'A20260301');
  assert.match(await textOf(page, '#status'), /A20260301/);
  await page.context().close();
});

test('the lists sort, filter and download', async () => {
  const page = await open('desktop', '/?q=A20260301&direction=forward');
  await page.locator('#positions input[type=search]').fill('育才');
  const rows = page.locator('#positions tbody tr');
  const found = await rows.count();
  assert.equal(found, 1);
  await page.locator('#positions th button').first().click();
  assert.equal(await page.locator('#positions th').first().getAttribute('aria-sort'), 'ascending');
  const href = await page.locator('.code-line a').getAttribute('href');
  const csv = await (await page.request.get(server.url + href)).text();
  assert.match(csv, /育才小学食堂/);
  await page.context().close();
});
