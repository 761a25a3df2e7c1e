// SPDX-License-Identifier: Apache-2.0
//
// openapi/suyuan.yaml itself, and each operation of /api/v1 answered as it says. support/contract.mjs
// holds every answer of every test against the document.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { answered, caller, dereference, document, operations, schemaNames, validatorOf } from './support/contract.mjs';
import { startServer } from './support/server.mjs';
import * as story from './support/story.mjs';

let server;
let call;
const lotLink = 'https://id.gs1.org/01/06901234111118/10/A1';

before(async () => {
  server = await startServer();
  call = caller(server.url);
  await story.tell(call);
});

after(() => server?.stop());

test('every reference of the document leads somewhere', () => {
  const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g).map((text) => text.slice(8, -1));
  assert.ok(references.length > 100);
  for (const reference of new Set(references)) {
    assert.ok(dereference({ $ref: reference }), reference);
  }
});

for (const name of schemaNames) {
  test(`the schema ${name} is one, and takes not everything`, () => {
    const validate = validatorOf(name);
    const odd = [0, 'no such word', [], {}, { unknown: true }, null, true];
    assert.ok(odd.some((value) => !validate(value)), `${name} accepts anything`);
  });
}

test('every operation has a name, a permission and problems', () => {
  for (const [id, operation] of operations) {
    assert.match(id, /^[a-z][A-Za-z]+$/);
    assert.match(operation['x-permission'], /^(capture_events|read_events|trace|search|read_registry|erase_person|operate|authenticate|keep_accounts|audit)$/);
    const problem = dereference(operation.responses.default);
    assert.ok(problem.content['application/problem+json'], id);
    for (const name of operation.path.match(/(?<=\{)\w+(?=\})/g) ?? []) {
      assert.ok(operation.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name), id);
    }
  }
});

// Every page of a paged answer.
async function pages(operation, request, nextOf, cursorName = 'cursor') {
  const list = [];
  let cursor;
  do {
    const query = { ...request.query, ...(cursor && { [cursorName]: cursor }) };
    const { status, body } = await call(operation, { ...request, query });
    assert.equal(status, 200, JSON.stringify(body));
    list.push(body);
    cursor = nextOf(body);
    assert.ok(list.length < 200, 'pages without end');
  } while (cursor);
  return list;
}

test('search finds codes exactly, by prefix and by name', async () => {
  const hits = async (q, rest = {}) => (await call('search', { query: { q, ...rest } })).body.hits;
  assert.equal((await hits(lotLink))[0].code, lotLink);
  assert.equal((await hits(lotLink))[0].is_exact, true);
  assert.ok((await hits('青山')).some((hit) => hit.name === '青山农场'));
  assert.ok((await hits('青山', { kind: 'operator' })).every((hit) => hit.kind === 'operator'));
  assert.ok((await hits('京A12345')).some((hit) => hit.kind === 'vehicle'));
  assert.deepEqual(await hits('no such thing anywhere'), []);
  const one = await pages('search', { query: { q: '青山', perPage: '1' } }, (page) => page.next);
  assert.equal(one.flatMap((page) => page.hits).length, (await hits('青山')).length);
});

test('a typed text is resolved', async () => {
  const { body } = await call('resolve', { query: { q: lotLink } });
  assert.equal(body.readings[0].kind, 'lot');
  assert.equal(body.readings[0].has_events, true);
  const vehicle = await call('resolve', { query: { q: '京A12345', kind: 'vehicle' } });
  assert.equal(vehicle.body.readings[0].kind, 'vehicle');
});

for (const direction of ['back', 'forward', 'full']) {
  test(`a lot is traced ${direction}, and again to the same digest`, async () => {
    const query = { code: story.rawLot, direction };
    const { status, body } = await call('trace', { query });
    assert.equal(status, 200);
    assert.equal(body.question.direction, direction);
    assert.equal(body.parts.back === null, direction === 'forward');
    assert.equal(body.parts.forward === null, direction === 'back');
    const again = await call('trace', { query });
    assert.equal(again.body.digest, body.digest);
  });
}

test('pages of a trace hold everything once', async () => {
  const query = { code: story.rawLot, direction: 'full' };
  const whole = (await call('trace', { query })).body;
  const list = await pages('trace', { query: { ...query, perPage: '1' } }, (page) => page.page.next);
  const gather = (pick) => list.flatMap(pick);
  for (const part of ['back', 'forward']) {
    assert.deepEqual(gather((page) => page.parts[part].positions), whole.parts[part].positions);
    const numbers = (moves) => moves.map((move) => move.number).sort((a, b) => a - b);
    assert.deepEqual(numbers(gather((page) => page.parts[part].moves)), numbers(whole.parts[part].moves));
  }
  for (const name of ['sources', 'operators', 'sites', 'vehicles', 'people', 'open_ends', 'violations']) {
    assert.deepEqual(gather((page) => page[name]), whole[name], name);
  }
});

test('seeds of every kind give answers', async () => {
  for (const [code, kind] of [
    [story.pallet, 'container'], ['http://example.com/po/4', 'paper'], ['京B67890', 'vehicle'],
    ['urn:example:receiver:4', 'person'], [story.grower, 'operator'], [story.plant, 'site'], [story.crate, 'item'],
  ]) {
    const { status, body } = await call('trace', { query: { code, direction: 'forward' } });
    assert.equal(status, 200, `${code}: ${JSON.stringify(body)}`);
    assert.equal(body.seed.kind, kind, code);
  }
});

test('what only a void event names is known, but nowhere', async () => {
  const { status, body } = await call('trace', { query: { code: '京A12345' } });
  assert.equal(status, 404);
  assert.match(body.detail, /京A12345/);
});

test('the question can be narrowed', async () => {
  const totals = async (query) => (await call('trace', { query: { code: story.rawLot, direction: 'forward', ...query } })).body.totals;
  const all = (await totals({})).positions;
  assert.ok(all > 1);
  assert.ok((await totals({ site: story.plant })).positions < all);
  assert.ok((await totals({ to: '2026-01-01' })).positions <= all);
  assert.equal((await totals({ from: '2026-01-01T00:00:00 08:00', to: '2026-01-31', escalate: 'true' })).positions, all);
  const early = await call('trace', { query: { code: story.rawLot, asOf: '2020-01-01' } });
  assert.equal(early.status, 404);
});

test('a trace comes as CSV and as a drawing', async () => {
  const query = { code: story.rawLot, direction: 'forward' };
  const csv = await call('trace', { query: { ...query, format: 'csv' } });
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get('Content-Disposition'), /attachment/);
  const { body } = await call('trace', { query });
  assert.equal(csv.body.trimEnd().split('\r\n').length, body.totals.back_positions + body.totals.forward_positions + 1);
  const dot = await call('trace', { query: { ...query, format: 'dot' } });
  assert.match(dot.body, /^digraph /);
});

// What pdftotext of poppler-utils reads from a PDF; null without it.
function pdfText(bytes) {
  const { status, stdout, error } = spawnSync('pdftotext', ['-', '-'], { input: bytes, encoding: 'utf8' });
  assert.ok(error?.code === 'ENOENT' || status === 0);
  return error ? null : stdout;
}

test('a trace comes as a numbered report', async () => {
  const query = { code: story.rawLot, direction: 'full' };
  const { body } = await call('trace', { query });
  for (const [format, language, start, name] of [
    ['pdf', 'zh', '%PDF-', '追溯报告'], ['pdf', 'en', '%PDF-', 'Trace report'], ['xlsx', 'zh', 'PK', '追溯报告'],
  ]) {
    const report = await call('getTraceReport', { query: { ...query, format, language } });
    assert.equal(report.status, 200);
    const disposition = report.headers.get('Content-Disposition');
    const number = disposition.match(/filename="([^"]+)\./)[1];
    assert.ok(number.endsWith(body.digest.slice(0, 8)));
    assert.ok(disposition.endsWith(encodeURIComponent(`${name} ${number}.${format}`)));
    const response = await fetch(`${server.url}/api/v1/trace/report?${new URLSearchParams({ ...query, format, language })}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.equal(bytes.subarray(0, start.length).toString(), start);
    const text = format === 'pdf' ? pdfText(bytes) : null;
    if (text !== null) {
      for (const part of [name, number, body.digest, '青山农场']) {
        assert.ok(text.replaceAll('\n', '').includes(part), part);
      }
    }
  }
  assert.equal((await call('getTraceReport', { query: { ...query, format: 'doc' } })).status, 400);
  assert.equal((await call('getTraceReport', { query: { ...query, language: 'fr' } })).status, 400);
  assert.equal((await call('getTraceReport', { query: { code: 'NO-SUCH-CODE' } })).status, 404);
});

test('a trace goes out in files that others work with', async () => {
  const query = { code: story.rawLot, direction: 'full' };
  for (const [format, start] of [['fcl', 'PK'], ['fsma204', '\u{feff}Critical Tracking Event,'], ['fsma204-xlsx', 'PK']]) {
    const { status } = await call('getTraceExport', { query: { ...query, format } });
    assert.equal(status, 200);
    const response = await fetch(`${server.url}/api/v1/trace/export?${new URLSearchParams({ ...query, format })}`);
    const text = Buffer.from(await response.arrayBuffer()).toString();
    assert.equal(text.slice(0, start.length), start);
  }
  assert.equal((await call('getTraceExport', { query: { ...query, format: 'doc' } })).status, 400);
  assert.equal((await call('getTraceExport', { query: { code: 'NO-SUCH-CODE' } })).status, 404);
});

test('every reached position is explained from the seed', async () => {
  const query = { code: story.rawLot, direction: 'forward' };
  const { body } = await call('trace', { query });
  for (const position of body.parts.forward.positions) {
    const { status, body: why } = await call('explain', {
      query: { ...query, position: position.key, part: 'forward', cursor: body.page.cursor },
    });
    assert.equal(status, 200, JSON.stringify(why));
    assert.equal(why.digest, body.digest);
    assert.equal(why.position.key, position.key);
    // What is asked for itself has its own way, if there is one.
    assert.ok(position.hops === 0 || why.steps.length === position.hops);
    assert.ok(why.summary.zh && why.summary.en);
  }
  assert.equal((await call('explain', { query: { ...query, position: '999999.0.0' } })).status, 404);
  assert.equal((await call('explain', { query: { ...query, position: 'x' } })).status, 400);
});

test('things and places have pages', async () => {
  const item = await call('getItem', { path: { code: story.rawLot } });
  assert.equal(item.status, 200);
  assert.equal(item.body.item.name, '黄瓜');
  assert.deepEqual((await call('getLot', { path: { code: lotLink } })).body, item.body);
  assert.equal((await call('getLot', { path: { code: story.crate } })).status, 404);
  const [position] = item.body.positions;
  const page = await call('getPosition', { path: { key: position.key } });
  assert.equal(page.body.item.code, lotLink);
  const operator = await call('getOperator', { path: { code: story.grower } });
  assert.equal(operator.body.registered.name, '青山农业合作社');
  const site = await call('getSite', { path: { code: story.farm } });
  assert.equal(site.body.registered.region, '110108');
  assert.ok(site.body.stock.rows.length > 0);
  const rows = await pages('getSite', { path: { code: story.farm }, query: { perPage: '1' } }, (body) => body.facts.next);
  assert.equal(rows.flatMap((body) => body.facts.rows).length, site.body.facts.total);
  const region = await call('getRegion', { path: { code: '110000' }, query: { day: '2026-01-05' } });
  assert.deepEqual(region.body.regions.map((row) => row.name).sort(), ['北京市', '海淀区']);
});

test('what is registered of operators, sites, papers and vehicles is shown', async () => {
  const { body: operator } = await call('getOperator', { path: { code: story.grower } });
  assert.deepEqual(operator.licences.map(({ number, kind }) => [number, kind]), [['JY14101020000017', 'food_trade']]);
  const { body: site } = await call('getSite', { path: { code: story.farm } });
  assert.deepEqual(site.links, [{ kind: 'runs', from: operator.code, to: site.code, valid_from: '2020-01-01', valid_to: null }]);
  assert.deepEqual(operator.links, site.links);
  assert.deepEqual(site.licences, []);
  const number = 'urn:example:certificate:1';
  const paper = await call('getPaper', { path: { number }, query: { day: '2026-01-31' } });
  assert.equal(paper.body.kind, 'quarantine');
  assert.equal(paper.body.holder, operator.code);
  assert.equal((await call('getPaper', { path: { number }, query: { day: '2026-02-01' } })).status, 404);
  assert.equal((await call('getPaper', { path: { number }, query: { day: 'x' } })).status, 400);
  const vehicle = await call('getVehicle', { path: { plate: '京A·12345' } });
  assert.equal(vehicle.body.plate, '京A12345');
  assert.match(vehicle.body.operator, /6901234000115/);
  assert.equal(vehicle.body.operator_name, (await call('getOperator', { path: { code: vehicle.body.operator } })).body.name);
  const { body: driver } = await call('getPerson', { path: { id: 'D-17' } });
  const { operator: employer, operator_name } = vehicle.body;
  const days = (title, valid_from, valid_to) => ({ operator: employer, operator_name, title, valid_from, valid_to });
  const history = [days('车队长', '2025-01-01', null), days('司机', '2024-01-01', '2024-12-31'), days(null, null, '2023-12-31')];
  assert.deepEqual(driver, { id: 'D-17', operator: employer, operator_name, name: '李司机', phone: null, title: '车队长', history, has_more_history: false });
  const titleOn = async (day) => (await call('getPerson', { path: { id: 'D-17' }, query: { day } })).body.title;
  assert.equal(await titleOn('2024-12-31'), '司机');
  assert.equal(await titleOn('2023-12-31'), null);
  assert.equal((await call('getPerson', { path: { id: 'D-17' }, query: { day: 'x' } })).status, 400);
  assert.equal(paper.body.holder_name, operator.name);
  const { body: found } = await call('search', { query: { q: number } });
  assert.deepEqual(found.hits.map(({ kind, code }) => [kind, code]), [['paper', number]]);
});

test('a record is read by its number', async () => {
  const { body: item } = await call('getItem', { path: { code: story.rawLot } });
  const [fact] = item.facts.rows;
  const { body } = await call('getRecord', { path: { record: fact.event.record } });
  assert.equal(body.hash_id, fact.event.hash_id);
  assert.equal(body.event['suyuan:hashId'], fact.event.hash_id);
  assert.equal((await call('getRecord', { path: { record: 999999 } })).status, 404);
  assert.equal((await call('getRecord', { path: { record: 'x' } })).status, 400);
});

test('the server says how it is', async () => {
  assert.equal((await call('getHealth')).body.status, 'ok');
  assert.equal((await call('getReadiness')).body.status, 'ready');
  const { body } = await call('getStats');
  assert.equal(body.events, story.events.length + 1);
  assert.equal(body.voids, 1);
  assert.ok(body.resident_bytes > 1_000_000);
});

test('a store without a demo has no stories', async () => {
  assert.deepEqual((await call('getStories')).body.stories, []);
});

for (const [operation, path] of [
  ['getPosition', { key: '999999.0.0' }], ['getItem', { code: 'x' }], ['getLot', { code: 'x' }], ['getOperator', { code: 'x' }],
  ['getSite', { code: 'x' }], ['getPaper', { number: 'x' }], ['getVehicle', { plate: 'x' }], ['getPerson', { id: 'x' }], ['getRegion', { code: '999999' }], ['getRecord', { record: '999999' }], ['getPageFile', { file: 'x.js' }],
]) {
  test(`${operation}: what is not there is not found`, async () => {
    assert.equal((await call(operation, { path })).status, 404);
  });
}

for (const [operation, query, wrong] of [
  ['search', {}, 'q'], ['search', { q: 'x', kind: 'dragon' }, 'kind'], ['search', { q: 'x', perPage: '-1' }, 'perPage'],
  ['resolve', { q: '' }, 'q'], ['resolve', { q: 'x', kind: 'dragon' }, 'kind'],
  ['trace', {}, 'code'], ['trace', { code: 'x', direction: 'up' }, 'direction'], ['trace', { code: 'x', kind: 'dragon' }, 'kind'],
  ['trace', { code: 'x', format: 'pdf' }, 'format'], ['trace', { code: 'x', escalate: 'perhaps' }, 'escalate'],
  ['trace', { code: 'x', perPage: 'all' }, 'perPage'], ['trace', { code: 'x', as_of: '2026-01-01' }, 'as_of'],
  ['explain', { code: 'x' }, 'position'], ['explain', { code: 'x', position: '1.1.1', part: 'middle' }, 'part'],
  ['getHealth', { verbose: '1' }, 'verbose'], ['getReadiness', { x: '1' }, 'x'], ['getStats', { x: '1' }, 'x'],
  ['getStories', { x: '1' }, 'x'],
]) {
  test(`${operation}: ${new URLSearchParams(query)} is refused by name`, async () => {
    const { status, body } = await call(operation, { query });
    assert.equal(status, 400);
    assert.deepEqual(body.errors.map((reason) => reason.parameter), [wrong]);
  });
}

for (const query of [{ from: 'yesterday' }, { to: '2026-13-01' }, { asOf: '2026' }, { cursor: 'made-up' }]) {
  test(`trace: ${new URLSearchParams(query)} is refused`, async () => {
    assert.equal((await call('trace', { query: { code: story.rawLot, ...query } })).status, 400);
  });
}

test('answers to HEAD have no body, and the same headers', async () => {
  for (const operation of ['getHealth', 'listEpcisResources', 'queryEvents', 'getStats', 'getPage']) {
    const get = await call(operation);
    const head = await call(operation, { method: 'HEAD' });
    assert.equal(head.status, get.status, operation);
    assert.equal(head.headers.get('Content-Type'), get.headers.get('Content-Type'));
  }
});

test('the page and its files are there, tagged, and nothing else', async () => {
  const page = await call('getPage');
  assert.match(page.headers.get('Content-Security-Policy'), /default-src 'self'/);
  for (const [, file] of page.body.matchAll(/(?:src|href)="\/?([\w-]+\.[a-z]+)[#"]/g)) {
    const response = await call('getPageFile', { path: { file } });
    assert.equal(response.status, 200, file);
    const tag = response.headers.get('ETag');
    const again = await call('getPageFile', { path: { file }, headers: { 'If-None-Match': tag } });
    assert.equal(again.status, 304, file);
  }
});

test('problems speak the language asked for', async () => {
  for (const [wanted, language, title] of [['zh-CN,en;q=0.5', 'zh', '未找到'], ['en', 'en', 'Not found'], ['fr', 'zh', '未找到']]) {
    const { headers, body } = await call('getOperator', { path: { code: 'x' }, headers: { 'Accept-Language': wanted } });
    assert.equal(headers.get('Content-Language'), language);
    assert.equal(body.title, title);
  }
});

test('a person is forgotten, and the event stays', async () => {
  const path = { id: 'urn:example:driver:7' };
  const told = async () => JSON.stringify((await call('queryEvents', { query: { perPage: 100 } })).body);
  assert.match(await told(), /13800000000/);
  assert.equal((await call('erasePerson', { path })).body.erased, 2, 'the event and its declaration');
  const after = await told();
  assert.doesNotMatch(after, /13800000000|张三/);
  assert.match(after, /urn:example:driver:7/);
  assert.equal((await call('erasePerson', { path })).body.erased, 0);
});

test('of a person who is forgotten the last employer stays, and no title', async () => {
  const path = { id: 'D-17' };
  assert.equal((await call('erasePerson', { path })).body.erased, 4, 'the name, two titles, and that there was a time before');
  const { body: { name, title, operator_name, history } } = await call('getPerson', { path });
  assert.deepEqual([name, title, history.length], [null, null, 1]);
  assert.equal(history[0].operator_name, operator_name);
  assert.deepEqual([history[0].title, history[0].valid_from, history[0].valid_to], [null, null, null]);
  assert.equal((await call('erasePerson', { path })).body.erased, 0);
});

// Last: what this file leaves to capture.test.mjs and import.test.mjs is named.
test('every operation was answered well', () => {
  const elsewhere = [...operations.keys()].filter((id) => id.startsWith('discover'));
  elsewhere.push('captureEvent', 'importDocument', 'getEvent');
  elsewhere.push(...[...operations.keys()].filter((id) => operations.get(id).tags.includes('access')));
  elsewhere.push(...[...operations.keys()].filter((id) => operations.get(id).tags.includes('import')));
  const missing = [...operations.keys()].filter((id) => !answered.has(id) && !elsewhere.includes(id));
  assert.deepEqual(missing, []);
});
