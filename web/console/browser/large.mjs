// SPDX-License-Identifier: Apache-2.0
//
// How the console bears an answer of 20,000 positions: `node browser/large.mjs [positions]`. Serves the
// built files and the made-up answer itself, as the server would.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { launch, openPage } from './browser.mjs';
import { largePages } from './large_answer.mjs';

const count = Number(process.argv[2] ?? 20_000);
const pages = new Map(largePages({ positions: count }).map((page, i) => [i === 0 ? null : page.page.cursor, JSON.stringify(page)]));
const bytes = [...pages.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };

const server = createServer((request, response) => {
  const target = new URL(request.url, 'http://127.0.0.1');
  if (target.pathname === '/api/v1/trace') {
    response.setHeader('Content-Type', 'application/json');
    response.end(pages.get(target.searchParams.get('cursor')));
    return;
  }
  if (target.pathname.startsWith('/api/')) {
    response.statusCode = 404;
    response.end('{}');
    return;
  }
  const name = target.pathname === '/' ? 'index.html' : target.pathname.slice(1);
  response.setHeader('Content-Type', types[name.split('.').pop()]);
  response.setHeader('Content-Security-Policy', "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  response.end(readFileSync(`dist/${name}`));
});
await new Promise((resolve) => server.listen(4174, '127.0.0.1', resolve));

const browser = await launch();
const { page, complaints } = await openPage(browser);
const say = (what, value) => console.log(`${what.padEnd(52)} ${value}`);
say('answer', `${count} positions, ${(bytes / 1e6).toFixed(1)} MB of JSON`);

// Frames while a gesture runs: a step of the wheel or of the pointer in each.
const gesture = (kind) =>
  page.evaluate(async (what) => {
    const canvas = document.querySelector('canvas');
    const box = canvas.getBoundingClientRect();
    const spot = { bubbles: true, cancelable: true, pointerId: 1, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    canvas.setPointerCapture = () => {};
    const times = [];
    if (what === 'pan') {
      canvas.dispatchEvent(new PointerEvent('pointerdown', spot));
    }
    for (let i = 0; i < 90; i += 1) {
      if (what === 'pan') {
        canvas.dispatchEvent(new PointerEvent('pointermove', { ...spot, clientX: spot.clientX + 3 * i, clientY: spot.clientY + i }));
      } else {
        canvas.dispatchEvent(new WheelEvent('wheel', { ...spot, deltaY: what === 'in' ? -40 : 40 }));
      }
      times.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    canvas.dispatchEvent(new PointerEvent('pointerup', spot));
    const steps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
    await new Promise((resolve) => setTimeout(resolve, 600));
    return `${(1000 / (steps.reduce((a, b) => a + b, 0) / steps.length)).toFixed(0)} frames/s, slowest frame ${steps.at(-1).toFixed(0)} ms`;
  }, kind);

const painted = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))));

// Looks at every frame, so that asking does not slow what is asked about.
await page.addInitScript(() => {
  window.seenAt = {};
  const look = (now) => {
    const canvas = document.querySelector('canvas');
    if (canvas && window.seenAt.first === undefined) {
      window.seenAt.first = now;
    }
    if (canvas && !document.querySelector('.loading')) {
      window.seenAt.whole = now;
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
await page.goto('http://127.0.0.1:4174/?q=L0&direction=forward');
await page.waitForFunction(() => window.seenAt.whole, null, { polling: 500, timeout: 60_000 });
const { first, whole } = await page.evaluate(() => window.seenAt);
const received = await page.evaluate(() => performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/trace')).map((entry) => entry.responseEnd));
const last = Math.max(...received);
say('address entered to first graph (first page)', `${first.toFixed(0)} ms`);
say('first page received to first graph', `${(first - Math.min(...received)).toFixed(0)} ms`);
say('last page received to whole graph (by operator)', `${(whole - last).toFixed(0)} ms`);
say('address entered to whole graph', `${whole.toFixed(0)} ms`);
say('pan, by operator', await gesture('pan'));
say('zoom in, by operator', await gesture('in'));
say('zoom out, by operator', await gesture('out'));

const start = await page.evaluate(() => performance.now());
await page.locator('.grouping select').selectOption('none');
await page.waitForFunction((text) => document.querySelector('.size').textContent.startsWith(text), String(count));
say('each position: chosen to drawn', `${((await painted()) - start).toFixed(0)} ms`);
await page.screenshot({ path: 'shots/large-flow.png' });
say('pan, each position', await gesture('pan'));
say('zoom in, each position', await gesture('in'));
await page.screenshot({ path: 'shots/large-near.png' });
say('zoom out, each position', await gesture('out'));

await page.getByRole('tab', { name: '位置', exact: true }).click();
await page.waitForSelector('.row');
for (const name of ['在哪', '最早到达', '在库']) {
  const took = await page.evaluate(async (title) => {
    const button = [...document.querySelectorAll('[role=columnheader] button')].find((one) => one.textContent.startsWith(title));
    const from = performance.now();
    button.click();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - from;
  }, name);
  say(`sort by ${name}`, `${took.toFixed(0)} ms`);
}
const filtering = await page.evaluate(async () => {
  const input = document.querySelector('input.filter');
  const from = performance.now();
  input.value = '铁西 L3';
  input.dispatchEvent(new Event('input'));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - from;
});
say('filter by two words', `${filtering.toFixed(0)} ms`);
await page.screenshot({ path: 'shots/large-table.png' });
complaints.forEach((complaint) => console.log(complaint));
await browser.close();
server.close();
