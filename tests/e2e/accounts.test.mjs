// SPDX-License-Identifier: Apache-2.0
//
// Goal: whoever was given an account gets to their own pages without help, and to nobody else's: sign-in, the first
// password, two factors, sessions, keys, who looked, the audit trail. Method: the real program with an account of each
// role, no mocks, desktop and phone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneTimePassword } from '../http/support/people.mjs';
import { anotherCookie, cabbage, cookieFor, inspect, makeAccounts, newPassword, people, recordHarvest, recoveryCode } from './people.mjs';
import { assertFits, assertNoSeriousFindings, assertTouchable, leave, onDemo, shoot, sizes } from './visit.mjs';

const demo = onDemo([], makeAccounts);
const as = async (name, path = '/', look = {}) => demo.open(path, { ...look, cookie: await cookieFor(demo.at(''), name) });

const heading = (page, name) => page.getByRole('heading', { name, level: 1 });
const account = (page, name) => page.getByLabel(new RegExp(`^(账号|Account)[：:] ?${name}$`));
const field = (page, label) => page.getByLabel(label, { exact: true });

async function look(page, size, name) {
  await assertFits(page);
  await assertNoSeriousFindings(page);
  if (size === 'phone') {
    await assertTouchable(page);
  }
  await shoot(page, `${size}-${name}`);
}

async function signIn(page, name, password, code = '') {
  await heading(page, '登录').waitFor();
  await field(page, '账号').fill(name);
  await field(page, '密码').fill(password);
  await field(page, '动态验证码').fill(code);
  await page.getByRole('button', { name: '登录' }).click();
}

async function changePassword(page, from, to, code) {
  await field(page, '现在的密码').fill(from);
  if (code) {
    await field(page, '动态验证码').fill(code);
  }
  await field(page, '新密码').fill(to);
  await field(page, '再输一遍新密码').fill(to);
  await page.getByRole('button', { name: '保存新密码' }).click();
}

const menuOf = async (page, name) => {
  await account(page, name).click();
  return (await page.locator('details.account li a').allInnerTexts()).map((text) => text.trim());
};

for (const [i, size] of Object.keys(sizes).entries()) {
  describe(size, () => {
    test('the password that was handed out is changed first, and then the page comes that was asked for', async () => {
      const name = ['owner-3', 'owner-4'][i];
      const page = await demo.open('/?page=keys', { size });
      await heading(page, '登录').waitFor();
      assert.match(await page.title(), /^登录/);
      await look(page, size, 'sign-in');
      await signIn(page, name, 'not the password');
      await page.getByRole('alert').filter({ hasText: '不正确' }).waitFor();
      assert.equal(await field(page, '密码').inputValue(), '');
      await look(page, size, 'sign-in-wrong');
      await signIn(page, name, people[name].password);
      await heading(page, '修改密码').waitFor();
      await page.getByText('管理员发的初始密码').waitFor();
      assert.deepEqual(await menuOf(page, name), ['我的会话', '修改密码']);
      await page.keyboard.press('Escape');
      await look(page, size, 'password-first');
      for (const [tried, told] of [['short', /12 至 128 个字符/], ['passwordpassword', /过于常见/], [`long and ${name} inside`, /不得含有账号名/]]) {
        await changePassword(page, people[name].password, tried);
        await page.getByRole('alert').filter({ hasText: told }).waitFor();
      }
      await look(page, size, 'password-refused');
      await changePassword(page, 'not the password', newPassword(name));
      await page.getByRole('alert').filter({ hasText: '现在的密码或验证码不正确' }).waitFor();
      await changePassword(page, people[name].password, newPassword(name));
      await heading(page, '密钥').waitFor();
      await page.getByText(/没有.*密钥/).waitFor();
      await leave(page);
    });

    test('an officer comes by two factors, and signs out', async () => {
      const name = ['security-1', 'system-1'][i];
      const page = await demo.open('/', { size });
      const code = oneTimePassword(people[name].enrolment);
      await signIn(page, name, people[name].password);
      await page.getByRole('alert').filter({ hasText: '验证码不正确' }).waitFor();
      await signIn(page, name, people[name].password, code);
      await heading(page, '修改密码').waitFor();
      await changePassword(page, people[name].password, newPassword(name), code);
      await page.getByRole('alert').filter({ hasText: '验证码不正确' }).waitFor();
      await changePassword(page, people[name].password, newPassword(name), recoveryCode(name));
      await heading(page, new RegExp(`您好，${name}`)).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await look(page, size, `start-${name}`);
      await account(page, name).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await heading(page, 'Sign in').waitFor();
      assert.equal((await page.context().cookies()).length, 0);
      await leave(page);
    });

    test('sessions are listed, and another one ended', async () => {
      const other = await demo.open('/?page=sessions', { size, cookie: await anotherCookie(demo.at(''), 'owner-2') });
      const page = await as('owner-2', '/?page=sessions', { size });
      await heading(page, /我的会话/).waitFor();
      await page.getByText('本次会话').waitFor();
      assert.equal(await page.getByText('其他会话').count(), 1);
      await look(page, size, 'sessions');
      await page.getByRole('button', { name: /^结束/ }).click();
      await page.getByRole('button', { name: '确认结束' }).click();
      await page.getByText('其他会话').waitFor({ state: 'detached' });
      // Whoever was there is told at the next request, and is back where they were after signing in.
      await account(other, 'owner-2').click();
      await other.getByRole('link', { name: '密钥' }).click();
      await other.getByText('登录已过期或已在别处结束').waitFor();
      await look(other, size, 'sign-in-again');
      await signIn(other, 'owner-2', newPassword('owner-2'));
      await heading(other, '密钥').waitFor();
      await account(other, 'owner-2').click();
      await other.getByRole('button', { name: '退出登录' }).click();
      await heading(other, '登录').waitFor();
      await leave(other);
      await leave(page);
    });

    test('a key is made after a new proof, its secret shown once, and taken back', async () => {
      const page = await demo.open('/?page=keys', { size, cookie: await anotherCookie(demo.at(''), 'owner-1') });
      // The proof of the sign-in is five minutes old.
      await page.route('**/api/v1/keys', async (route) => {
        if (route.request().method() === 'POST' && !page.hasProved) {
          page.hasProved = true;
          const problem = { type: 'https://ns.suyuan.example/problems/reauthentication-needed', title: '须再次验证身份', status: 403, detail: '请先再次验证身份。', instance: 'urn:uuid:0' };
          return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) });
        }
        return route.continue();
      });
      await page.getByRole('button', { name: '新建密钥' }).click();
      await field(page, '名称').fill(`till-${size}`);
      await field(page, '允许的来源地址').fill('10.0.0.300');
      await look(page, size, 'key-form');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: '再次验证身份' });
      await field(dialog, '密码').fill('not the password');
      await dialog.getByRole('button', { name: '继续' }).click();
      await dialog.getByRole('alert').waitFor();
      await look(page, size, 'proof');
      await field(dialog, '密码').fill(newPassword('owner-1'));
      await dialog.getByRole('button', { name: '继续' }).click();
      await page.getByRole('alert').filter({ hasText: '10.0.0.300' }).waitFor();
      await field(page, '允许的来源地址').fill('10.0.0.0/8\n192.168.1.7');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      await heading(page, '密钥').waitFor();
      const secret = await page.locator('.secret').innerText();
      assert.equal(Buffer.from(secret, 'base64').length, 32);
      await look(page, size, 'key-made');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: '复制密文' }).click();
      await page.getByRole('button', { name: '已复制', exact: true }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
      await page.getByRole('button', { name: '我已存好' }).click();
      assert.ok(!(await page.content()).includes(secret));
      await look(page, size, 'keys');
      await page.getByRole('button', { name: `吊销 · till-${size}` }).click();
      await page.getByRole('button', { name: '确认吊销' }).click();
      await page.getByText(`till-${size}`).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '已失效' }).click();
      await page.getByText(`till-${size}`).waitFor();
      await leave(page);
    });

    test('who looked at my data, filtered', async () => {
      await recordHarvest(demo.at(''));
      await inspect(demo.at(''), 3);
      const page = await as('owner-1', '/?page=looks', { size });
      await heading(page, '谁看过我的数据').waitFor();
      await page.locator('.row').filter({ hasText: '市场监督管理 · 县级监管人员' }).first().waitFor();
      const count = async () => Number(/^\d+/.exec(await page.locator('.table .tools [role=status]').innerText())[0]);
      assert.ok((await count()) >= 3);
      await look(page, size, 'looks');
      await page.getByLabel('为什么', { exact: true }).selectOption({ label: '日常监管' });
      await page.getByLabel('谁', { exact: true }).selectOption({ label: '市场监督管理 · 县级监管人员' });
      assert.ok((await count()) >= 3);
      const day = page.getByRole('combobox', { name: '到' });
      await day.fill('2025-12-31');
      await day.press('Enter');
      await page.getByRole('button', { name: '查询' }).click();
      await page.getByText('这段时间没有别人看过').waitFor();
      await look(page, size, 'looks-empty');
      await leave(page);
    });

    test('an owner traces own goods, and is offered no file or page that is not theirs', async () => {
      await recordHarvest(demo.at(''));
      const page = await as('clerk-1', `/?q=${encodeURIComponent(cabbage)}&direction=full&tab=positions`, { size });
      await page.getByRole('tablist').waitFor();
      for (const name of ['报告 PDF', '导出全部', '其他格式']) {
        assert.equal(await page.getByLabel(name).count(), 0, name);
      }
      await page.locator('.row.opens').first().click();
      await page.getByRole('heading', { name: '数量' }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.getByRole('alert').count(), 0);
      await look(page, size, 'trace-own');
      await leave(page);
    });

    test('the audit officer says why, and searches the trail', async () => {
      const page = await as('audit-1', '/?page=audit', { size });
      await heading(page, '审计日志').waitFor();
      await look(page, size, 'audit-start');
      await page.getByLabel('操作', { exact: true }).selectOption({ label: '登录' });
      await page.getByRole('button', { name: '查询' }).click();
      const dialog = page.getByRole('dialog', { name: '为什么要看？' });
      await dialog.waitFor();
      await look(page, size, 'purpose');
      await dialog.getByRole('button', { name: '取消' }).click();
      await page.getByRole('alert').filter({ hasText: '须说明目的' }).waitFor();
      await page.getByRole('button', { name: '重试' }).click();
      await dialog.getByLabel('安全审计').check();
      await dialog.getByRole('button', { name: '继续' }).click();
      await page.locator('.row.opens').first().waitFor();
      // Once in a tab.
      await page.getByLabel('操作', { exact: true }).selectOption({ label: '全部操作' });
      await page.getByRole('button', { name: '查询' }).click();
      await page.locator('.row.opens').filter({ hasText: '安全审计' }).first().waitFor();
      await look(page, size, 'audit');
      assert.equal(await page.getByRole('button', { name: '导出 CSV' }).count(), 0);
      await page.locator('.row.opens').first().click();
      await page.locator('.sheet dl').waitFor();
      await look(page, size, 'audit-row');
      await leave(page);
    });

    test('a clerk sees no page that is an officer\'s or the owner\'s', async () => {
      const page = await as('clerk-1', '/', { size });
      await account(page, 'clerk-1').waitFor();
      const pages = await menuOf(page, 'clerk-1');
      assert.ok(pages.includes('我的会话') && !pages.includes('审计日志') && !pages.includes('密钥'), pages.join());
      await look(page, size, 'menu-clerk-1');
      await page.goto(demo.at('/?page=audit'));
      await heading(page, '您的角色看不了这一页').waitFor();
      await page.getByText('经营主体录入员').last().waitFor();
      await look(page, size, 'no-access');
      await page.getByRole('link', { name: '首页' }).last().click();
      await page.getByRole('search').waitFor();
      await leave(page);
    });
  });
}
