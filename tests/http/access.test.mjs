// SPDX-License-Identifier: Apache-2.0
//
// Who may ask for what, by the real program: two shops of the same city, an inspector of each county,
// the three officers. Each shop's data bears a word that nobody else's has; it is looked for in every
// byte that the others are sent.

import assert from 'node:assert/strict';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { caller, operations } from './support/contract.mjs';
import { browser, cookieOf, createAccount, createKey, findings, importDocument, oneTimePassword, signIn, uscc } from './support/people.mjs';
import { startServer } from './support/server.mjs';
import { context, eventId } from './support/story.mjs';

const anne = uscc('91110105MA01ABCD1X');
const ben = uscc('91110106MA01ABCD2X');
const words = { anne: 'zanzibarsecretanne', ben: 'timbuktusecretben' };

let server;
let call;
let people;  // as made by the command line
let annesKey;
let signed;  // name → session

const as = (name) => browser(server.url, signed[name].cookie);
const asking = (name, why) => ({ ...as(name), 'Suyuan-Purpose': why });

before(async () => {
  people = {};
  const prepare = (folder) => {
    const make = (name, ...options) => {
      people[name] = createAccount(folder, name, ...options);
    };
    make('anne', '--kind', 'operator', '--role', 'operator_owner', '--operator', anne);
    make('ben', '--kind', 'operator', '--role', 'operator_owner', '--operator', ben);
    for (const [name, region] of [['here', '110105'], ['there', '110106']]) {
      make(name, '--kind', 'regulator', '--role', 'regulator_county', '--region', region, '--department', 'market_regulation');
    }
    for (const role of ['security', 'audit', 'system']) {
      make(role, '--kind', 'officer', '--role', `${role}_officer`);
    }
    importDocument(folder, register);
    annesKey = createKey(folder, '--name', 'till', '--use', 'hmac-sha256', '--role', 'integrator', '--operator', anne, '--action', 'capture', '--action', 'read');
  };
  server = await startServer({ prepare });
  call = caller(server.url);
  signed = {};
  for (const [name, made] of Object.entries(people)) {
    signed[name] = await signIn(call, server.url, made);
  }
  for (const [place, name] of ['anne', 'ben'].entries()) {
    const { status, body } = await call('captureEvent', { headers: as(name), body: harvest(name, place + 1) });
    assert.equal(status, 201, JSON.stringify(body));
  }
  for (const [name, event] of trade) {
    const { status, body } = await call('captureEvent', { headers: as(name), body: event });
    assert.equal(status, 201, JSON.stringify(body));
  }
});

after(async () => {
  assert.equal(await server?.stop((folder) => assert.deepEqual(findings(folder), [])), 0);
});

const lotOf = (name) => `https://ns.suyuan.example/lot/${words[name]}`;

const siteOf = (name) => `https://ns.suyuan.example/site/${words[name]}`;

// Each shop and its site lie in a county of their own.
const register = {
  '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
  epcisHeader: { epcisMasterData: { vocabularyList: [
    { type: 'urn:epcglobal:epcis:vtype:Party', vocabularyElementList: [['anne', anne, '110105'], ['ben', ben, '110106']].map(([name, id, region]) => ({
      id, attributes: [{ id: 'cbvmda:name', attribute: `the shop of ${name}` }, { id: 'https://ns.suyuan.example/epcis/region', attribute: region }],
    })) },
    { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: [['anne', anne, '110105'], ['ben', ben, '110106']].map(([name, id, region]) => ({
      id: siteOf(name),
      attributes: [{ id: 'https://ns.suyuan.example/epcis/operator', attribute: id }, { id: 'https://ns.suyuan.example/epcis/region', attribute: region }],
    })) },
  ] } },
  epcisBody: { eventList: [] },
};

// A lot that anne grew and sold to ben, each telling their half.
const traded = 'https://ns.suyuan.example/lot/traded';
const half = (name, day, rest) => ({
  '@context': context, type: 'ObjectEvent', eventTime: `2026-01-0${day}T08:00:00.000+08:00`, eventTimeZoneOffset: '+08:00',
  readPoint: { id: siteOf(name) }, quantityList: [{ epcClass: traded, quantity: 7, uom: 'KGM' }], ...rest,
});
const parties = {
  sourceList: [{ type: 'owning_party', source: anne }],
  destinationList: [{ type: 'owning_party', destination: ben }],
};
const trade = [
  ['anne', half('anne', 3, { action: 'ADD', bizStep: 'commissioning' })],
  ['anne', half('anne', 4, { action: 'OBSERVE', bizStep: 'shipping', ...parties })],
  ['ben', half('ben', 5, { action: 'OBSERVE', bizStep: 'receiving', ...parties })],
];

function harvest(name, number) {
  return {
    '@context': context,
    type: 'ObjectEvent', eventID: eventId(number), eventTime: `2026-01-0${number}T08:00:00.000+08:00`, eventTimeZoneOffset: '+08:00',
    action: 'ADD', bizStep: 'commissioning', readPoint: { id: siteOf(name) },
    quantityList: [{ epcClass: lotOf(name), quantity: 10, uom: 'KGM' }],
    bizTransactionList: [{ type: 'po', bizTransaction: `https://ns.suyuan.example/paper/${words[name]}` }],
  };
}

// Every GET route, with what the two shops' data would make somebody ask for.
function* everyQuestion() {
  const codes = [traded, lotOf('anne'), lotOf('ben'), anne, ben, words.anne, words.ben, eventId(1), eventId(2), '1', '2'];
  for (const [id, operation] of operations) {
    if (operation.method !== 'get' || operation.tags.includes('page')) {
      continue;
    }
    const name = /(?<=\{)\w+(?=\})/.exec(operation.path)?.[0];
    const takes = (parameter) => JSON.stringify(operation.parameters ?? []).match(new RegExp(`(parameters/|"name":")${parameter}"`, 'i'));
    for (const code of name || takes('code') || takes('q') ? codes : ['']) {
      const query = takes('code') ? { code } : takes('q') ? { q: code } : {};
      yield { id, path: name ? { [name]: code } : {}, query };
    }
  }
}

async function textOf({ id, path, query }, headers) {
  const target = operations.get(id).path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
  const response = await fetch(`${server.url}${target}?${new URLSearchParams(query)}`, { headers });
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return { status: response.status, text: `${head}\n${await response.text()}` };
}

test('once there is an account, everything but what is everybody\'s asks who comes', async () => {
  const open = new Set(['getHealth', 'getReadiness', 'getSession', 'getPage', 'getPageFile', 'signIn']);
  let refused = 0;
  for (const [id, operation] of operations) {
    const target = operation.path.replace(/\{\w+\}/g, 'x');
    const response = await fetch(`${server.url}${target}`, { method: operation.method.toUpperCase() });
    if (open.has(id)) {
      assert.notEqual(response.status, 401, id);
    } else {
      assert.equal(response.status, 401, id);
      assert.match(response.headers.get('WWW-Authenticate'), /Bearer/);
      refused += 1;
    }
  }
  assert.ok(refused > 50, `${refused} operations`);
  assert.equal((await fetch(`${server.url}/api/v1/no-such-thing`)).status, 401);
});

test('a problem is told in both languages', async () => {
  for (const [language, title] of [['zh', '未登录'], ['en', 'Not signed in']]) {
    const { status, body } = await call('getStats', { headers: { 'Accept-Language': language } });
    assert.equal(status, 401);
    assert.equal(body.title, title);
  }
});

test('a password alone does not do for an officer, and a code is good once', async () => {
  const { password } = signed.audit;
  const body = (code) => ({ name: 'audit', password, ...(code && { code }) });
  assert.equal((await call('signIn', { body: body() })).status, 401);
  const code = oneTimePassword(people.audit.enrolment);
  assert.equal((await call('signIn', { body: body(code) })).status, 200);
  assert.equal((await call('signIn', { body: body(code) })).status, 401);
});

test('whatever is wrong at sign-in is told in the same words', async () => {
  const details = new Set();
  for (const body of [{ name: 'nobody', password: 'x' }, { name: 'ben', password: 'wrong' }, { name: '', password: 'x' }]) {
    const { status, body: problem } = await call('signIn', { body });
    assert.equal(status, body.name ? 401 : 400);
    if (body.name) {
      details.add(problem.detail);
    }
  }
  assert.equal(details.size, 1);
});

test('the cookie is for this host, this browser and no script', async () => {
  const made = await call('signIn', { body: { name: 'ben', password: signed.ben.password } });
  assert.match(made.headers.get('Set-Cookie'), /^__Host-suyuan=[a-z0-9]+; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  assert.equal(made.body.account.name, 'ben');
  assert.equal(made.body.roles[0].name, 'operator_owner');
});

test('who was given a password can do nothing but change it', async () => {
  const before = await startServer({ prepare: (folder) => { people.new = createAccount(folder, 'new', '--kind', 'operator', '--role', 'operator_owner', '--operator', anne); } });
  try {
    const ask = caller(before.url);
    const first = await ask('signIn', { body: { name: 'new', password: people.new.password } });
    const headers = browser(before.url, cookieOf(first));
    const refused = await ask('queryEvents', { headers });
    assert.equal(refused.status, 403);
    assert.equal((await ask('listKeys', { headers })).body.type, 'https://ns.suyuan.example/problems/password-change-needed');
    assert.ok(!first.body.operations.includes('queryEvents'));
    assert.equal((await ask('changePassword', { headers, body: { password: people.new.password, new_password: 'short' } })).status, 400);
  } finally {
    await before.stop();
  }
});

test('a write with a session comes from our own pages', async () => {
  const { cookie } = signed.ben;
  const cases = [
    [{ Cookie: cookie }, 403],
    [{ Cookie: cookie, Origin: 'https://evil.example' }, 403],
    [{ Cookie: cookie, Origin: 'null' }, 403],
    [{ Cookie: cookie, Origin: server.url.replace('http', 'https') }, 403],
    [{ Cookie: cookie, Origin: server.url, 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ Cookie: cookie, Origin: server.url, 'Sec-Fetch-Site': 'same-site' }, 403],
  ];
  for (const [headers, status] of cases) {
    for (const operation of ['captureEvent', 'captureDocument', 'createKey', 'signOut', 'changePassword']) {
      const answer = await call(operation, { headers, body: {} });
      assert.equal(answer.status, status, `${operation} ${JSON.stringify(headers)}`);
    }
  }
  assert.equal((await call('queryEvents', { headers: { Cookie: cookie } })).status, 200, 'the session lives');
  const form = await call('signIn', { headers: { 'Content-Type': 'text/plain' }, body: '{"name":"ben","password":"x"}' });
  assert.equal(form.status, 415);
});

test('two ways of saying who comes are none', async () => {
  const headers = { ...as('ben'), Authorization: 'Bearer suyuan_k_x' };
  assert.equal((await call('queryEvents', { headers })).status, 401);
  assert.equal((await call('queryEvents', { headers: { Cookie: `${signed.ben.cookie}; ${signed.anne.cookie}` } })).status, 401);
});

test('an ended session is nobody\'s at the next request, and the page still comes', async () => {
  const made = await call('signIn', { body: { name: 'ben', password: signed.ben.password } });
  const headers = browser(server.url, cookieOf(made));
  assert.equal((await call('getSession', { headers })).body.came, 'session');
  const sessions = (await call('listSessions', { headers })).body.sessions;
  assert.ok(sessions.length >= 2);
  const mine = sessions.find((session) => session.is_this);
  assert.equal((await call('endSession', { headers: as('anne'), path: { id: mine.id } })).status, 404, 'somebody else\'s');
  assert.equal((await call('endSession', { headers: as('ben'), path: { id: mine.id } })).status, 204);
  const refused = await call('queryEvents', { headers });
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get('Set-Cookie'), /Max-Age=0/);
  assert.equal((await call('getSession', { headers })).body.came, 'nobody');
  assert.equal((await fetch(server.url, { headers })).status, 200);
  const again = await call('signIn', { body: { name: 'ben', password: signed.ben.password } });
  assert.equal((await call('signOut', { headers: browser(server.url, cookieOf(again)) })).status, 204);
  assert.equal((await call('queryEvents', { headers: browser(server.url, cookieOf(again)) })).status, 401);
});

test('a shop sees its own events', async () => {
  for (const [name, other] of [['anne', 'ben'], ['ben', 'anne']]) {
    const { body } = await call('queryEvents', { headers: as(name) });
    const list = body.epcisBody.queryResults.resultsBody.eventList;
    assert.equal(list.length, name === 'anne' ? 3 : 2);
    assert.match(JSON.stringify(body), new RegExp(words[name]));
    assert.doesNotMatch(JSON.stringify(body), new RegExp(words[other]));
  }
});

test('what is somebody else\'s is answered as what is not there', async () => {
  const told = async (operation, path) => {
    const { status, body } = await call(operation, { headers: as('anne'), path });
    return { status, text: JSON.stringify({ ...body, instance: '' }).replaceAll(Object.values(path)[0], '…') };
  };
  for (const [operation, name, theirs, nobodys] of [['getEvent', 'eventID', eventId(2), eventId(77)], ['getRecord', 'record', '2', '77']]) {
    const found = await told(operation, { [name]: theirs });
    assert.equal(found.status, 404);
    assert.deepEqual(found, await told(operation, { [name]: nobodys }));
  }
});

test('no byte of somebody else\'s in any answer', async () => {
  let answers = 0;
  const statuses = {};
  const crawl = async (name, headers, foreign) => {
    for (const question of everyQuestion()) {
      const { status, text } = await textOf(question, headers);
      assert.ok(status < 500, `${question.id} ${status}`);
      const asked = JSON.stringify(question).toLowerCase();
      for (const word of foreign) {
        // What was asked for may be said again.
        if (!asked.includes(word)) {
          assert.ok(!text.toLowerCase().includes(word), `${name} ${question.id} ${asked}`);
        }
        if (status === 200) {
          assert.ok(!text.toLowerCase().includes(word), `${name} was answered: ${question.id} ${asked}`);
        }
      }
      answers += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await crawl('anne', as('anne'), [words.ben]);
  await crawl('ben', as('ben'), [words.anne]);
  for (const [name, foreign] of [['here', [words.ben]], ['there', [words.anne]], ...['security', 'audit', 'system'].map((name) => [name, Object.values(words)])]) {
    for (const why of [undefined, 'supervision', 'security']) {
      await crawl(name, why ? asking(name, why) : as(name), foreign);
    }
  }
  await crawl('nobody', {}, [words.anne, words.ben]);
  assert.ok(answers > 2_000 && !statuses[429], `${answers} answers`);
  console.log(`crawled ${answers} answers: ${JSON.stringify(statuses)}`);
});

test('counts are nobody\'s but the system officer\'s', async () => {
  for (const name of ['security', 'audit', 'system']) {
    const { operations } = (await call('getSession', { headers: as(name) })).body;
    assert.equal(operations.includes('getStats'), name === 'system', name);
  }
  for (const name of ['anne', 'here', 'security', 'audit']) {
    assert.equal((await call('getStats', { headers: as(name) })).status, 403, name);
  }
  assert.ok((await call('getStats', { headers: as('system') })).body.events >= 5);
  const { body } = await call('getReadiness');
  assert.deepEqual(Object.keys(body), ['status']);
});

test('what cannot be narrowed is refused, and says so', async () => {
  const not = async (operation, request) => {
    const { status, body } = await call(operation, { headers: as('anne'), ...request });
    assert.equal(status, 403, operation);
    assert.equal(body.type, 'https://ns.suyuan.example/problems/not-scoped', operation);
  };
  await not('trace', { query: { code: lotOf('anne'), format: 'csv' } });
  await not('getTraceExport', { query: { code: lotOf('anne'), format: 'fsma204' } });
});

test('an inspector says why, and sees the territory alone', async () => {
  const without = await call('getRecord', { headers: as('here'), path: { record: '1' } });
  assert.equal(without.status, 403);
  assert.equal(without.body.type, 'https://ns.suyuan.example/problems/purpose-needed');
  assert.match(without.body.detail, /supervision/);
  assert.equal((await call('getRecord', { headers: asking('here', 'king'), path: { record: '1' } })).status, 400);
  const read = async (name, record) => (await call('getRecord', { headers: asking(name, 'supervision'), path: { record } })).status;
  assert.equal(await read('here', '1'), 200);
  assert.equal(await read('here', '2'), 404);
  assert.equal(await read('there', '1'), 404);
  assert.equal(await read('there', '2'), 200);
  const page = await call('queryEvents', { headers: asking('there', 'supervision') });
  assert.equal(page.body.epcisBody.queryResults.resultsBody.eventList.length, 2);
});

test('a trace goes one step, and tells of a partner who and when', async () => {
  const trace = async (name, code) => call('trace', { headers: as(name), query: { code, direction: 'full' } });
  for (const [name, partner] of [['anne', 'ben'], ['ben', 'anne']]) {
    const { status, body } = await trace(name, traded);
    assert.equal(status, 200, JSON.stringify(body));
    const text = JSON.stringify(body);
    assert.match(text, new RegExp(`the shop of ${partner}`));
    assert.match(text, new RegExp(words[name]));
    assert.doesNotMatch(text, new RegExp(words[partner]));
  }
  const strip = ({ body }, code) => JSON.stringify({ ...body, instance: '' }).replaceAll(code, '…');
  const theirs = await trace('anne', lotOf('ben'));
  const nobodys = await trace('anne', 'https://ns.suyuan.example/lot/nowhere');
  assert.equal(theirs.status, 404);
  assert.equal(strip(theirs, lotOf('ben')), strip(nobodys, 'https://ns.suyuan.example/lot/nowhere'));
  assert.equal((await call('trace', { headers: asking('here', 'supervision'), query: { code: traded } })).status, 200);
});

test('who was looked at sees who looked, when and why, and not who they were', async () => {
  const { body } = await call('listLooks', { headers: as('anne') });
  const inspector = body.looks.find((look) => look.rule === 'territory-events');
  assert.equal(inspector.purpose, 'supervision');
  assert.equal(inspector.organisation, 'market_regulation');
  assert.equal(inspector.role, 'regulator_county');
  assert.match(inspector.fields, /quantity/);
  const partner = body.looks.find((look) => look.act === 'trace' && look.rule === 'own-trace');
  assert.equal(partner.organisation, ben);
  for (const { id } of Object.values(people)) {
    assert.ok(!JSON.stringify(body).includes(id));
  }
  const first = await call('listLooks', { headers: as('anne'), query: { perPage: 1 } });
  assert.deepEqual(first.body.looks, body.looks.slice(0, 1));
  const next = await call('listLooks', { headers: as('anne'), query: { perPage: 1, cursor: first.body.next } });
  assert.deepEqual(next.body.looks, body.looks.slice(1, 2));
  assert.equal((await call('listLooks', { headers: as('ben'), query: { cursor: first.body.next } })).status, 400, 'of nobody else');
  const during = async (query) => (await call('listLooks', { headers: as('anne'), query })).body.looks.length;
  // Moments are told to the nearest millisecond.
  const newest = Date.parse(body.looks[0].at);
  assert.equal(await during({ from: '2026-01-01', to: new Date(newest + 1).toISOString() }), body.looks.length);
  assert.ok(await during({ from: new Date(newest - 1).toISOString() }) >= 1);
  assert.equal(await during({ to: '2026-01-01' }), 0);
});

test('nobody but an operator adds records', async () => {
  for (const name of ['here', 'security', 'audit', 'system']) {
    const { status } = await call('captureEvent', { headers: asking(name, 'supervision'), body: harvest('ben', 3) });
    assert.equal(status, 403, name);
  }
});

test('an operator registers nothing about others', async () => {
  const body = {
    '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList: [{
      type: 'urn:epcglobal:epcis:vtype:Party',
      vocabularyElementList: [{ id: ben, attributes: [{ id: 'cbvmda:name', attribute: 'not ben' }] }],
    }] } },
    epcisBody: { eventList: [] },
  };
  const { status, headers } = await call('captureDocument', { headers: as('anne'), body });
  if (status === 202) {
    const captureID = headers.get('Location').split('/').at(-1);
    let job;
    do {
      job = (await call('getCaptureJob', { headers: as('anne'), path: { captureID } })).body;
    } while (job.running);
    assert.equal(job.success, false);
    assert.equal((await call('getCaptureJob', { headers: as('ben'), path: { captureID } })).status, 404, 'not ben\'s job');
  } else {
    assert.ok(status >= 400 && status < 500, String(status));
  }
});

function signatureOf(secret, keyId, method, target, body, changes = {}) {
  const nonce = changes.nonce ?? randomUUID();
  const created = changes.created ?? Math.floor(Date.now() / 1000);
  const digest = body === undefined ? undefined : `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const covered = ['"@method"', '"@target-uri"', ...(digest ? ['"content-digest"', '"content-type"'] : [])].join(' ');
  const parameters = `(${covered});created=${created};nonce="${nonce}";keyid="${keyId}";alg="hmac-sha256"`;
  const lines = [`"@method": ${method}`, `"@target-uri": ${target}`];
  if (digest) {
    lines.push(`"content-digest": ${digest}`, '"content-type": application/json');
  }
  lines.push(`"@signature-params": ${parameters}`);
  const code = createHmac('sha256', Buffer.from(secret, 'base64')).update(lines.join('\n')).digest('base64');
  return {
    ...(digest && { 'Content-Digest': digest }),
    'Signature-Input': `sig1=${parameters}`,
    Signature: `sig1=:${code}:`,
  };
}

test('a signed request is taken once, and only as it was signed', async () => {
  const target = `${server.url}/epcis/events`;
  const headers = signatureOf(annesKey.secret, annesKey.id, 'GET', target);
  const first = await call('queryEvents', { headers });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.match(JSON.stringify(first.body), new RegExp(words.anne));
  assert.doesNotMatch(JSON.stringify(first.body), new RegExp(words.ben));
  assert.equal((await call('queryEvents', { headers })).status, 401, 'again');
  const fresh = (changes) => signatureOf(annesKey.secret, annesKey.id, 'GET', target, undefined, changes);
  assert.equal((await call('queryEvents', { headers: fresh(), query: { perPage: 1 } })).status, 401, 'another target');
  assert.equal((await call('queryEvents', { headers: fresh({ created: 1_767_571_200 }) })).status, 401, 'too old');
  assert.equal((await call('queryEvents', { headers: signatureOf('AAAA', annesKey.id, 'GET', target) })).status, 401, 'another secret');
  const body = JSON.stringify(harvest('anne', 5));
  const post = (sent) => call('captureEvent', { headers: signatureOf(annesKey.secret, annesKey.id, 'POST', target, body), body: sent });
  assert.ok([400, 401].includes((await post(body.replace('10', '11'))).status), 'another content');
  assert.equal((await post(body)).status, 201);
  const foreign = await call('listKeys', { headers: signatureOf(annesKey.secret, annesKey.id, 'GET', `${server.url}/api/v1/keys`) });
  assert.equal(foreign.status, 403, 'a key does what it was made for');
});

test('an owner makes keys after a new proof, and takes them back', async () => {
  const wanted = { name: 'scale', use: 'bearer', actions: ['read'] };
  const made = await call('createKey', { headers: as('ben'), body: wanted });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.operator, ben);
  const headers = { Authorization: `Bearer ${made.body.secret}` };
  const seen = await call('queryEvents', { headers });
  assert.equal(seen.status, 200);
  assert.doesNotMatch(JSON.stringify(seen.body), new RegExp(words.anne));
  assert.equal((await call('captureEvent', { headers, body: harvest('ben', 6) })).status, 403, 'it reads only');
  assert.ok((await call('listKeys', { headers: as('ben') })).body.keys.some(({ id }) => id === made.body.id));
  const others = (await call('listKeys', { headers: as('anne') })).body.keys;
  assert.deepEqual(others.map(({ id }) => id), [annesKey.id]);
  assert.equal((await call('revokeKey', { headers: as('anne'), path: { id: made.body.id } })).status, 404);
  assert.equal((await call('revokeKey', { headers: as('anne'), path: { id: 'k0' } })).status, 404);
  assert.equal((await call('revokeKey', { headers: as('ben'), path: { id: made.body.id } })).status, 204);
  assert.equal((await call('queryEvents', { headers })).status, 401, 'at the next request');
  assert.equal((await call('createKey', { headers: as('ben'), body: { ...wanted, operator: anne } })).status, 400, 'for nobody else');
  for (const name of ['here', 'audit', 'system']) {
    assert.equal((await call('createKey', { headers: as(name), body: wanted })).status, 403, name);
  }
});

test('the trail tells what was done, and its officer alone reads it', async () => {
  const body = { password: signed.audit.password, ...signed.audit.proof() };
  const again = await call('reauthenticate', { headers: as('audit'), body });
  assert.equal(again.status, 200, JSON.stringify(again.body));
  signed.audit.cookie = cookieOf(again);
  assert.equal((await call('searchAudit', { headers: as('audit') })).body.type, 'https://ns.suyuan.example/problems/purpose-needed');
  const trail = async (query) => (await call('searchAudit', { headers: asking('audit', 'security'), query })).body.rows;
  const captures = await trail({ actor: people.anne.id, act: 'capture' });
  assert.ok(captures.length >= 1);
  assert.equal(captures.at(-1).rule, 'own-capture');
  assert.equal(captures.at(-1).role, 'operator_owner');
  assert.equal(captures.at(-1).organisation, anne);
  assert.ok((await trail({ act: 'key_create' })).length >= 1);
  assert.ok((await trail({ act: 'sign_in' })).some((row) => row.outcome === 'denied'));
  assert.ok((await trail({ actor: people.here.id, act: 'capture' })).every((row) => row.outcome === 'denied'));
  assert.ok((await trail({ act: 'audit' })).length >= 1, 'the search itself');
  assert.ok((await trail({ act: 'audit', from: '2026-01-01' })).length >= 1);
  assert.equal((await trail({ to: '2026-01-01' })).length, 0);
  const page = await call('searchAudit', { headers: asking('audit', 'security'), query: { perPage: 2 } });
  assert.equal(page.body.rows.length, 2);
  const next = await call('searchAudit', { headers: asking('audit', 'security'), query: { perPage: 2, cursor: page.body.next } });
  assert.ok(next.body.rows[0].number < page.body.rows[1].number);
  for (const name of ['anne', 'here', 'security', 'system']) {
    assert.equal((await call('searchAudit', { headers: asking(name, 'security') })).status, 403, name);
  }
});

test('a cursor of the looks is one of ours', async () => {
  assert.equal((await call('listLooks', { headers: as('anne'), query: { cursor: '7' } })).status, 400);
  assert.equal((await call('listLooks', { headers: as('system') })).status, 403);
});
