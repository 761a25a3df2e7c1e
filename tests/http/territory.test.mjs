// SPDX-License-Identifier: Apache-2.0
//
// A regulator's trace, and what is made of it, by the real program: goods go through three counties of a
// city. Each hand's records bear words that nobody else's have; they are looked for in every byte that
// somebody else is sent. Of a neighbour in the chain, name and time may be.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller, operations } from './support/contract.mjs';
import { browser, createAccount, findings, importDocument, signIn, uscc } from './support/people.mjs';
import { startServer } from './support/server.mjs';
import { context } from './support/story.mjs';
import { textOfWorkbook } from './support/workbook.mjs';

// In the order in which they have the goods.
const hands = {
  anne: { code: uscc('91330100MA01ABCD1X'), region: '110105', amount: '71.125' },
  ben: { code: uscc('91330100MA01ABCD2X'), region: '110106', amount: '72.375' },
  cara: { code: uscc('91330100MA01ABCD3X'), region: '110107', amount: '73.625' },
};
const names = Object.keys(hands);
const lot = 'https://ns.suyuan.example/lot/through-three-counties';
const siteOf = (name) => `https://ns.suyuan.example/site/secretplace${name}`;
const shopOf = (name) => `the shop of ${name}`;
// A partner's region is no secret to an operator.
const secretsOf = (name, who) => [
  `secretplace${name}`, `secretpaper${name}`, `secretdriver${name}`, hands[name].amount, `secretonly${name}`,
  ...(names.includes(who) ? [] : [hands[name].region]),
];

const register = {
  '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
  epcisHeader: { epcisMasterData: { vocabularyList: [
    { type: 'urn:epcglobal:epcis:vtype:Party', vocabularyElementList: names.map((name) => ({
      id: hands[name].code,
      attributes: [{ id: 'cbvmda:name', attribute: shopOf(name) }, { id: 'https://ns.suyuan.example/epcis/region', attribute: hands[name].region }],
    })) },
    { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: names.map((name) => ({
      id: siteOf(name),
      attributes: [{ id: 'https://ns.suyuan.example/epcis/operator', attribute: hands[name].code }, { id: 'https://ns.suyuan.example/epcis/region', attribute: hands[name].region }],
    })) },
  ] } },
  epcisBody: { eventList: [] },
};

const event = (name, day, hour, rest) => ({
  '@context': [context, { suyuan: 'https://ns.suyuan.example/epcis/' }], type: 'ObjectEvent', eventTime: `2026-01-0${day}T${hour}:00:00.000+08:00`, eventTimeZoneOffset: '+08:00',
  readPoint: { id: siteOf(name) }, quantityList: [{ epcClass: lot, quantity: Number(hands[name].amount), uom: 'KGM' }],
  bizTransactionList: [{ type: 'po', bizTransaction: `https://ns.suyuan.example/paper/secretpaper${name}` }],
  'suyuan:people': [{ id: `secretdriver${name}`, name: `secretdriver${name} by name` }],
  ...rest,
});
const parties = (from, to) => ({
  sourceList: [{ type: 'owning_party', source: hands[from].code }],
  destinationList: [{ type: 'owning_party', destination: hands[to].code }],
});

// Who records what.
function* told() {
  for (const [place, name] of names.entries()) {
    const only = `https://ns.suyuan.example/lot/secretonly${name}`;
    yield [name, event(name, 1, '08', { action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: only, quantity: 5, uom: 'KGM' }] })];
    if (place === 0) {
      yield [name, event(name, 2, '08', { action: 'ADD', bizStep: 'commissioning' })];
    } else {
      yield [name, event(name, place + 2, '16', { action: 'OBSERVE', bizStep: 'receiving', ...parties(names[place - 1], name) })];
    }
    if (place + 1 < names.length) {
      yield [name, event(name, place + 3, '08', { action: 'OBSERVE', bizStep: 'shipping', ...parties(name, names[place + 1]) })];
    }
  }
}

let server;
let call;
let signed;  // name → session
const as = (name, headers = {}) => ({ ...browser(server.url, signed[name].cookie), ...headers });
const inspecting = (name, purpose = 'supervision', more = {}) => as(name, { 'Suyuan-Purpose': purpose, ...more });

before(async () => {
  const people = {};
  const prepare = (folder) => {
    const make = (name, ...options) => { people[name] = createAccount(folder, name, ...options); };
    for (const name of names) {
      make(name, '--kind', 'operator', '--role', 'operator_owner', '--operator', hands[name].code);
    }
    const regulator = (name, role, region) => make(name, '--kind', 'regulator', '--role', role, '--region', region, '--department', 'market_regulation');
    for (const name of names) {
      regulator(`county-${name}`, 'regulator_county', hands[name].region);
    }
    regulator('city', 'regulator_city', '110100');
    regulator('elsewhere', 'regulator_county', '310101');
    regulator('station', 'regulator_station', hands.ben.region);
    importDocument(folder, register);
  };
  server = await startServer({ prepare });
  call = caller(server.url);
  signed = {};
  for (const [name, made] of Object.entries(people)) {
    signed[name] = await signIn(call, server.url, made);
  }
  for (const [name, body] of told()) {
    const { status, body: answer } = await call('captureEvent', { headers: as(name), body });
    assert.equal(status, 201, JSON.stringify(answer));
  }
});

after(async () => {
  assert.equal(await server?.stop((folder) => assert.deepEqual(findings(folder), [])), 0);
});

function tellsNothingOf(text, others, what, asked = '') {
  for (const name of others) {
    for (const secret of secretsOf(name, what.split(' ')[0])) {
      assert.ok(asked.includes(secret) || !text.includes(secret), `${what} tells ${secret}`);
    }
  }
}

// What somebody sees in full, of whom the name alone, and of whom nothing.
const views = {
  anne: { full: ['anne'], named: ['ben'], hidden: ['cara'] },
  ben: { full: ['ben'], named: ['anne', 'cara'], hidden: [] },
  'county-anne': { full: ['anne'], named: ['ben'], hidden: ['cara'] },
  'county-ben': { full: ['ben'], named: ['anne', 'cara'], hidden: [] },
  city: { full: names, named: [], hidden: [] },
};
const headersOf = (who, purpose = 'supervision') => (names.includes(who) ? as(who) : inspecting(who, purpose));

function checkText(who, text, what) {
  const { full, named, hidden } = views[who];
  for (const name of full) {
    assert.ok(text.includes(`secretplace${name}`), `${who} ${what} lacks ${name}'s place`);
  }
  for (const name of [...full, ...named]) {
    assert.ok(text.includes(shopOf(name)), `${who} ${what} lacks ${name}`);
  }
  for (const name of hidden) {
    assert.ok(!text.includes(shopOf(name)) && !text.includes(hands[name].code), `${who} ${what} names ${name}`);
  }
  tellsNothingOf(text, [...named, ...hidden], `${who} ${what}`);
}

test('a trace shows what is the asker\'s in full, and one step beyond by name and time', async () => {
  for (const who of Object.keys(views)) {
    for (const direction of ['full', 'back', 'forward']) {
      const { status, body } = await call('trace', { headers: headersOf(who), query: { code: lot, direction } });
      assert.equal(status, 200, `${who}: ${JSON.stringify(body)}`);
      if (direction === 'full') {
        checkText(who, JSON.stringify(body), 'trace');
      } else {
        tellsNothingOf(JSON.stringify(body), [...views[who].named, ...views[who].hidden], `${who} ${direction}`);
      }
      for (const part of Object.values(body.parts)) {
        for (const position of part?.positions ?? []) {
          const isFull = views[who].full.some((name) => position.site?.code === siteOf(name));
          assert.equal(position.beyond === null, isFull, JSON.stringify(position));
          if (!isFull) {
            assert.ok(names.includes(who) || position.region === null, JSON.stringify(position));
            assert.deepEqual(position.balances, []);
            assert.match(position.possible, /^2026-01-0\d/);
          }
        }
      }
      if (who.startsWith('county') && direction === 'full') {
        const notes = JSON.stringify(body);
        assert.ok(notes.includes('open a case to go on') && notes.includes('凭案件编号'), `${who} ${direction}`);
      }
    }
  }
});

test('an inspector says why, and beyond the territory there is nothing', async () => {
  const without = await call('trace', { headers: as('county-ben'), query: { code: lot } });
  assert.equal(without.body.type, 'https://ns.suyuan.example/problems/purpose-needed');
  const strip = ({ status, body }, code) => [status, JSON.stringify({ ...body, instance: '' }).replaceAll(code, '…')];
  const nowhere = 'https://ns.suyuan.example/lot/nowhere';
  const nothing = strip(await call('trace', { headers: inspecting('elsewhere'), query: { code: nowhere } }), nowhere);
  assert.equal(nothing[0], 404);
  for (const code of [lot, siteOf('ben'), hands.ben.code, 'https://ns.suyuan.example/lot/secretonlyben']) {
    assert.deepEqual(strip(await call('trace', { headers: inspecting('elsewhere'), query: { code } }), code), nothing, code);
  }
  for (const name of ['anne', 'cara']) {
    const code = `https://ns.suyuan.example/lot/secretonly${name}`;
    const theirs = await call('trace', { headers: inspecting('county-ben'), query: { code } });
    assert.deepEqual(strip(theirs, code), strip(await call('trace', { headers: inspecting('county-ben'), query: { code: nowhere } }), nowhere));
  }
});

test('a number that is of no open case opens nothing', async () => {
  const plain = await call('trace', { headers: inspecting('county-ben', 'case'), query: { code: lot, direction: 'full' } });
  for (const number of ['1', '20260007']) {
    const named = await call('trace', { headers: inspecting('county-ben', 'case', { 'Suyuan-Case': number }), query: { code: lot, direction: 'full' } });
    assert.equal(named.status, 200);
    assert.equal(named.body.digest, plain.body.digest);
    checkText('county-ben', JSON.stringify(named.body), 'with a number');
  }
  assert.equal((await call('trace', { headers: inspecting('county-ben', 'case', { 'Suyuan-Case': 'x' }), query: { code: lot } })).status, 400);
});

test('an explanation and a position tell what the trace does', async () => {
  const keys = (body) => Object.values(body.parts).flatMap((part) => part?.positions ?? []).map(({ key }) => key);
  const whole = await call('trace', { headers: headersOf('city'), query: { code: lot, direction: 'full' } });
  for (const who of Object.keys(views)) {
    const { body } = await call('trace', { headers: headersOf(who), query: { code: lot, direction: 'full' } });
    const mine = new Set(keys(body));
    const beyond = new Set(Object.values(body.parts).flatMap((part) => part.positions).filter((one) => one.beyond).map(({ key }) => key));
    const { named, hidden } = views[who];
    for (const key of new Set([...keys(whole.body), ...mine])) {
      const why = await call('explain', { headers: headersOf(who), query: { code: lot, direction: 'full', position: key } });
      assert.equal(why.status, mine.has(key) ? 200 : 404, `${who} ${key}`);
      const page = await call('getPosition', { headers: headersOf(who), path: { key } });
      assert.equal(page.status, mine.has(key) && !beyond.has(key) ? 200 : 404, `${who} ${key}`);
      for (const answer of [why, page]) {
        tellsNothingOf(JSON.stringify(answer.body), [...named, ...hidden], `${who} ${key}`);
      }
    }
    const words = async (key) => JSON.stringify({ ...(await call('getPosition', { headers: headersOf(who), path: { key } })).body, instance: '' }).replaceAll(key, '…');
    for (const key of [...keys(whole.body)].filter((one) => !mine.has(one))) {
      assert.equal(await words(key), await words('99999.9.9'));
    }
  }
});

async function bytesOf(who, operation, query, purpose) {
  const target = `${server.url}${operations.get(operation).path}?${new URLSearchParams({ code: lot, direction: 'full', ...query })}`;
  const response = await fetch(target, { headers: headersOf(who, purpose) });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('a report and a file hold what the trace does, and say who took them out', async () => {
  for (const who of Object.keys(views)) {
    for (const [operation, query] of [['getTraceReport', { format: 'xlsx', language: 'en' }], ['getTraceExport', { format: 'fcl' }]]) {
      const { status, bytes } = await bytesOf(who, operation, query, 'complaint');
      assert.equal(status, 200, `${who} ${operation} ${bytes}`);
      const text = textOfWorkbook(bytes);
      checkText(who, text, operation);
      assert.match(text, /Taken out by a\w+ /);
      assert.ok(text.includes(names.includes(who) ? 'operator_owner' : 'for complaint'), who);
      assert.ok(!text.includes('by name'), 'nobody\'s name leaves in a file');
    }
    assert.equal((await bytesOf(who, 'getTraceReport', { format: 'pdf' }, 'complaint')).bytes.subarray(0, 5).toString(), '%PDF-');
  }
});

test('files that cannot be narrowed are refused, and so is whoever takes nothing out', async () => {
  for (const who of ['anne', 'county-ben']) {
    for (const [operation, format] of [['trace', 'csv'], ['trace', 'dot'], ['getTraceExport', 'fsma204'], ['getTraceExport', 'fsma204-xlsx']]) {
      const { status, body } = await call(operation, { headers: headersOf(who, 'complaint'), query: { code: lot, format } });
      assert.equal(status, 403, `${who} ${operation} ${format}`);
      assert.equal(body.type, 'https://ns.suyuan.example/problems/not-scoped');
    }
  }
  assert.equal((await call('getTraceReport', { headers: inspecting('station', 'complaint'), query: { code: lot } })).status, 403);
  assert.equal((await call('trace', { headers: inspecting('station'), query: { code: lot } })).status, 200);
  assert.equal((await call('getTraceReport', { headers: inspecting('county-ben'), query: { code: lot } })).status, 403, 'not for supervision');
  assert.equal((await call('getTraceReport', { headers: as('county-ben'), query: { code: lot } })).body.type, 'https://ns.suyuan.example/problems/purpose-needed');
});

test('whoever was looked at sees that they were', async () => {
  for (const name of ['anne', 'cara']) {
    const { body } = await call('listLooks', { headers: as(name) });
    const looks = new Set(body.looks.map((look) => `${look.role} ${look.act} ${look.purpose}`));
    assert.ok(looks.has('regulator_city trace supervision'), [...looks].join());
    assert.ok(looks.has('regulator_city export complaint'), [...looks].join());
    assert.ok(looks.has('regulator_county trace supervision'), 'a name is a look too');
  }
});

test('no byte of another county in any answer', async () => {
  const codes = names.flatMap((name) => [siteOf(name), hands[name].code, `https://ns.suyuan.example/lot/secretonly${name}`, `secretdriver${name}`]).concat(lot, '1.1.1', '1.2.2', '2', '5');
  let answers = 0;
  for (const who of ['county-anne', 'county-ben', 'county-cara', 'elsewhere']) {
    const others = names.filter((name) => `county-${name}` !== who);
    for (const [id, operation] of operations) {
      if (operation.method !== 'get' || operation.tags.includes('page')) {
        continue;
      }
      const parameter = /(?<=\{)\w+(?=\})/.exec(operation.path)?.[0];
      for (const code of codes) {
        for (const purpose of ['supervision', 'complaint']) {
          const target = operation.path.replace(/\{\w+\}/, encodeURIComponent(code));
          const query = new URLSearchParams({ ...(!parameter && { code, q: code }), ...(id === 'explain' && { position: '1.2.2' }) });
          const takesCode = JSON.stringify(operation.parameters ?? []).match(/parameters\/Code"|"name":"q"/);
          const response = await fetch(`${server.url}${target}${takesCode ? `?${query}` : ''}`, { headers: inspecting(who, purpose) });
          assert.ok(response.status < 500, `${id} ${code}`);
          const bytes = Buffer.from(await response.arrayBuffer());
          const text = bytes.subarray(0, 2).toString() === 'PK' ? textOfWorkbook(bytes) : bytes.toString('utf8');
          tellsNothingOf(text, others, `${who} ${id} ${code}`, response.status < 400 ? '' : code);
          answers += 1;
          if (!parameter && !takesCode) {
            break;
          }
        }
      }
    }
  }
  console.log(`crawled ${answers} answers`);
  assert.ok(answers > 1_500, String(answers));
});
