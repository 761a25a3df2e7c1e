// SPDX-License-Identifier: Apache-2.0
//
// A visit to the console: a fresh browser profile on one page, and what tests ask of what it shows.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { startBrowser, startServer } from './program.mjs';

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

// What a thumb hits (WCAG 2.5.5).
const targetLeast = 44;

// A small province, the same in every file.
export const smallProvince = ['--operators', '200', '--days', '20', '--seed', '7', '--sink', 'store'];

// For all tests of a file one server on a fresh demo, as startServer() is asked for it, and one browser:
// where the server is, and what opens a page of it.
export function onDemo(demo = [], prepare = undefined) {
  let server;
  let browser;
  before(async () => {
    server = await startServer(demo, prepare);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    at: (path) => server.url + path,
    open: (path = '/', look = {}) => visit(browser, server.url + path, look),
  };
}

// `cookie`: of a session that was opened before. Whoever opens a page closes it with leave(), which fails if the browser complained. Refusals are part
// of some visits; the browser logs them as errors of its own.
async function visit(browser, url, { size = 'desktop', language = 'zh', theme = 'light', isElder = false, cookie } = {}) {
  const context = await browser.newContext({
    viewport: sizes[size],
    hasTouch: size === 'phone',
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    (kept) => {
      for (const [name, value] of Object.entries(kept)) {
        if (localStorage.getItem(name) === null) {
          localStorage.setItem(name, value);
        }
      }
    },
    { language, theme, large: isElder ? 'yes' : '' },
  );
  if (cookie) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, domain: new URL(url).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d|ERR_FAILED/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  await page.goto(url);
  return page;
}

export async function leave(page) {
  const { complaints } = page;
  await page.context().close();
  assert.deepEqual(complaints, []);
}

// With SUYUAN_SCREENSHOTS=FOLDER each stage leaves a picture.
export async function shoot(page, name) {
  if (process.env.SUYUAN_SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.SUYUAN_SCREENSHOTS, `${name}.png`), fullPage: true });
  }
}

export const answered = (page) => page.getByRole('tablist').waitFor();

export async function ask(page, code) {
  const search = page.getByRole('search');
  await search.getByRole('combobox').fill(code);
  await search.locator('button[type=submit]').click();
  await page.waitForURL((url) => url.searchParams.get('q') === code);
  await page.locator('[role=tablist], [role=alert]').first().waitFor();
}

// The number above the views, and the view that it opens.
export async function figure(page, name) {
  const button = page.locator('.figures button').filter({ has: page.locator('span', { hasText: new RegExp(`^${name}$`) }) });
  return { number: Number((await button.locator('strong').innerText()).replaceAll(',', '')), open: () => button.click() };
}

// All rows of the table on screen, by the file that it exports: only rows in sight are in the document.
export async function exported(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^(导出|Export) CSV$/ }).click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  return text.replace('\ufeff', '').trimEnd().split('\r\n');
}

export async function assertNoSeriousFindings(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
  assert.deepEqual(serious.map((violation) => `${violation.id}: ${violation.nodes[0].target}`), []);
}

export async function assertFits(page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(excess <= 0, `${excess}px too wide`);
}

// A box to tick is ticked by its label; a treemap's areas are rows of the list below it; the heads of a
// phone's table are unseen.
export async function assertTouchable(page) {
  const small = await page.evaluate((least) => {
    const all = [...document.querySelectorAll('button, a[href], input, select, summary, [tabindex="0"]')];
    return all
      .filter((one) => one.checkVisibility() && !one.closest('.unseen, .skip, .treemap, .head[role=row]') && !one.disabled && !['checkbox', 'radio'].includes(one.type))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
      .map(([one, box]) => `${one.tagName.toLowerCase()}.${one.className} ${Math.round(box.width)}×${Math.round(box.height)} ${one.textContent.trim().slice(0, 20)}`);
  }, targetLeast);
  assert.deepEqual(small, []);
}
