// SPDX-License-Identifier: Apache-2.0
//
// Goal: an owner appoints staff, the security officer everybody, and both can see what a role opens and why; nobody else
// has these pages. Method: the real program with an account of each role, no mocks, desktop and phone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anotherCookie, cookieFor, makeAccounts, newPassword } from './people.mjs';
import { assertFits, assertNoSeriousFindings, assertTouchable, leave, onDemo, shoot, sizes } from './visit.mjs';

const demo = onDemo([], makeAccounts);
const as = async (name, path, look) => demo.open(path, { ...look, cookie: await cookieFor(demo.at(''), name) });

const heading = (page, name) => page.getByRole('heading', { name, level: 1 });
const field = (page, label) => page.getByLabel(label, { exact: true });
const alert = (page, text) => page.getByRole('alert').filter({ hasText: text });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const rowOf = (page, name) => page.locator('.rows > li').filter({ has: page.locator('.what > p > strong', { hasText: new RegExp(`^${name}$`) }) });

async function look(page, size, name) {
  await page.waitForLoadState('networkidle');
  await assertFits(page);
  await assertNoSeriousFindings(page);
  if (size === 'phone') {
    await assertTouchable(page);
  }
  await shoot(page, `staff-${size}-${name}`);
}

async function confirm(page, opener, sure) {
  await button(page, opener).click();
  await button(page, sure).click();
}

async function begin(page) {
  await heading(page, '人员与角色').waitFor();
  await button(page, '新建账号').click();
}

async function until(page, day) {
  const box = page.getByRole('combobox', { name: '有效至（当天）' });
  await box.fill(day);
  await box.press('Enter');
}

for (const [size, { width }] of Object.entries(sizes)) {
  describe(size, () => {
    test('an owner makes a clerk, who signs in and has neither page', async () => {
      const name = `录入员-${width}`;
      const page = await as('owner-1', '/?page=staff', { size });
      await begin(page);
      assert.deepEqual(await field(page, '角色').locator('option').allInnerTexts(), ['请选择', '经营主体负责人', '经营主体录入员', '数据负责人']);
      assert.equal(await field(page, '账号类别').count(), 0);
      await field(page, '账号').fill('clerk-1');
      await button(page, '新建').click();
      await alert(page, '请选择').waitFor();
      await field(page, '角色').selectOption({ label: '经营主体录入员' });
      await button(page, '新建').click();
      await alert(page, '已被使用').waitFor();
      assert.equal(await field(page, '账号').getAttribute('aria-invalid'), 'true');
      await field(page, '账号').fill('two words');
      await button(page, '新建').click();
      await alert(page, '不含空格').waitFor();
      await look(page, size, 'form-refused');
      await field(page, '账号').fill(name);
      await until(page, '2020-01-01');
      await button(page, '新建').click();
      await alert(page, '今天或以后').waitFor();
      await until(page, '2099-01-01');
      await button(page, '新建').click();
      await page.getByRole('heading', { name: `“${name}”已建好，请现在就交给本人` }).waitFor();
      const password = await page.locator('.firstPassword').innerText();
      assert.equal(await page.locator('.recoveryCodes').count(), 0);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await button(page, '复制初始密码').click();
      await page.getByText('初始密码 · 已复制').waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), password);
      await rowOf(page, name).getByText('至 2099-01-01').waitFor();
      await look(page, size, 'handed');
      await button(page, '我已交给本人').click();
      assert.ok(!(await page.content()).includes(password));
      await look(page, size, 'list');

      const clerk = await demo.open('/?page=staff', { size });
      await field(clerk, '账号').fill(name);
      await field(clerk, '密码').fill(password);
      await button(clerk, '登录').click();
      await heading(clerk, '修改密码').waitFor();
      await field(clerk, '现在的密码').fill(password);
      for (const label of ['新密码', '再输一遍新密码']) {
        await field(clerk, label).fill(`nine slow rivers and ${width} stones`);
      }
      await button(clerk, '保存新密码').click();
      await heading(clerk, '您的角色看不了这一页').waitFor();
      await clerk.goto(demo.at('/?page=policy'));
      await heading(clerk, '您的角色看不了这一页').waitFor();
      await clerk.locator('details.account summary').click();
      const pages = await clerk.locator('details.account li a').allInnerTexts();
      assert.ok(!pages.some((one) => /人员与角色|访问策略/.test(one)), pages.join());

      // Gone on the next request.
      await confirm(page, `停用 · ${name}`, '确认停用');
      await rowOf(page, name).waitFor({ state: 'detached' });
      await clerk.locator('details.account li a').first().click();
      await clerk.getByText('登录已过期或已在别处结束').waitFor();
      await leave(clerk);
      await leave(page);
    });

    test('an account is enabled, reset, given a role and relieved of it', async () => {
      const name = `录入员-${width}`;
      // A new proof makes a new session of it.
      const page = await demo.open('/?page=staff', { size, cookie: await anotherCookie(demo.at(''), 'owner-1') });
      await button(page, '已停用').click();
      await look(page, size, 'disabled');
      await confirm(page, `启用 · ${name}`, '确认启用');
      await rowOf(page, name).waitFor({ state: 'detached' });
      await button(page, '在用').click();
      await button(page, `重置密码 · ${name}`).click();
      await look(page, size, 'reset-sure');
      // The proof of the sign-in is five minutes old.
      const problem = { type: 'https://ns.suyuan.example/problems/reauthentication-needed', title: '须再次验证身份', status: 403, detail: '请先再次验证身份。', instance: 'urn:uuid:0' };
      await page.route('**/reset', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }), { times: 1 });
      await button(page, '确认重置').click();
      const dialog = page.getByRole('dialog', { name: '再次验证身份' });
      await field(dialog, '密码').fill(newPassword('owner-1'));
      await dialog.getByRole('button', { name: '继续' }).click();
      await page.getByRole('heading', { name: `“${name}”已重置` }).waitFor();
      await button(page, '我已交给本人').click();
      await button(page, `添加角色 · ${name}`).click();
      await field(page, '角色').selectOption({ label: '数据负责人' });
      await look(page, size, 'add-role');
      await button(page, '授予').click();
      await page.getByText(`“${name}”已有新角色：数据负责人。`).waitFor();
      await rowOf(page, name).getByText('数据负责人').waitFor();
      await confirm(page, `收回 · 数据负责人 · ${name}`, '确认收回');
      await rowOf(page, name).getByText('数据负责人').waitFor({ state: 'detached' });
      await confirm(page, `收回 · 经营主体录入员 · ${name}`, '确认收回');
      await rowOf(page, name).getByText('没有有效的角色').waitFor();
      // Nobody could mend what one does to oneself.
      for (const act of ['停用', '重置密码', '收回 · 经营主体负责人']) {
        assert.equal(await button(page, `${act} · owner-1`).count(), 0, act);
      }
      await leave(page);
    });

    test('the security officer makes an inspector of a county', async () => {
      const name = `监管员-${width}`;
      const page = await as('security-1', '/?page=staff', { size });
      await begin(page);
      assert.equal((await field(page, '账号类别').locator('option').count()) - 1, 7);
      await field(page, '账号类别').selectOption({ label: '三员（系统、安全、审计）' });
      assert.equal(await field(page, '部门').count(), 0);
      await field(page, '账号类别').selectOption({ label: '监管人员' });
      await field(page, '账号').fill(name);
      await field(page, '角色').selectOption({ label: '县级监管人员' });
      await field(page, '行政区划（六位代码）').fill('1101');
      await button(page, '新建').click();
      await alert(page, '六位数字').waitFor();
      await field(page, '行政区划（六位代码）').fill('110105');
      await field(page, '部门').selectOption({ label: '市场监督管理' });
      await field(page, '流通监管').check();
      await look(page, size, 'form-inspector');
      await button(page, '新建').click();
      await page.getByRole('heading', { name: `“${name}”已建好` }).waitFor();
      assert.match(await page.locator('.enrolment').innerText(), /^otpauth:/);
      assert.equal((await page.locator('.recoveryCodes').innerText()).split('\n').length, 10);
      await rowOf(page, name).getByText('县级监管人员').waitFor();
      await look(page, size, 'handed-inspector');
      await button(page, '我已交给本人').click();
      // The three officers are three people: told where it was asked.
      await button(page, '添加角色 · audit-1').click();
      await field(page, '角色').selectOption({ label: '安全管理员' });
      await button(page, '授予').click();
      await alert(page, '三员分立').waitFor();
      await leave(page);
    });

    test('the audit officer reads the accounts and changes none', async () => {
      const page = await as('audit-1', '/?page=staff', { size });
      await rowOf(page, 'owner-1').waitFor();
      for (const act of [/^新建账号/, /^停用 ·/, /^收回 ·/, /^添加角色 ·/]) {
        assert.equal(await page.getByRole('button', { name: act }).count(), 0, String(act));
      }
      await look(page, size, 'list-audit');
      await leave(page);
    });

    test('the policy says what a county inspector sees of this shop, and by which rule', async () => {
      const page = await as('owner-1', '/?page=policy', { size });
      await heading(page, '访问策略').waitFor();
      await page.getByRole('heading', { name: /县级监管人员为“日常监管”，能看到.*这家主体的什么？/ }).waitFor();
      assert.equal(await field(page, '他的辖区（六位代码）').inputValue(), '110105');
      const rows = page.locator('.row.opens');
      await rows.filter({ hasText: '事件' }).filter({ hasText: '手机号码' }).first().waitFor();
      await look(page, size, 'policy');
      await rows.filter({ hasText: '事件' }).first().click();
      const sheet = page.locator('article.sheet');
      await sheet.getByText('许可').waitFor();
      await sheet.getByText(/依据 .*法/).waitFor();
      await sheet.getByText('留痕').waitFor();
      await look(page, size, 'policy-permit');
      await button(page, '关闭').click();
      await sheet.waitFor({ state: 'detached' });
      await button(page, '不可以').click();
      await rows.filter({ hasText: '没有规则许可，默认拒绝' }).first().click();
      await sheet.getByText('内置').waitFor();
      await look(page, size, 'policy-denied');
      await button(page, '关闭').click();
      await sheet.waitFor({ state: 'detached' });
      // Of another county nothing is seen of events.
      await button(page, '可以').click();
      await field(page, '主体所在地（六位代码）').fill('4101');
      await alert(page, '六位数字').waitFor();
      await field(page, '主体所在地（六位代码）').fill('410105');
      await rows.filter({ hasText: '事件' }).first().waitFor({ state: 'detached' });
      await field(page, '角色').selectOption({ label: '公众消费者' });
      await page.getByRole('heading', { name: /公众消费者/ }).waitFor();
      await leave(page);
    });
  });
}

const looks = [
  { size: 'desktop', theme: 'dark', language: 'en' },
  { size: 'phone', theme: 'light', isElder: true },
  { size: 'phone', theme: 'dark', language: 'en' },
];

for (const how of looks) {
  test(`both pages hold: ${Object.values(how).join(' ')}`, async () => {
    const page = await as('security-1', '/?page=staff', how);
    await page.locator('.rows > li').first().waitFor();
    await page.getByRole('button', { name: /^(新建账号|New account)$/ }).click();
    await look(page, how.size, `looks-form-${how.theme}-${how.language ?? 'elder'}`);
    await page.goto(demo.at('/?page=policy'));
    await page.locator('.row.opens').first().waitFor();
    await look(page, how.size, `looks-policy-${how.theme}-${how.language ?? 'elder'}`);
    await leave(page);
  });
}

test('accounts come page by page', async () => {
  const page = await as('security-1', '/?page=none');
  await page.route('**/api/v1/accounts*', (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('size', '4');
    return route.continue({ url: url.href });
  });
  await page.goto(demo.at('/?page=staff'));
  await page.getByText('4 / 4').waitFor();
  await button(page, '再读一些').click();
  await page.getByText('8 / 8').waitFor();
  assert.equal(await page.locator('.rows > li').count(), 8);
  await leave(page);
});

test('what fails says so and can be asked again', async () => {
  const page = await as('owner-1', '/?page=none', {});
  const body = JSON.stringify({ type: 'https://ns.suyuan.example/problems/unavailable', title: '暂时不可用', status: 503, detail: '服务暂时不可用，请稍后重试。', instance: 'urn:uuid:0' });
  const failing = /\/api\/v1\/(accounts|policy\/decisions)(\?|$)/;
  await page.route(failing, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body }));
  for (const [path, row] of [['/?page=staff', '.rows > li'], ['/?page=policy', '.row.opens']]) {
    await page.goto(demo.at(path));
    await alert(page, '服务暂时不可用').waitFor();
    assert.equal(await page.locator(row).count(), 0);
  }
  await page.unroute(failing);
  await button(page, '重试').click();
  await page.locator('.row.opens').first().waitFor();
  page.complaints.length = 0;
  await leave(page);
});
