// SPDX-License-Identifier: Apache-2.0
//
// What search, resolve and each look-up tell of others, by the real program. Three shops: anne sells to
// ben, ben to carl. Everything of a shop bears a word that nobody else's has; every door is asked for
// everything by everybody, and the others' words are looked for in every byte.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller, operations } from './support/contract.mjs';
import { browser, createAccount, findings, importDocument, signIn, uscc } from './support/people.mjs';
import { eventually, startServer } from './support/server.mjs';
import { context, eventId } from './support/story.mjs';

const shops = {
  anne: { code: uscc('91110105MA01ABCD1X'), region: '110105', word: 'zanzibaranne', name: '甲家青瓜行', plate: '京A11111', licence: 'JY11101050000011' },
  ben: { code: uscc('91110106MA01ABCD2X'), region: '110106', word: 'timbuktuben', name: '乙家青瓜行', plate: '京A22222', licence: 'JY11101060000022' },
  carl: { code: uscc('91120101MA01ABCD3X'), region: '120101', word: 'samarkandcarl', name: '丙家青瓜行', plate: '京A33333', licence: 'JY11201010000033' },
};
for (const shop of Object.values(shops)) {
  const of = (kind) => `https://ns.suyuan.example/${kind}/${shop.word}`;
  Object.assign(shop, { site: of('site'), lot: of('lot'), paper: of('paper'), cert: of('cert'), person: `${shop.word}-driver`, siteName: `青瓜库${shop.word}` });
}
const { anne, ben, carl } = shops;

// What bears a shop's mark, and what of it a partner may see: name, code, licence number.
const marks = (shop) => [shop.word, shop.plate];
const register = (shop) => [shop.name, shop.code.split('/').at(-1), shop.licence];

let server;
let call;
let signed;

const as = (name, why) => ({ ...browser(server.url, signed[name].cookie), ...(why && { 'Suyuan-Purpose': why }) });

const ours = 'https://ns.suyuan.example/epcis/';
const element = (id, attributes) => ({ id, attributes: Object.entries(attributes).map(([key, attribute]) => ({ id: key === 'name' ? 'cbvmda:name' : `${ours}${key}`, attribute })) });
const coded = (id) => (id.includes(':') ? id : `${ours}id/${encodeURIComponent(id)}`);
const ownElement = (id, attributes) => ({ id: coded(id), attributes: Object.entries(attributes).map(([key, attribute]) => ({ id: `${ours}${key}`, attribute })) });
const vocabulary = (type, elements) => ({ type, vocabularyElementList: elements });

const header = () => {
  const all = Object.values(shops);
  return {
    '@context': [context, { suyuan: ours }], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList: [
      vocabulary('urn:epcglobal:epcis:vtype:Party', all.map((s) => element(s.code, { name: s.name, region: s.region, kind: 'retailer' }))),
      vocabulary('urn:epcglobal:epcis:vtype:BusinessLocation', all.map((s) => element(s.site, { name: s.siteName, operator: s.code, region: s.region }))),
      vocabulary(`${ours}Licence`, all.map((s) => ownElement(s.licence, { operator: s.code }))),
      vocabulary(`${ours}Paper`, all.map((s) => ownElement(s.cert, { kind: 'certificate', issuer: s.code, holder: s.code }))),
      vocabulary(`${ours}Vehicle`, all.map((s) => ownElement(s.plate, { operator: s.code }))),
      vocabulary(`${ours}Person`, all.map((s) => ownElement(s.person, { operator: s.code, name: `张${s.word}`, phone: '13900000000' }))),
      vocabulary(`${ours}Link`, [ownElement(ben.code, { kind: 'supplies', to: carl.code })]),
    ] } },
    epcisBody: { eventList: [] },
  };
};

const traded = 'https://ns.suyuan.example/lot/traded';
let number = 0;

function event(shop, rest) {
  number += 1;
  return {
    '@context': [context, { suyuan: ours }], type: 'ObjectEvent', eventID: eventId(number),
    eventTime: `2026-01-0${number}T08:00:00.000+08:00`, eventTimeZoneOffset: '+08:00', readPoint: { id: shop.site }, ...rest,
  };
}

const amount = (epcClass) => ({ quantityList: [{ epcClass, quantity: 7, uom: 'KGM' }] });
const between = (from, to) => ({
  sourceList: [{ type: 'owning_party', source: from.code }],
  destinationList: [{ type: 'owning_party', destination: to.code }],
});

const story = () => [
  ...Object.entries(shops).map(([name, shop]) => [name, event(shop, {
    action: 'ADD', bizStep: 'commissioning', ...amount(shop.lot),
    bizTransactionList: [{ type: 'po', bizTransaction: shop.paper }],
    'suyuan:vehicles': [shop.plate], 'suyuan:people': [{ id: shop.person, name: `张${shop.word}` }],
  })]),
  ['anne', event(anne, { action: 'ADD', bizStep: 'commissioning', ...amount(traded) })],
  ['anne', event(anne, { action: 'OBSERVE', bizStep: 'shipping', ...amount(traded), ...between(anne, ben) })],
  ['ben', event(ben, { action: 'OBSERVE', bizStep: 'receiving', ...amount(traded), ...between(anne, ben) })],
  ['ben', event(ben, { action: 'OBSERVE', bizStep: 'shipping', ...amount(traded), ...between(ben, carl) })],
  // Of this lot ben alone told that it went to anne.
  ['ben', event(ben, { action: 'OBSERVE', bizStep: 'shipping', ...amount(ben.lot), ...between(ben, anne) })],
];

before(async () => {
  const people = {};
  const prepare = (folder) => {
    for (const [name, { code }] of Object.entries(shops)) {
      people[name] = createAccount(folder, name, '--kind', 'operator', '--role', 'operator_owner', '--operator', code);
    }
    people.clerk = createAccount(folder, 'clerk', '--kind', 'operator', '--role', 'operator_clerk', '--operator', anne.code);
    for (const [name, region] of [['here', '110105'], ['there', '110106'], ['nowhere', '110107']]) {
      people[name] = createAccount(folder, name, '--kind', 'regulator', '--role', 'regulator_county', '--region', region, '--department', 'market_regulation', '--function', 'circulation', '--function', 'enforcement');
    }
    people.plain = createAccount(folder, 'plain', '--kind', 'regulator', '--role', 'regulator_county', '--region', '110105', '--department', 'market_regulation');
    people.audit = createAccount(folder, 'audit', '--kind', 'officer', '--role', 'audit_officer');
    importDocument(folder, header());
  };
  server = await startServer({ prepare });
  call = caller(server.url);
  signed = {};
  for (const [name, made] of Object.entries(people)) {
    signed[name] = await signIn(call, server.url, made);
  }
  for (const [name, body] of story()) {
    const { status, body: answer } = await call('captureEvent', { headers: as(name), body });
    assert.equal(status, 201, JSON.stringify(answer));
  }
  // Names come into the index, and stock into the ledger, a moment later.
  await eventually(async () => (await hits('ben', '青瓜行')).length === 3);
  await eventually(async () => (await look('getOperator', 'anne', anne.code)).body.stock.rows.length > 0);
});

after(async () => {
  assert.equal(await server?.stop((folder) => assert.deepEqual(findings(folder), [])), 0);
});

const parameterOf = { getItem: 'code', getLot: 'code', getOperator: 'code', getSite: 'code', getPaper: 'number', getVehicle: 'plate', getPerson: 'id' };
const look = (operation, name, value, why) => call(operation, { headers: as(name, why), path: { [parameterOf[operation]]: value } });
const search = async (name, q, query = {}, why) => (await call('search', { headers: as(name, why), query: { q, ...query } })).body;
const hits = async (name, q, why) => (await search(name, q, {}, why)).hits.map(({ code }) => code);

// Every text that somebody could type of a shop: exact, beginnings, words of names.
const textsOf = (shop) => [
  shop.code, shop.site, shop.lot, shop.paper, shop.cert, shop.plate, shop.person, shop.licence, shop.name, shop.siteName,
  shop.word, shop.word.slice(0, 6), shop.lot.slice(0, -3), shop.code.slice(0, -4), shop.licence.slice(0, 10), shop.plate.slice(0, 3), shop.name.slice(0, 3), shop.region,
];

// Each door with each text.
function* questions() {
  const texts = new Set([...Object.values(shops).flatMap(textsOf), traded, 'https://ns.suyuan.example/', 'JY', '京A', '青瓜', '青瓜行', '家青', 'traded']);
  for (const text of texts) {
    yield ['search', { query: { q: text } }, text];
    yield ['search', { query: { q: text, perPage: 1 } }, text];
    yield ['resolve', { query: { q: text } }, text];
    for (const [operation, name] of Object.entries(parameterOf)) {
      yield [operation, { path: { [name]: text } }, text];
    }
  }
}

async function bytesOf(operation, { path = {}, query = {} }, headers) {
  const target = operations.get(operation).path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
  const response = await fetch(`${server.url}${target}?${new URLSearchParams(query)}`, { headers });
  return { status: response.status, text: await response.text() };
}

test('no byte of somebody else\'s in any answer', async () => {
  const partner = [...marks(ben), ...marks(carl), ...register(carl)];
  const askers = [
    ['anne', undefined, partner],
    ['clerk', undefined, partner],
    ['ben', undefined, [...marks(anne), ...marks(carl)]],
    // The register binds carl to ben: carl is told ben's code with the link, and nothing else of ben.
    ['carl', undefined, [...marks(ben), ...marks(anne), ...register(anne), ben.name, ben.licence]],
    ['here', 'supervision', [...marks(ben), ...marks(carl), ...register(carl)]],
    ['plain', undefined, [...marks(ben), ...marks(carl), ...register(carl)]],
    ['there', 'supervision', [...marks(anne), ...marks(carl)]],
    ['nowhere', 'supervision', Object.values(shops).flatMap((shop) => [...marks(shop), ...register(shop)])],
    ['audit', 'security', Object.values(shops).flatMap((shop) => [...marks(shop), ...register(shop)])],
  ];
  let answers = 0;
  for (const [name, why, foreign] of askers) {
    for (const [operation, request, asked] of questions()) {
      const { status, text } = await bytesOf(operation, request, as(name, why));
      assert.ok([200, 403, 404].includes(status), `${name} ${operation} ${asked} ${status} ${text}`);
      for (const mark of foreign) {
        const told = text.toLowerCase().includes(mark.toLowerCase());
        // A 404 says again what was asked for.
        assert.ok(!told || (status === 404 && asked.includes(mark)), `${name} ${operation} ${asked}: ${mark} in ${text}`);
      }
      answers += 1;
    }
  }
  assert.ok(answers > 4_000, `${answers} answers`);
  console.log(`${answers} answers`);
});

test('what is out of sight is answered as what is not there', async () => {
  const strange = { code: uscc('91990101MA01ABCD9X'), site: 'https://ns.suyuan.example/site/x', lot: 'https://ns.suyuan.example/lot/x', cert: 'https://ns.suyuan.example/cert/x', plate: '京A99999', person: 'x-driver' };
  const doors = [['getItem', 'lot'], ['getLot', 'lot'], ['getOperator', 'code'], ['getSite', 'site'], ['getPaper', 'cert'], ['getVehicle', 'plate'], ['getPerson', 'person']];
  for (const [name, why] of [['anne'], ['here', 'supervision']]) {
    for (const [operation, key] of doors) {
      const told = async (value) => {
        const { status, body } = await look(operation, name, value, why);
        return { status, text: JSON.stringify({ ...body, instance: '' }).replaceAll(value, '…') };
      };
      const theirs = await told(carl[key]);
      assert.equal(theirs.status, 404, `${name} ${operation}`);
      assert.deepEqual(theirs, await told(strange[key]), `${name} ${operation}`);
    }
    for (const key of ['code', 'site', 'lot', 'paper', 'plate', 'person', 'licence', 'name']) {
      assert.deepEqual(await search(name, carl[key], {}, why), { hits: [], next: null }, `${name} ${key}`);
    }
    const { body } = await call('resolve', { headers: as(name, why), query: { q: carl.lot } });
    assert.deepEqual(body.readings, []);
  }
});

test('a shop finds and looks up its own', async () => {
  for (const key of ['code', 'site', 'lot', 'paper', 'cert', 'plate', 'person']) {
    assert.deepEqual(await hits('anne', anne[key]), [anne[key]], key);
  }
  assert.deepEqual(await hits('anne', anne.licence), [anne.code]);
  assert.deepEqual((await hits('anne', 'https://ns.suyuan.example/lot/')).sort(), [traded, anne.lot].sort());
  assert.deepEqual(await hits('anne', '青瓜库'), [anne.site]);
  const page = (await look('getLot', 'anne', traded)).body;
  assert.equal(page.position_count, 1);
  assert.equal(page.positions[0].owner.code, anne.code);
  assert.equal(page.facts.total, 2);
  assert.equal(page.facts.rows[1].peer_owner.code, ben.code);
  assert.equal((await look('getItem', 'ben', traded)).body.facts.total, 2);
  const own = (await look('getOperator', 'anne', anne.code)).body;
  assert.equal(own.registered.region, anne.region);
  assert.equal(own.licences[0].number, anne.licence);
  assert.ok(own.facts.total >= 3);
  assert.ok(own.stock.rows.every(({ item }) => item.code !== ben.lot), 'what it never told of');
  assert.equal((await look('getSite', 'anne', anne.site)).body.registered.operator, anne.code);
  assert.equal((await look('getPaper', 'anne', anne.cert)).body.holder, anne.code);
  assert.equal((await look('getVehicle', 'anne', anne.plate)).body.operator, anne.code);
  const person = (await look('getPerson', 'anne', anne.person)).body;
  assert.equal(person.name, `张${anne.word}`);
  assert.equal((await search('anne', anne.lot)).hits[0].event_count, 1);
  assert.equal((await search('ben', traded)).hits[0].event_count, 2);
});

test('of a partner there is name, code and licence number', async () => {
  assert.deepEqual(await hits('anne', ben.name), [ben.code]);
  assert.equal((await search('anne', ben.code)).hits[0].event_count, 1, 'of anne\'s events');
  const { status, body } = await look('getOperator', 'anne', ben.code);
  assert.equal(status, 200);
  assert.equal(body.name, ben.name);
  assert.deepEqual(body.licences.map((licence) => licence.number), [ben.licence]);
  assert.equal(body.registered, null);
  assert.deepEqual(body.links, []);
  assert.deepEqual(body.stock.rows, []);
  assert.equal(body.facts.total, 0);
  assert.deepEqual(await hits('anne', ben.region), [], 'not where it is');
  assert.equal((await look('getSite', 'anne', ben.site)).status, 404);
  const looks = (await call('listLooks', { headers: as('ben') })).body.looks;
  assert.ok(looks.some((row) => row.organisation === anne.code), 'and the partner sees who looked');
});

test('people are for whom the policy opens them', async () => {
  assert.equal((await look('getPerson', 'clerk', anne.person)).status, 403);
  assert.deepEqual(await hits('clerk', anne.person), []);
  assert.deepEqual((await call('resolve', { headers: as('clerk'), query: { q: anne.person } })).body.readings, []);
  assert.equal((await call('resolve', { headers: as('anne'), query: { q: anne.person } })).body.readings[0].kind, 'person');
  assert.equal((await look('getPerson', 'here', anne.person)).status, 403, 'without a purpose');
  const seen = await look('getPerson', 'here', anne.person, 'supervision');
  assert.equal(seen.status, 200);
  assert.equal(seen.body.name, null, 'masked');
  assert.deepEqual(await hits('here', anne.person), []);
  assert.deepEqual(await hits('here', anne.person, 'supervision'), [anne.person]);
});

test('an inspector finds and looks up those of the county', async () => {
  for (const key of ['code', 'site', 'lot', 'paper', 'cert', 'plate']) {
    assert.deepEqual(await hits('here', anne[key]), [anne[key]], key);
  }
  assert.deepEqual((await hits('here', '110105')).sort(), [anne.code, anne.site].sort());
  const page = (await look('getLot', 'here', traded, 'supervision')).body;
  assert.equal(page.facts.total, 2);
  assert.deepEqual(page.positions.map(({ owner }) => owner.code), [anne.code]);
  const without = (await look('getLot', 'here', traded)).body;
  assert.equal(without.facts, null, 'events want a purpose');
  assert.equal(without.position_count, 1);
  const shop = (await look('getOperator', 'here', anne.code, 'supervision')).body;
  assert.equal(shop.registered.kind, 'retailer');
  assert.ok(shop.stock.rows.length > 0);
  assert.equal((await look('getOperator', 'plain', anne.code)).body.stock, null, 'stock wants the function');
  const outside = (await look('getOperator', 'here', ben.code, 'supervision')).body;
  assert.equal(outside.name, ben.name);
  assert.equal(outside.registered, null);
  assert.deepEqual(outside.stock.rows, []);
  assert.equal((await look('getPaper', 'here', anne.cert)).body.holder, anne.code);
  const looks = (await call('listLooks', { headers: as('anne') })).body.looks;
  assert.ok(looks.some((row) => row.role === 'regulator_county' && row.rule === 'territory-files'));
});

test('a page is full as long as there is more, and its token is nobody else\'s', async () => {
  for (let lot = 0; lot < 30; lot += 1) {
    for (const [name, shop] of [['ben', ben], ['anne', anne]]) {
      if (name === 'ben' || lot % 5 === 0) {
        const { status } = await call('captureEvent', { headers: as(name), body: { ...event(shop, { action: 'ADD', bizStep: 'commissioning', ...amount(`https://ns.suyuan.example/lot/many-${String(lot).padStart(3, '0')}-${shop.word}`) }), eventTime: '2026-01-08T08:00:00.000+08:00' } });
        assert.equal(status, 201);
      }
    }
  }
  const first = await search('anne', 'https://ns.suyuan.example/lot/many', { perPage: 4 });
  assert.equal(first.hits.length, 4);
  const second = await search('anne', 'https://ns.suyuan.example/lot/many', { perPage: 4, cursor: first.next });
  assert.equal(second.hits.length, 2);
  assert.equal(second.next, null);
  const stolen = await call('search', { headers: as('ben'), query: { q: 'https://ns.suyuan.example/lot/many', perPage: 4, cursor: first.next } });
  assert.equal(stolen.status, 400);
});
