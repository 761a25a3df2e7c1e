// SPDX-License-Identifier: Apache-2.0
//
// Goal: the main job, lived in a browser on the demo story (docs/demo-story.md), at desktop and phone
// size. Method: the real program, Debian's Chromium, no mocks.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answered, ask, assertFits, assertNoSeriousFindings, assertTouchable, exported, figure, leave, onDemo, shoot, sizes } from './visit.mjs';

const story = '/?q=A20260301&direction=full';

const { at, open } = onDemo();
const drawer = (page) => page.getByRole('dialog');
const isEnglishText = (text) => text !== '中文' && /[\u4e00-\u9fff]/.test(text);

for (const size of Object.keys(sizes)) {
  describe(size, () => {
    test('the start says what can be typed and how much is stored', async () => {
      const page = await open('/', { size });
      assert.match(await page.locator('.kinds').innerText(), /批号、追溯码/);
      const counts = page.locator('.counts');
      await counts.waitFor();
      assert.match(await counts.innerText(), /296\s*事件/);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-start`);
      await leave(page);
    });

    test('the bad lot is found with everything it touched, and nothing else', async () => {
      const page = await open('/', { size });
      await ask(page, 'A20260301');
      const violations = await figure(page, '违规流出');
      assert.equal(violations.number, 1);
      await violations.open();
      assert.match((await exported(page)).join('\n'), /南关菜市场 8 号摊/);

      const positions = await figure(page, '位置');
      await positions.open();
      const rows = await exported(page);
      // A position of both parts has a row in each.
      const where = rows.slice(1).map((row) => row.split(',').slice(0, 4).join());
      assert.equal(new Set(where).size, positions.number);
      assert.ok(rows.some((row) => row.includes('中州冷库 A 库') && row.includes('1,300 公斤')));
      for (const stranger of ['黄瓜', 'B20260301', 'M20260305']) {
        assert.ok(rows.every((row) => !row.includes(stranger)), stranger);
      }
      for (const [name, expected] of [['源头', /青河港进口冷链首站/], ['断链', /发出无人签收/], ['车辆', /豫A23456/]]) {
        await (await figure(page, name)).open();
        const grid = page.getByRole('grid', { name });
        await grid.waitFor();
        assert.match(await grid.innerText(), expected);
      }
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-answer`);
      await leave(page);
    });

    test('a row says why it is on the list', async () => {
      const page = await open(`${story}&tab=positions`, { size });
      await page.getByRole('searchbox').fill('育才小学食堂');
      await page.locator('.row.opens').first().click();
      await page.locator('.steps li').first().waitFor();
      const text = await drawer(page).innerText();
      assert.match(text, /北郊农产品批发市场 12 号档/);
      assert.match(text, /2026-03-04/);
      assert.match(text, /DN-20260304-202/);
      await assertNoSeriousFindings(page);
      await shoot(page, `${size}-why`);
      await page.keyboard.press('Escape');
      await drawer(page).waitFor({ state: 'hidden' });
      await leave(page);
    });

    test('the page fits the screen and can be touched', async () => {
      const page = await open(story, { size });
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await assertFits(page);
        if (size === 'phone') {
          await assertTouchable(page);
        }
      }
      await leave(page);
    });
  });
}

test('hints find 黄瓜 in 黄瓜批发行, and the keyboard takes one', async () => {
  const page = await open();
  await page.getByRole('search').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('黄瓜', { delay: 20 });
  await page.getByRole('option', { name: '城南黄瓜批发行' }).waitFor();
  await shoot(page, 'desktop-hints');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await answered(page);
  assert.match(page.url(), /\?q=.*&direction=full/);
  await leave(page);
});

test('a code is found by keyboard from any page', async () => {
  const page = await open(story);
  await answered(page);
  await page.keyboard.press('/');
  await page.keyboard.type('M20260304');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.seed-code', { hasText: 'M20260304' }).waitFor();
  await leave(page);
});

test('a plate, a paper and a pallet are understood', async () => {
  const page = await open();
  for (const [code, kind] of [['豫A23456', '车辆'], ['DN-20260303-001', '单证'], ['169099990000001016', '容器']]) {
    await ask(page, code);
    assert.equal(await page.getByRole('alert').count(), 0, code);
    await page.locator('h1 .tag', { hasText: kind }).waitFor();
  }
  await leave(page);
});

test('a code that nobody bears gets an explicit answer and what looks similar', async () => {
  const page = await open();
  await ask(page, 'A2026030');
  assert.match(await page.getByRole('alert').innerText(), /A2026030/);
  const similar = page.locator('.similar li a').first();
  await similar.waitFor();
  await shoot(page, 'desktop-unknown');
  await similar.click();
  await answered(page);
  await leave(page);
});

test('what is typed is shown as text, never run', async () => {
  const page = await open();
  await ask(page, '<img src=x onerror="window.broken=1">');
  assert.match(await page.getByRole('alert').innerText(), /<img src=x/);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator('main img').count(), 0);
  await leave(page);
});

test('English by one switch, remembered', async () => {
  const page = await open(story);
  await answered(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('tab', { name: 'Positions' }).waitFor();
  await page.reload();
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    const chinese = await page.evaluate(() => [...document.querySelectorAll('h2, h3, dt, th, label, button:not(.regions .inside button), .regions .list .quiet, [role=columnheader], .tag')].map((one) => one.innerText));
    assert.deepEqual(chinese.filter(isEnglishText), []);
  }
  await page.getByRole('tab', { name: 'Open ends' }).click();
  assert.match(await page.getByRole('grid').innerText(), /Shipped, never received/);
  await shoot(page, 'desktop-english');
  await leave(page);
});

test('a box of the drawing opens by keyboard', async () => {
  const page = await open('/?q=A20260301&direction=forward');
  await page.locator('canvas').focus();
  await page.keyboard.press('Enter');
  await drawer(page).getByRole('heading', { level: 3 }).waitFor();
  await leave(page);
});

test('as known long before, nothing is found, and the page says so', async () => {
  const page = await open(story);
  await answered(page);
  await page.getByRole('button', { name: '时间与范围' }).click();
  await page.locator('.day input').nth(2).fill('2020-01-01');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '应用' }).click();
  await page.waitForURL(/asOf=2020-01-01/);
  assert.match(await page.getByRole('alert').innerText(), /A20260301/);
  await leave(page);
});

test('a window of time is asked for, and fewer positions are in it', async () => {
  const page = await open(`${story}&tab=positions`);
  const back = page.getByRole('button', { name: /^来源 \d+$/ });
  assert.match(await back.innerText(), /11/);
  await page.getByRole('button', { name: '时间与范围' }).click();
  await page.locator('.day input').nth(1).fill('2026-03-03');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '应用' }).click();
  await page.getByText('… → 2026-03-03 23:59').waitFor();
  assert.match(page.url(), /to=2026-03-03/);
  assert.match(await back.innerText(), / 5$/);
  await leave(page);
});

test('the lists sort, filter and download', async () => {
  const page = await open('/?q=A20260301&direction=forward&tab=positions');
  await page.getByRole('searchbox').fill('育才');
  await page.getByText('1 / ').waitFor();
  const rows = await exported(page);
  assert.equal(rows.length, 2);
  assert.match(rows[1], /育才小学食堂/);
  await page.getByRole('searchbox').fill('');
  const head = page.getByRole('columnheader').first();
  await head.getByRole('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  const whole = await page.request.get(at(await page.getByRole('link', { name: '导出全部' }).getAttribute('href')));
  assert.match(await whole.text(), /育才小学食堂/);
  await leave(page);
});

test('the violation leads to its stall, why it is there, and the event', async () => {
  const page = await open(story);
  await answered(page);
  await (await figure(page, '违规流出')).open();
  await page.locator('.row.opens').first().click();
  await page.locator('.steps li').first().waitFor();
  assert.match(await drawer(page).innerText(), /南关菜市场 8 号摊/);
  assert.equal(await page.locator('.steps li').count(), 3);
  await page.locator('.events .link').last().click();
  await page.getByText('原始事件').waitFor();
  assert.match(await drawer(page).innerText(), /收货/);
  await page.getByRole('button', { name: '返回' }).click();
  await page.locator('.steps li').first().waitFor();
  await leave(page);
});

test('on the phone the way back closes the sheets, one after the other, and then leaves the trace', async () => {
  const page = await open('/', { size: 'phone' });
  await page.goto(at(`${story}&tab=positions`));
  await page.getByRole('searchbox').fill('育才小学食堂');
  await page.locator('.row.opens').first().click();
  await page.locator('.events .link').first().click();
  await page.getByText('原始事件').waitFor();
  await page.goBack();
  await page.locator('.steps li').first().waitFor();
  await page.goBack();
  await drawer(page).waitFor({ state: 'hidden' });
  assert.equal(new URL(page.url()).searchParams.get('tab'), 'positions');
  await page.getByRole('searchbox').waitFor();
  // Closed by its button it is passed over.
  await page.locator('.row.opens').first().click();
  await page.locator('.steps li').first().waitFor();
  await page.getByRole('button', { name: '关闭' }).click();
  await drawer(page).waitFor({ state: 'hidden' });
  await page.goBack();
  await page.waitForURL((url) => url.search === '');
  await leave(page);
});

test('direction and the way back stay in the address', async () => {
  const page = await open(story, { language: 'en' });
  await page.getByRole('radio', { name: 'Back', exact: true }).click();
  await page.waitForURL(/direction=back/);
  await answered(page);
  await page.goBack();
  await answered(page);
  assert.equal(await page.getByRole('radio', { name: 'Both ways' }).getAttribute('aria-checked'), 'true');
  await leave(page);
});

test('an amount of the balance leads to the positions that it is of', async () => {
  const page = await open(`${story}&tab=balance`);
  await page.getByRole('button', { name: /销毁/ }).click();
  await page.locator('.chip', { hasText: '销毁' }).waitFor();
  const rows = await exported(page);
  assert.equal(rows.length, 2);
  assert.match(rows[1], /恒味肉制品加工厂/);
  await leave(page);
});

test('an operator leads to its positions', async () => {
  const page = await open(`${story}&tab=operators`);
  await page.locator('.row.opens').first().click();
  assert.match(await page.locator('.chip').innerText(), /青河/);
  assert.ok((await exported(page)).slice(1).every((row) => row.includes('青河')));
  await leave(page);
});

// The door of the browser is shut by the test, for no server is slow or away on request.
test('a trace is cancelled and asked again', async () => {
  const page = await open();
  let isHeld = true;
  await page.route('**/api/v1/trace?*', (route) => (isHeld ? undefined : route.continue()));
  await page.goto(at(story));
  await page.getByRole('button', { name: '取消' }).click();
  isHeld = false;
  await page.getByRole('button', { name: '重试' }).click();
  await answered(page);
  await leave(page);
});

test('a server that is away is told, not hidden', async () => {
  const page = await open();
  await page.route('**/api/v1/trace?*', (route) => route.abort());
  await page.goto(at(story));
  assert.match(await page.getByRole('alert').innerText(), /连不上服务/);
  await leave(page);
});

test('on a phone the drawer rises from below and closes', async () => {
  const page = await open(`${story}&tab=positions`, { size: 'phone' });
  await page.locator('.row.opens').first().tap();
  await page.locator('.el-drawer.btt .steps, .el-drawer.btt .why').first().waitFor();
  await assertTouchable(page);
  await page.getByRole('button', { name: '关闭' }).tap();
  await drawer(page).waitFor({ state: 'hidden' });
  await leave(page);
});

test('paper holds every list', async () => {
  const page = await open(story);
  await answered(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const lists = await page.locator('.report h2').allInnerTexts();
  for (const name of ['物料平衡', '违规流出', '断链', '源头', '位置', '主体', '场所', '车辆']) {
    assert.ok(lists.some((list) => list.startsWith(name)), name);
  }
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  await leave(page);
});
