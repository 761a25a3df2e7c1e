// SPDX-License-Identifier: Apache-2.0
//
// Goal: the pages about accounts hold in both languages, in large type, on a phone and in the dark; with a thousand
// rows, names that do not end, while they wait and when the server fails; and by the keyboard alone. Method: the real
// program; answers that no small store gives are put in the server's place.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cookieFor, longName, makeAccounts, newPassword } from './people.mjs';
import { assertFits, assertNoSeriousFindings, assertTouchable, leave, onDemo, shoot } from './visit.mjs';

const demo = onDemo([], makeAccounts);
const as = async (name, path, look = {}) => demo.open(path, { ...look, cookie: await cookieFor(demo.at(''), name) });

const looks = [
  { size: 'desktop', theme: 'light', language: 'en' },
  { size: 'desktop', theme: 'dark', isElder: true },
  { size: 'phone', theme: 'dark', language: 'en' },
  { size: 'phone', theme: 'light', isElder: true },
];

const many = 1_000;
const list = (make) => Array.from({ length: many }, (_, i) => make(i));
const moment = (i) => new Date(Date.UTC(2026, 0, 31) - i * 1_000_000).toISOString();
const endless = '特别长的名称用来看版面会不会被撑破的国际食品进出口冷链仓储配送股份有限公司第二分公司收银与称重系统';

const key = (i) => ({
  id: `k${i}`, name: i % 3 ? `till-${i}` : endless, use: ['hmac-sm3', 'hmac-sha256', 'bearer'][i % 3], role: 'integrator',
  operator: 'https://ns.suyuan.example/uscc/91110105MA01ABCD1X', actions: ['capture', 'read', 'trace'], addresses: i % 2 ? [] : ['10.0.0.0/8', '2001:db8::/32'],
  created_at: moment(i), expires_at: '2099-01-01T00:00:00.000Z', revoked_at: i % 5 ? null : moment(i),
});
const seen = (i) => ({
  at: moment(i), organisation: i % 2 ? 'market_regulation' : 'https://ns.suyuan.example/uscc/91110106MA01ABCD2X', role: i % 2 ? 'regulator_county' : 'operator_owner',
  act: i % 2 ? 'read' : 'trace', thing: i % 2 ? 'event' : 'position', purpose: i % 2 ? 'supervision' : '', rule: i % 2 ? 'territory-events' : 'own-trace',
  fields: 'event_id event_time record_time biz_step item lot papers region submitter site source destination quantity person_name* phone*',
});
const row = (i) => ({
  ...seen(i), number: many - i, actor: 'azdcbatxpc6ftzehm', named: i % 3 ? '' : endless, outcome: i % 7 ? 'permitted' : 'denied', policy: `2026-11-26 ${'0123456789abcdef'.repeat(4)}`,
  case_number: i % 4 ? 0 : 20260131, detail: i % 3 ? 'queryEvents' : endless, owner_count: i % 5, request: 'a397b877-763e-4099-89c5-cbcf0555b4eb',
});
const grant = (i, role) => ({ id: `g${i}`, role, region: i % 2 ? '110105' : '', department: i % 2 ? 'market_regulation' : '', functions: i % 3 ? [] : ['catering', 'circulation', 'cold_chain', 'sampling'], from: null, until: i % 4 ? null : moment(i), revoked_at: null });
const account = (i) => ({
  id: `a${i}`, name: i % 3 ? `clerk-of-many-${i}` : endless, kind: i % 2 ? 'regulator' : 'operator', operator: i % 2 ? '' : 'https://ns.suyuan.example/uscc/91110105MA01ABCD1X',
  department: i % 2 ? 'market_regulation' : '', region: i % 2 ? '110105' : '', created_at: moment(i), disabled_at: null, grants: i % 5 ? [grant(i, 'operator_owner'), grant(i + many, 'regulator_county')] : [],
});
const session = (i) => ({ id: String(i).padStart(16, '0'), created_at: moment(i), seen_at: moment(i), expires_at: '2099-01-01T00:00:00.000Z', is_this: i === 3 });

const answer = (body, status = 200) => (route) => route.fulfill({ status, contentType: status < 400 ? 'application/json' : 'application/problem+json', body: JSON.stringify(body) });
const put = (page, path, body, status) => page.route(new RegExp(`${path}(\\?|$)`), answer(body, status));

// Pages as [name, account, address, what is put in the server's place, what is done before it is looked at].
const pages = [
  ['start', longName, '/'],
  ['menu', longName, '/', null, (page) => page.locator('details.account summary').click()],
  ['sessions', 'clerk-1', '/?page=sessions', ['/api/v1/sessions', { sessions: list(session) }]],
  ['keys', 'owner-1', '/?page=keys', ['/api/v1/keys', { keys: list(key), next: 'k999' }]],
  ['keys-of-all', 'security-1', '/?page=keys', ['/api/v1/keys', { keys: list(key), next: null }]],
  ['looks', 'owner-1', '/?page=looks', ['/api/v1/looks', { looks: list(seen), next: 'more' }], (page) => page.locator('.row').first().waitFor()],
  ['staff', 'owner-1', '/?page=staff', ['/api/v1/accounts', { accounts: list(account), next: 'more' }], (page) => page.locator('.rows > li').first().waitFor()],
  ['policy', 'audit-1', '/?page=policy', null, async (page) => {
    await page.locator('.row.opens').first().click();
    await page.locator('article.sheet').waitFor();
  }],
  ['audit', 'audit-1', '/?page=audit', ['/api/v1/audit', { rows: list(row), next: '1' }], async (page) => {
    await page.locator('form.filters button[type=submit]').click();
    await page.locator('.row.opens').first().click();
    await page.locator('.sheet dl').waitFor();
  }],
  ['password', 'system-1', '/?page=password'],
  ['no-access', 'inspector-1', '/?page=audit'],
];

for (const look of looks) {
  const name = Object.values(look).join('-');
  describe(name, () => {
    const settle = async (page, what) => {
      await page.waitForLoadState('networkidle');
      await assertNoSeriousFindings(page);
      await assertFits(page);
      if (look.size === 'phone') {
        await assertTouchable(page);
      }
      await shoot(page, `looks-${what}-${name}`);
      await leave(page);
    };
    test('sign-in', async () => {
      const page = await demo.open('/', look);
      await page.locator('form').waitFor();
      await settle(page, 'sign-in');
    });
    for (const [what, account, path, put1, act] of pages) {
      test(what, async () => {
        const page = await as(account, '/?page=none', look);
        if (put1) {
          await put(page, ...put1);
        }
        await page.goto(demo.at(path));
        await page.locator('main h1').first().waitFor();
        await act?.(page);
        await settle(page, what);
      });
    }
  });
}

test('what takes long says so, and what fails can be asked again', async () => {
  const page = await as('owner-1', '/?page=none');
  let go;
  const gate = new Promise((resolve) => {
    go = resolve;
  });
  await page.route('**/api/v1/keys', async (route) => {
    await gate;
    await answer({ type: 'https://ns.suyuan.example/problems/unavailable', title: '暂时不可用', status: 503, detail: '服务暂时不可用，请稍后重试。', instance: 'urn:uuid:0' }, 503)(route);
  });
  await page.goto(demo.at('/?page=keys'));
  await page.getByText('正在读取').waitFor();
  await shoot(page, 'looks-keys-waiting');
  go();
  await page.getByRole('alert').filter({ hasText: '服务暂时不可用' }).waitFor();
  await shoot(page, 'looks-keys-failed');
  await page.unroute('**/api/v1/keys');
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByText('还没有密钥').waitFor();
  page.complaints.length = 0;
  await leave(page);
});

test('by the keyboard alone: in, to a page, out', async () => {
  await cookieFor(demo.at(''), 'owner-2');
  const page = await demo.open('/');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  const press = async (...keys) => {
    for (const one of keys) {
      await page.keyboard.press(one);
    }
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '');
  const tabTo = async (wanted) => {
    for (let i = 0; i < 40; i += 1) {
      if (wanted.test(await focused())) {
        return;
      }
      await press('Tab');
    }
    assert.fail(`no way to ${wanted}`);
  };
  // The first field has the focus.
  await page.keyboard.type('owner-2');
  await press('Tab');
  await page.keyboard.type(newPassword('owner-2'));
  await press('Enter');
  await page.getByRole('search').waitFor();
  await tabTo(/^账号：owner-2/);
  await press('Enter');
  await tabTo(/^密钥$/);
  await press('Enter');
  await page.getByRole('heading', { name: '密钥', level: 1 }).waitFor();
  await tabTo(/^新建密钥$/);
  await press('Enter');
  await page.keyboard.type('scale-1');
  await press('Enter');
  await page.locator('.secret').waitFor();
  await tabTo(/^我已存好$/);
  await press('Enter');
  assert.match(await focused(), /新建密钥/);
  await tabTo(/^吊销 · scale-1/);
  await press('Enter');
  assert.match(await focused(), /^保留$/);
  await press('Escape');
  assert.match(await focused(), /^吊销 · scale-1/);
  await page.locator('details.account summary').focus();
  await press('Enter');
  await tabTo(/^退出登录$/);
  await press('Enter');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await leave(page);
});

test('what one account looked for, another on the same browser does not see', async () => {
  const page = await as('owner-1', '/?q=https://ns.suyuan.example/lot/shop-1-cabbage');
  await page.locator('main h1').first().waitFor();
  await page.evaluate(() => localStorage.setItem('recent owner-1', JSON.stringify([{ text: 'A20260301', name: null }])));
  const [name, value] = (await cookieFor(demo.at(''), 'clerk-1')).split('=');
  await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  await page.goto(demo.at('/'));
  await page.getByRole('combobox').focus();
  assert.equal(await page.getByText('A20260301').count(), 0);
  await leave(page);
});
