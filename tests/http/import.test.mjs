// SPDX-License-Identifier: Apache-2.0
//
// Tables of lines through the API, as the import page and other programs send them: announced,
// uploaded in pieces, looked at, imported, told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { answered, caller, operations } from './support/contract.mjs';
import { eventually, startServer } from './support/server.mjs';

const operator = '91410100MA45X2TP0T';
const titles = '单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称\n';
const row = (number) => `DN-1,${number},2026-03-02 08:30,黄瓜,L${number},南山农场,10,公斤,北郊菜地\n`;
const bytes = { 'Content-Type': 'application/octet-stream' };

let server;
let call;

before(async () => {
  server = await startServer();
  call = caller(server.url);
});
after(() => server?.stop());

async function upload(text, fileName = '台账.csv') {
  const size = Buffer.byteLength(text);
  const created = await call('createImport', { body: { file_name: fileName, size } });
  assert.equal(created.status, 201);
  const path = { id: created.body.id };
  const { body } = await call('uploadImport', { path, query: { offset: 0 }, headers: bytes, body: text });
  assert.equal(body.state, 'ready');
  return path;
}

async function run(path, options = {}) {
  const begun = await call('runImport', { path, body: { operator, on_error: 'rollback', ...options } });
  assert.equal(begun.status, 202, JSON.stringify(begun.body));
  return eventually(async () => {
    const { body } = await call('getImport', { path });
    return ['checking', 'publishing'].includes(body.state) ? undefined : body;
  }, 'the import ends');
}

test('templates are told and given', async () => {
  const { body } = await call('listSheets');
  assert.deepEqual(body.sheets.map((sheet) => sheet.key), ['inbound', 'outbound', 'processing', 'count', 'fsma-204', 'operators', 'sites', 'products', 'licences', 'links', 'papers', 'vehicles', 'people', 'foodchain-lab']);
  for (const sheet of body.sheets) {
    const csv = await call('getTemplate', { path: { sheet: sheet.key }, query: { format: 'csv' } });
    assert.equal(csv.status, sheet.columns.length ? 200 : 400, sheet.key);
    if (sheet.columns.length) assert.equal(csv.body.replace('\u{feff}', '').trim(), sheet.columns.map((column) => column.zh).join(','));
    const book = await call('getTemplate', { path: { sheet: sheet.key } });
    assert.ok(book.body.startsWith('PK'));
    assert.match(book.headers.get('Content-Disposition'), /attachment; filename="[\w-]+\.xlsx"/);
  }
  assert.equal((await call('getTemplate', { path: { sheet: 'tax' } })).status, 404);
});

test('a table is looked at, stored, found, and changes nothing the second time', async () => {
  const text = titles + row(1) + row(2);
  const path = await upload(text);
  const preview = (await call('previewImport', { path })).body;
  assert.equal(preview.sheet, 'inbound');
  assert.equal(preview.rows.length, 2);
  assert.equal(preview.columns[2].column, 'time');
  assert.equal(preview.problem, null);
  const done = await run(path);
  assert.equal(done.state, 'done', JSON.stringify(done));
  assert.equal(done.stored, 2);
  // Names go into the search index a moment after the commit.
  await eventually(async () => (await call('search', { query: { q: '黄瓜' } })).body.hits.length === 2, 'the goods are found by name');
  const again = await run(await upload(text));
  assert.equal(again.stored, 0);
  assert.equal(again.duplicates, 2);
  const answer = await call('trace', { query: { code: 'https://ns.suyuan.example/lot/南山农场/黄瓜/L1' } });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  // By its lot number alone too, as a label shows it.
  assert.equal((await call('trace', { query: { code: 'L1' } })).body.digest, answer.body.digest);
});

test('a bad row keeps the file out, is told in both languages, and comes back to be mended', async () => {
  const path = await upload(titles + row(11) + 'DN-1,12,昨天,黄瓜,L12,南山农场,-1,公斤,\n');
  const refused = await run(path);
  assert.equal(refused.state, 'refused');
  assert.equal(refused.bad_rows, 1);
  assert.equal(refused.stored, 0);
  assert.deepEqual(refused.problems.map(({ row: number, column, value }) => ({ number, column, value })), [
    { number: 3, column: '进货时间', value: '昨天' },
    { number: 3, column: '数量', value: '-1' },
  ]);
  assert.ok(refused.problems.every((problem) => problem.zh && problem.en && problem.zh !== problem.en));
  assert.equal(refused.has_fault_file, true);
  const faults = await fetch(`${server.url}/api/v1/imports/${path.id}/faults`);
  const book = new Uint8Array(await faults.arrayBuffer());
  assert.equal((await call('getImportFaults', { path })).status, 200);
  // It is a table like any other.
  const created = await call('createImport', { body: { file_name: 'faults.xlsx', size: book.length } });
  const put = await fetch(`${server.url}/api/v1/imports/${created.body.id}/content?offset=0`, { method: 'PUT', headers: bytes, body: book });
  assert.equal(put.status, 200);
  const preview = (await call('previewImport', { path: { id: created.body.id } })).body;
  assert.equal(preview.format, 'xlsx');
  assert.equal(preview.rows[0][2], '昨天');
  const proceeded = await run(path, { on_error: 'proceed' });
  assert.equal(proceeded.state, 'done');
  assert.equal(proceeded.stored, 1);
});

test('columns with names of their own are chosen once', async () => {
  const text = 'wann,was,los,wieviel,unit\n2026-03-02,黄瓜,L90,5,kg\n';
  const columns = [['wann', 'time'], ['was', 'goods'], ['los', 'lot'], ['wieviel', 'quantity']].map(([title, column]) => ({ title, column }));
  const path = await upload(text);
  assert.ok((await call('previewImport', { path })).body.problem);
  assert.equal((await run(path, { sheet: 'inbound', columns })).state, 'done');
  const next = (await call('previewImport', { path: await upload(text) })).body;
  assert.equal(next.is_remembered, true);
  assert.equal(next.problem, null);
});

test('a file arrives in pieces, and goes on where it broke off', async () => {
  const text = titles + row(21);
  const all = Buffer.from(text);
  const created = await call('createImport', { body: { file_name: 'a.csv', size: all.length } });
  const path = { id: created.body.id };
  const put = (offset, piece) => fetch(`${server.url}/api/v1/imports/${path.id}/content?offset=${offset}`, { method: 'PUT', headers: bytes, body: piece });
  assert.equal((await put(0, all.subarray(0, 30))).status, 200);
  assert.equal((await put(0, all.subarray(0, 30))).status, 409);
  assert.equal((await call('previewImport', { path })).status, 409);
  assert.equal((await call('runImport', { path, body: {} })).status, 409);
  const { body } = await call('getImport', { path });
  assert.equal(body.received, 30);
  assert.equal((await put(body.received, all.subarray(30))).status, 200);
  assert.equal((await run(path)).stored, 1);
});

test('a large file is stopped, and what was stored stays', async () => {
  let text = titles;
  for (let number = 0; number < 30_000; number += 1) {
    text += `DN-9,${number},2026-03-02 08:30,牛肉,B${number},南山农场,10,公斤,北郊菜地\n`;
  }
  const path = await upload(text);
  await call('runImport', { path, body: { operator } });
  assert.equal((await call('forgetImport', { path })).status, 409);
  assert.equal((await call('stopImport', { path })).status, 200);
  const stopped = await eventually(async () => {
    const { body } = await call('getImport', { path });
    return body.state === 'stopped' ? body : undefined;
  }, 'it stops');
  assert.ok(stopped.stored < 30_000);
  assert.ok(stopped.finished_at);
});

test('imports are listed newest first and forgotten', async () => {
  const page = (await call('listImports', { query: { limit: 2 } })).body;
  assert.equal(page.imports.length, 2);
  assert.ok(page.imports[0].created_at >= page.imports[1].created_at);
  const rest = (await call('listImports', { query: { cursor: page.next } })).body;
  assert.ok(rest.imports.every((one) => !page.imports.some((other) => other.id === one.id)));
  const path = { id: page.imports[0].id };
  assert.equal((await call('forgetImport', { path })).status, 204);
  assert.equal((await call('getImport', { path })).status, 404);
});

test('what cannot be is refused in words', async () => {
  for (const body of [{}, { file_name: 'a.csv' }, { file_name: '', size: 5 }, { file_name: 'a.csv', size: 0 }, { file_name: 'a.csv', size: -1 }, { file_name: 'a.csv', size: 1.5 }]) {
    const { status } = await call('createImport', { body });
    assert.equal(status, 400, JSON.stringify(body));
  }
  for (const id of ['none', '..', '../../etc', '%00']) {
    assert.equal((await call('getImport', { path: { id } })).status, 404, id);
  }
  const page = await run(await upload('<html><body>no table</body></html>'));
  assert.equal(page.state, 'refused');
  assert.ok(page.error.zh && page.error.en);
});

test('every operation of imports was answered well', () => {
  const missing = [...operations].filter(([id, operation]) => operation.tags.includes('import') && !answered.has(id));
  assert.deepEqual(missing.map(([id]) => id), []);
});
