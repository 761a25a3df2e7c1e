// SPDX-License-Identifier: Apache-2.0
//
// Goal: no file, however made, costs the server more than its bounds or lands what it should not.
// Method: one server; every case is announced, uploaded, looked at and imported, rows that are good
// landing; then what landed and what was told is held against what was to be, and the server is
// asked whether it is well. SUYUAN_HOSTILE names a part of the cases.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { eventually, startServer } from '../http/support/server.mjs';
import { csvCases } from './csv_cases.mjs';
import { gb18030Cases } from './gb18030_cases.mjs';
import { readWorkbook } from './workbook.mjs';
import { xlsxCases } from './xlsx_cases.mjs';

const operator = '91410100MA45X2TP0T';
const pieceBytes = 16 << 20;
// What a case may take; machines that do much else are slower.
const secondsMost = Number(process.env.SUYUAN_HOSTILE_SECONDS ?? 10);
const memoryMost = 32 << 10; // KiB

let server;
const seen = { slowest: { seconds: 0 }, largest: { growth: 0 } };

// A figure of the server's memory, in KiB.
const memory = async (figure) => Number(new RegExp(`${figure}:\\s+(\\d+)`).exec(await readFile(`/proc/${server.pid}/status`, 'utf8'))[1]);
const peak = () => memory('VmHWM');

async function call(method, path, body, type = 'application/json') {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': type },
    body: type === 'application/json' && body !== undefined ? JSON.stringify(body) : body,
  });
  return { status: answer.status, body: await answer.json() };
}

// The import as it ended, and what its preview showed; of what is refused at once, the problem.
async function send({ fileName, bytes, options }) {
  const created = await call('POST', '/imports', { file_name: fileName, size: bytes.length });
  if (created.status >= 400) return { refusal: created };
  const { id } = created.body;
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const put = await call('PUT', `/imports/${id}/content?offset=${offset}`, bytes.subarray(offset, offset + pieceBytes), 'application/octet-stream');
    if (put.status >= 400) return { refusal: put };
  }
  const preview = await call('GET', `/imports/${id}/preview`);
  const begun = await call('POST', `/imports/${id}/run`, { operator, site: '1', on_error: 'proceed', ...options });
  if (begun.status >= 400) return { preview, refusal: begun };
  const done = await eventually(async () => {
    const { body } = await call('GET', `/imports/${id}`);
    return ['checking', 'publishing'].includes(body.state) ? undefined : body;
  }, 'the import ends');
  return { id, preview, done };
}

const words = (problem) => JSON.stringify(problem);

function checkRefusal(expected, { preview, refusal, done }) {
  const told = refusal?.body ?? done.error ?? (done.problems.length > 0 ? done.problems : null);
  assert.ok(told, `was taken: ${words(done)}`);
  if (refusal) assert.ok(refusal.status >= 400 && refusal.status < 500, `${refusal.status} ${words(told)}`);
  if (preview) assert.ok(preview.status < 500, `preview ${preview.status} ${words(preview.body)}`);
  assert.match(words(told), expected.refused);
  assert.ok(!done || done.stored + done.duplicates + done.registry_rows === 0, `landed: ${words(done)}`);
}

async function checkRows(expected, { id, preview, refusal, done }) {
  assert.ok(!refusal, words(refusal));
  assert.equal(preview.status, 200, words(preview.body));
  assert.equal(done.error, null);
  assert.deepEqual({ stored: done.stored + done.duplicates, bad: done.bad_rows }, { stored: expected.stored, bad: expected.bad }, words(done.problems));
  if (expected.goods) {
    const at = preview.body.columns.findIndex((column) => column.column === 'goods');
    assert.deepEqual(preview.body.rows.map((row) => row[at]), expected.goods);
  }
  const [first] = done.problems;
  if (expected.row) assert.equal(first.row, expected.row, words(done.problems));
  if (expected.reason) assert.match(`${first.zh} ${first.en}`, expected.reason);
  if (expected.bad > 0) {
    assert.ok(done.problems.every((problem) => problem.zh && problem.en && problem.zh !== problem.en), words(done.problems));
  }
  if (expected.text) {
    const faults = await fetch(`${server.url}/api/v1/imports/${id}/faults`);
    assert.equal(faults.status, 200);
    const book = readWorkbook(Buffer.from(await faults.arrayBuffer()));
    assert.ok(!book.includes('<f>') && !book.includes('<f '), 'a formula');
    assert.ok(book.includes(expected.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')), 'the value is not in the workbook of faults');
  }
}

before(async () => {
  server = await startServer();
});
after(async () => {
  await server?.stop();
});

const cases = [...csvCases, ...xlsxCases, ...gb18030Cases].filter((one) => `${one.class} ${one.name}`.includes(process.env.SUYUAN_HOSTILE ?? ''));

for (const one of cases) {
  test(`${one.class}: ${one.name}`, async () => {
    const before = await peak();
    const started = performance.now();
    const outcome = await send(one);
    const seconds = (performance.now() - started) / 1000;
    const growth = (await peak()) - before;
    if (seconds > seen.slowest.seconds) seen.slowest = { seconds, name: one.name };
    if (growth > seen.largest.growth) seen.largest = { growth, name: one.name };
    if (one.expected.refused) checkRefusal(one.expected, outcome);
    else await checkRows(one.expected, outcome);
    assert.ok(seconds <= secondsMost, `took ${seconds.toFixed(1)} s`);
    assert.ok(growth <= memoryMost, `took ${growth >> 10} MiB more`);
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  });
}

test('every class is there, and the server stays small', async (t) => {
  const counts = {};
  for (const one of cases) counts[one.class.split(':')[0]] = (counts[one.class.split(':')[0]] ?? 0) + 1;
  t.diagnostic(`cases: ${JSON.stringify(counts)}`);
  t.diagnostic(`slowest: ${seen.slowest.seconds.toFixed(2)} s, ${seen.slowest.name}; most memory: ${(seen.largest.growth / 1024).toFixed(1)} MiB, ${seen.largest.name}; at the end ${((await memory('VmRSS')) / 1024).toFixed(0)} MiB`);
  if (process.env.SUYUAN_HOSTILE) return;
  assert.ok(counts.CSV >= 160 && counts.XLSX >= 130 && counts.GB18030 >= 300, JSON.stringify(counts));
});
