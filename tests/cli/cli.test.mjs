// SPDX-License-Identifier: Apache-2.0
//
// The real program: what it prints, how it ends, and what happens when two of it want one store.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { exit, program, run, serve, suyuan, temporaryFolder } from './program.mjs';

const folder = temporaryFolder('cli');
const store = join(folder, 'store');

const firstPosition = () =>
  JSON.parse(suyuan('trace', '--data', store, '--json', 'A20260301').stdout).parts.forward.positions[0].key;

const digestOf = (...options) => JSON.parse(suyuan('trace', '--data', store, '--json', 'A20260301', ...options).stdout).digest;

test('every command explains itself', () => {
  for (const command of ['serve', 'demo', 'import', 'trace', 'search', 'export', 'verify', 'stats']) {
    const { status, stdout } = suyuan(command, '--help');
    assert.equal(status, exit.done, command);
    assert.match(stdout, /--data/, command);
  }
});

test('wrong use ends with 2 and says what is wrong', () => {
  for (const args of [[], ['dance'], ['trace', '--data', store], ['trace', '--data', store, 'X', '--direction', 'up']]) {
    const { status, stderr, stdout } = suyuan(...args);
    assert.equal(status, exit.usage, args.join(' '));
    assert.notEqual(stderr + stdout, '');
  }
});

test('a mistyped command or option is told in either language, with what may be meant', () => {
  for (const [args, en, zh] of [
    [['trase'], /no command 'trase'.*trace/, /没有“trase”这个命令.*trace/],
    [['trace', '--directoin', 'back', 'X'], /--directoin/, /--directoin/],
    [['trace', 'X', '--direction', 'up'], /--direction: up .*back, ?forward, ?full/, /--direction: up 不在/],
  ]) {
    assert.match(suyuan(...args).stderr, en);
    const told = run('zh_CN.UTF-8', ...args).stderr;
    assert.match(told, zh);
    assert.match(told, /[\u4e00-\u9fff]/);
  }
});

test('a store that is not there is not made by a question', () => {
  const { status, stderr } = suyuan('trace', '--data', join(folder, 'nowhere'), 'A1');
  assert.equal(status, exit.problems);
  assert.match(stderr, /nowhere/);
});

test('the demo loads once; a second time it is all duplicates', () => {
  const first = suyuan('demo', '--data', store);
  assert.equal(first.status, exit.done, first.stderr);
  const second = suyuan('demo', '--data', store);
  assert.match(second.stdout, / 0 of them new/);
});

test('a province is made in the size asked for, and checked', () => {
  const { status, stdout } = suyuan('demo', '--operators', '300', '--days', '12', '--sink', 'none', '--check', '--json');
  assert.equal(status, exit.done);
  const made = JSON.parse(stdout);
  assert.equal(made.operators, 300);
  assert.ok(made.lines > made.events && made.events > 1_000);
  for (const [name, { checked, valid }] of Object.entries(made.checks)) {
    assert.ok(checked > 0, name);
    assert.equal(valid, checked, name);
  }
  assert.equal(made.links.length, 5);
});

test('a province becomes files, the same every time', () => {
  const make = (name) => {
    const { status, stderr } = suyuan('demo', '--operators', '200', '--days', '10', '--sink', 'csv', '--data', join(folder, name));
    assert.equal(status, exit.done, stderr);
    return ['events', 'operators', 'sites', 'products', 'links', 'papers', 'vehicles', 'people'].map((table) => readFileSync(join(folder, name, `${table}.csv`), 'utf8'));
  };
  const tables = make('province-1');
  assert.deepEqual(make('province-2'), tables);
  assert.match(tables[0], /^\uFEFFevent_time,type,biz_step,item,quantity,unit,from_operator,to_operator,site,paper,vehicle,person\r\n/);
  assert.equal(suyuan('demo', '--operators', '200', '--days', '10', '--sink', 'csv', '--data', join(folder, 'province-1')).status, exit.failed);
  // Sheets that the import takes.
  for (const table of ['links', 'papers', 'vehicles', 'people']) {
    const { status, stderr } = suyuan('import', '--data', join(folder, 'province-register'), join(folder, 'province-1', `${table}.csv`));
    assert.equal(status, exit.done, `${table}: ${stderr}`);
  }
});

test('a store holds one province', () => {
  const data = join(folder, 'one-province');
  const province = (seed) => suyuan('demo', '--operators', '200', '--days', '10', '--seed', seed, '--data', data);
  const first = province('1');
  assert.equal(first.status, exit.done, first.stderr);
  const other = province('2');
  assert.equal(other.status, exit.usage);
  assert.match(other.stderr, /another province/);
});

test('a province too small, or nowhere to go, is refused', () => {
  assert.equal(suyuan('demo', '--operators', '10', '--sink', 'none').status, exit.usage);
  assert.equal(suyuan('demo', '--operators', '200').status, exit.usage);
  assert.equal(suyuan('demo', '--days', '10').status, exit.usage);
});

test('a document refused for its frame is no success', () => {
  const bare = join(folder, 'frameless.json');
  writeFileSync(bare, JSON.stringify({ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z', epcisBody: { eventList: [] } }));
  const { status, stdout } = suyuan('import', '--data', join(folder, 'frameless'), '--json', bare);
  assert.equal(status, exit.problems);
  assert.equal(JSON.parse(stdout).refused_files, 1);
});

test('an output that cannot be written is no success', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(program, ['trace', '--data', store, 'A20260301'], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
  closeSync(full);
  assert.equal(status, exit.failed);
  assert.notEqual(stderr, '');
});

test('a program reads what went wrong as JSON', () => {
  const { status, stdout } = suyuan('trace', '--data', store, '--json', 'NO-SUCH-CODE-1');
  assert.equal(status, exit.problems);
  assert.equal(JSON.parse(stdout).error.code, 'not_found');
});

test('what a store holds is for its user alone', () => {
  assert.equal(statSync(join(store, 'suyuan.db')).mode & 0o077, 0);
});

test('a mistyped check digit is told', () => {
  const mistyped = join(folder, 'mistyped.json');
  const lot = 'https://id.gs1.org/01/06901234000015/10/X1';
  writeFileSync(mistyped, JSON.stringify({
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList: [{
      type: 'ObjectEvent', eventTime: '2026-01-01T00:00:00Z', eventTimeZoneOffset: '+08:00', action: 'ADD',
      quantityList: [{ epcClass: lot, quantity: 1, uom: 'KGM' }],
    }] },
  }));
  const imported = suyuan('import', '--data', join(folder, 'mistyped'), mistyped);
  assert.equal(imported.status, exit.done);
  assert.match(imported.stderr, /warning: .*06901234000015.*last digit/);
  assert.match(suyuan('trace', '--data', store, '06901234000015').stderr, /last digit/);
});

test('the stories of a demo are kept beside the store, for its start page', () => {
  const { stories } = JSON.parse(readFileSync(join(store, 'stories.json'), 'utf8'));
  assert.equal(stories[0].code, 'A20260301');
  assert.ok(stories.every((story) => story.path.startsWith('/?q=') && story.title_zh && story.title_en));
});

test('the story is answered as docs/demo-story.md says', () => {
  const answer = JSON.parse(suyuan('trace', '--data', store, '--json', 'A20260301').stdout);
  const onHand = Object.fromEntries(
    answer.parts.forward.positions
      .filter(({ item }) => item.lot === 'A20260301')
      .map(({ site, balances }) => [site.name, balances[0]?.on_hand]),
  );
  assert.deepEqual(onHand, {
    '青河港进口冷链首站': '1400',
    '中州冷库 A 库': '1300',
    '北郊农产品批发市场 12 号档': '180',
    '北郊农产品批发市场 27 号档': '500',
    '恒味肉制品加工厂一车间': '400',
    '老街牛肉面馆': '170',
    '育才小学食堂': '150',
    '南关菜市场 3 号摊': '20',
    '南关菜市场 8 号摊': '10',
    '东街早市 5 号摊': '20',
    '东街早市 11 号摊': '20',
    '铁西夜市 2 号摊': undefined,
  });
  const lots = new Set(answer.parts.forward.positions.map(({ item }) => item.lot));
  assert.deepEqual([...lots].sort(), ['A20260301', 'M20260304', 'M20260306']);
  assert.deepEqual(answer.sources.map(({ site }) => site.name), ['青河港进口冷链首站']);
  assert.equal(answer.violations.length, 1);
  assert.equal(answer.violations[0].position.site.name, '南关菜市场 8 号摊');
  assert.deepEqual(answer.open_ends.map(({ kind }) => kind), ['in_transit']);
  const [total] = answer.balances;
  assert.equal(total.in_transit, '60');
  assert.equal(total.destroyed, '75');
  assert.equal(total.unexplained, '0');
  const rework = answer.parts.forward.positions.find(({ item }) => item.lot === 'M20260306');
  assert.equal(rework.balances[0].on_hand, '275');
});

test('an unknown supplier is an open end', () => {
  const answer = JSON.parse(suyuan('trace', '--data', store, '--json', 'X20260227').stdout);
  assert.deepEqual(answer.open_ends.map(({ kind }) => kind), ['unknown_supplier']);
});

test('formats', () => {
  const table = suyuan('trace', '--data', store, 'A20260301');
  assert.match(table.stdout, /中州冷库 A 库/);
  const csv = suyuan('trace', '--data', store, 'A20260301', '--format', 'csv');
  assert.ok(csv.stdout.startsWith('\ufeff'));
  const dot = suyuan('trace', '--data', store, 'A20260301', '--format', 'dot');
  assert.match(dot.stdout, /^digraph/);
  const way = suyuan('trace', '--data', store, 'A20260301', '--explain', firstPosition());
  assert.match(way.stdout, /A20260301/);
});

test('a report is written to a file, never over one and never to a terminal', () => {
  const ask = ['trace', '--data', store, 'A20260301'];
  const number = `TR-\\d{8}-${digestOf().slice(0, 8)}`;
  const pdf = join(folder, 'report.pdf');
  const made = suyuan(...ask, '--format', 'pdf', '--output', pdf);
  assert.equal(made.status, exit.done, made.stderr);
  assert.equal(made.stdout, '');
  assert.match(readFileSync(pdf, 'latin1'), /^%PDF-/);
  const read = spawnSync('pdftotext', [pdf, '-'], { encoding: 'utf8' });
  if (!read.error) {
    for (const part of [new RegExp(number), /南关菜市场 8 号摊/, /违规流出/, /第 1 页，共 \d+ 页/]) {
      assert.match(read.stdout, part);
    }
  }
  assert.equal(suyuan(...ask, '--format', 'pdf', '--output', pdf).status, exit.failed, 'overwrote a file');
  const piped = spawnSync(program, [...ask, '--format', 'xlsx', '--language', 'en'], { timeout: 60_000 });
  assert.equal(piped.status, exit.done);
  assert.equal(piped.stdout.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  assert.equal(suyuan(...ask, '--format', 'pdf', '--language', 'fr').status, exit.usage);
  for (const [language, words] of [['zh_CN.UTF-8', /不能写到终端/], ['en_US.UTF-8', /not written to a terminal/]]) {
    const command = [program, ...ask, '--format', 'pdf'].map((word) => `'${word}'`).join(' ');
    const shown = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env: { ...process.env, LANG: language, LC_ALL: '' } });
    assert.equal(shown.status, exit.usage);
    assert.match(shown.stdout, words);
    assert.doesNotMatch(shown.stdout, /%PDF/);
  }
});

test('nothing known ends with 1 and says so', () => {
  const { status, stderr } = suyuan('trace', '--data', store, 'NO-SUCH-CODE-1');
  assert.equal(status, exit.problems);
  assert.match(stderr, /NO-SUCH-CODE-1/);
});

test('search finds a name by two characters', () => {
  const { status, stdout } = suyuan('search', '--data', store, '黄瓜');
  assert.equal(status, exit.done);
  assert.match(stdout, /城南黄瓜批发行/);
  assert.equal(suyuan('search', '--data', store, 'qqqqq').status, exit.problems);
});

test('an answer goes out as a FoodChain-Lab workbook and as a wide sheet, and comes in again', () => {
  const workbook = join(folder, 'chain.xlsx');
  assert.equal(suyuan('trace', '--data', store, 'A20260301', '--format', 'fcl', '--output', workbook).status, exit.done);
  const into = join(folder, 'chain');
  const first = JSON.parse(suyuan('import', '--data', into, '--json', workbook).stdout);
  assert.deepEqual([first.refused, first.refused_files], [0, 0]);
  assert.ok(first.stored > 0);
  const again = JSON.parse(suyuan('import', '--data', into, '--json', workbook).stdout);
  assert.equal(first.conflicts + first.duplicates, 0, 'one lot on four pallets is four deliveries');
  assert.deepEqual([again.stored, again.duplicates], [0, first.stored]);
  // Where it came from, it says nothing new.
  const events = () => JSON.parse(suyuan('stats', '--data', store, '--json').stdout).events;
  const before = events();
  const back = JSON.parse(suyuan('import', '--data', store, '--json', workbook).stdout);
  assert.deepEqual([back.stored, back.duplicates, back.refused, events()], [0, first.stored, 0, before]);
  for (const [format, name] of [['fsma204', 'wide.csv'], ['fsma204-xlsx', 'wide.xlsx']]) {
    const file = join(folder, name);
    assert.equal(suyuan('export', '--data', store, '--format', format, '--output', file).status, exit.done);
    const home = JSON.parse(suyuan('import', '--data', store, '--json', file).stdout);
    assert.deepEqual([home.stored, home.refused, events()], [0, 0, before], JSON.stringify(home.reports));
    const copy = join(folder, `wide-${format}`);
    const taken = JSON.parse(suyuan('import', '--data', copy, '--json', file).stdout);
    assert.equal(taken.refused, 0, JSON.stringify(taken.reports));
    assert.equal(suyuan('trace', '--data', copy, 'A20260301').status, exit.done);
  }
});

test('export and import again give the same answer', () => {
  for (const [format, name] of [['document', 'all.json'], ['lines', 'all.jsonl']]) {
    const file = join(folder, name);
    assert.equal(suyuan('export', '--data', store, '--format', format, '--output', file).status, exit.done);
    assert.equal(suyuan('export', '--data', store, '--output', file).status, exit.usage, 'overwrote a file');
    const copy = join(folder, `copy-${format}`);
    const imported = JSON.parse(suyuan('import', '--data', copy, '--json', file).stdout);
    assert.equal(imported.refused, 0);
    assert.equal(imported.stored, JSON.parse(suyuan('stats', '--data', store, '--json').stdout).events);
  }
});

test('the register travels with an export, without names and phones of people', () => {
  const ours = (name) => `https://ns.suyuan.example/epcis/${name}`;
  const attributes = (values) => Object.entries(values).map(([name, attribute]) => ({ id: ours(name), attribute }));
  const vocabulary = (name, elements) => ({ type: ours(name), vocabularyElementList: elements });
  const operator = 'https://id.gs1.org/417/6901234000108';
  const heir = 'https://id.gs1.org/417/6901234000115';
  const stall = 'https://id.gs1.org/414/6901234000016';
  const register = join(folder, 'register.json');
  writeFileSync(register, JSON.stringify({
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', type: 'EPCISDocument', schemaVersion: '2.0',
    creationDate: '2026-01-05T00:00:00Z',
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          { type: 'urn:epcglobal:epcis:vtype:Party', vocabularyElementList: [{ id: operator, attributes: [{ id: 'cbvmda:name', attribute: '绿园农业公司' }] }] },
          { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: [{ id: stall, attributes: attributes({ capacity: '12 t' }) }] },
          vocabulary('Licence', [
            { id: ours('id/SC11834020305037'), attributes: attributes({ operator, validTo: '2024-12-31' }) },
            { id: ours('id/SC11834020305037'), attributes: attributes({ operator: heir, validFrom: '2025-01-01' }) },
          ]),
          vocabulary('Link', [{ id: operator, attributes: attributes({ kind: 'hosts', to: stall }) }]),
          vocabulary('Paper', [{ id: 'urn:example:certificate:1', attributes: attributes({ kind: 'quarantine', holder: operator }) }]),
          vocabulary('Vehicle', [{ id: ours('id/%E4%BA%ACA12345'), attributes: attributes({ operator }) }]),
          vocabulary('Person', [{ id: 'urn:example:driver:7', attributes: attributes({ operator, name: '张三', phone: '13800000000' }) },
            { id: 'urn:example:driver:7', attributes: attributes({ operator: heir, title: '车队长', validFrom: '2026-01-01' }) },
          ]),
        ],
      },
    },
    epcisBody: { eventList: [] },
  }));
  const first = join(folder, 'first');
  const imported = JSON.parse(suyuan('import', '--data', first, '--json', register).stdout);
  assert.equal(imported.registry_rows, 9);
  const exported = (data, format) => {
    const { status, stdout, stderr } = suyuan('export', '--data', data, '--format', format);
    assert.equal(status, exit.done, stderr);
    assert.match(stderr, /0 events and 9 registry rows/);
    return stdout;
  };
  const said = (text) => text.replace(/"creationDate":"[^"]+"/g, '');
  for (const [format, name] of [['document', 'register-all.json'], ['lines', 'register-all.jsonl']]) {
    const text = exported(first, format);
    assert.match(text, /driver:7/);
    assert.match(text, /车队长/);
    assert.doesNotMatch(text, /张三|13800000000/);
    writeFileSync(join(folder, name), text);
    const copy = join(folder, `register-copy-${format}`);
    const again = JSON.parse(suyuan('import', '--data', copy, '--json', join(folder, name)).stdout);
    assert.equal(again.registry_rows, 9);
    assert.equal(said(exported(copy, format)), said(text));
    const { hits } = JSON.parse(suyuan('search', '--data', copy, '--json', '京A12345').stdout);
    assert.deepEqual(hits.map(({ kind, code }) => [kind, code]), [['vehicle', '京A12345']]);
  }
});

test('verify finds nothing wrong, with the ledger rebuilt too', () => {
  const { status, stdout, stderr } = suyuan('verify', '--data', store, '--json', '--rebuild-stock');
  assert.equal(status, exit.done, stderr);
  assert.deepEqual(JSON.parse(stdout).findings, []);
});

test('files that are no EPCIS are named, and the rest goes in', () => {
  const bad = join(folder, 'bad.json');
  writeFileSync(bad, '{"a": 1');
  const good = join(folder, 'good.json');
  writeFileSync(good, suyuan('demo', '--document').stdout);
  const { status, stdout } = suyuan('import', '--data', join(folder, 'mixed'), '--json', bad, good);
  assert.equal(status, exit.problems);
  const report = JSON.parse(stdout);
  assert.equal(report.refused_files, 1);
  assert.ok(report.stored > 200);
  assert.ok(report.reports.find(({ file }) => file === bad).problems[0].reason.length > 0);
});

test('while a server holds the store, questions and imports go through it; what cannot names its process', async () => {
  const before = digestOf();
  const server = await serve(store);
  try {
    assert.equal(digestOf(), before);
    assert.match(suyuan('trace', '--data', store, 'A20260301').stdout, /中州冷库 A 库/);
    assert.match(suyuan('trace', '--data', store, 'A20260301', '--format', 'dot').stdout, /^digraph/);
    const explained = suyuan('trace', '--data', store, 'A20260301', '--explain', firstPosition());
    assert.equal(explained.status, exit.done, explained.stderr);
    assert.match(explained.stdout, /A20260301/);
    const report = join(folder, 'served.pdf');
    assert.equal(suyuan('trace', '--data', store, 'A20260301', '--format', 'pdf', '--output', report).status, exit.done);
    assert.match(readFileSync(report, 'latin1'), /^%PDF-/);
    assert.match(suyuan('search', '--data', store, '黄瓜').stdout, /城南黄瓜批发行/);
    assert.ok(JSON.parse(suyuan('stats', '--data', store, '--json').stdout).events > 200);
    const document = join(folder, 'again.json');
    writeFileSync(document, suyuan('demo', '--document').stdout);
    const imported = suyuan('import', '--data', store, '--json', document);
    assert.equal(imported.status, exit.done, imported.stderr);
    assert.equal(JSON.parse(imported.stdout).stored, 0);
    const refused = suyuan('verify', '--data', store);
    assert.equal(refused.status, exit.failed);
    assert.match(refused.stderr, new RegExp(String(server.pid)));
  } finally {
    assert.equal(await server.stop(), exit.done);
  }
});

test('a server that is killed loses nothing that it acknowledged, and the next one opens', async () => {
  const data = join(folder, 'killed');
  const document = suyuan('demo', '--document').stdout;
  const server = await serve(data);
  const accepted = await fetch(new URL('/api/v1/import', server.url), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: document });
  const job = new URL(accepted.headers.get('Location'), server.url);
  while ((await (await fetch(job)).json()).running) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await server.stop('SIGKILL');
  const stats = JSON.parse(suyuan('stats', '--data', data, '--json').stdout);
  assert.equal(stats.events, 296);
  assert.equal(suyuan('verify', '--data', data).status, exit.done);
});

test('serve refuses any address but loopback while there is no security officer', () => {
  const { status, stderr } = suyuan('serve', '--data', join(folder, 'open'), '--listen', '0.0.0.0:0');
  assert.equal(status, exit.usage);
  assert.match(stderr, /loopback/);
});

test('the version is that of the build file', () => {
  const version = readFileSync(new URL('../../CMakeLists.txt', import.meta.url), 'utf8').match(/project\(suyuan VERSION ([\d.]+)/)[1];
  assert.equal(suyuan('--version').stdout.trim(), version);
});
