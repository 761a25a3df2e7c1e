// SPDX-License-Identifier: Apache-2.0
//
// Two stores that differ only in what one operator and its partners did: ben and carl, who have nothing to do with anne but
// that ben may deal with pia, to whom anne sells. Anne, her system and an inspector of her county must not be able to tell
// the stores apart.

import assert from 'node:assert/strict';

import { caller, operations } from './contract.mjs';
import { browser, createAccount, createKey, importDocument, signIn, uscc } from './people.mjs';
import { eventually, startServer } from './server.mjs';
import { context } from './story.mjs';

// A generator of numbers that a seed repeats: mulberry32.
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { below: (bound) => next() % bound, of: (list) => list[next() % list.length], next };
}

const parties = Object.fromEntries([
  ['anne', '91110105MA01ABCD1X', '110105'], ['pia', '91110107MA01ABCD4X', '110107'],
  ['ben', '91110106MA01ABCD2X', '110106'], ['carl', '91110108MA01ABCD3X', '110108'],
].map(([name, code, region]) => [name, { name, id: uscc(code), region, site: `https://ns.suyuan.example/site/${name}` }]));

const register = (() => {
  const ours = (name, value) => ({ id: `https://ns.suyuan.example/epcis/${name}`, attribute: value });
  const all = Object.values(parties);
  return {
    '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList: [
      { type: 'urn:epcglobal:epcis:vtype:Party', vocabularyElementList: all.map(({ name, id, region }) => ({ id, attributes: [{ id: 'cbvmda:name', attribute: `shop ${name}` }, ours('region', region)] })) },
      { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: all.map(({ id, site, region }) => ({ id: site, attributes: [ours('operator', id), ours('region', region)] })) },
    ] } },
    epcisBody: { eventList: [] },
  };
})();

const lot = (name, number) => `https://ns.suyuan.example/lot/${name}-${number}`;
const uuid = (roll) => `urn:uuid:${[8, 4, 4, 4, 12].map((digits) => Array.from({ length: digits }, () => roll.below(16).toString(16)).join('')).join('-')}`;

const told = (roll, who, rest, at = roll.below(20)) => ({
  '@context': context, type: 'ObjectEvent', eventID: uuid(roll), eventTimeZoneOffset: '+08:00',
  eventTime: `2026-02-${String(1 + at).padStart(2, '0')}T${String(roll.below(24)).padStart(2, '0')}:00:00.000+08:00`,
  readPoint: { id: parties[who].site }, ...rest,
});
const goods = (code, quantity) => ({ quantityList: [{ epcClass: code, quantity, uom: 'KGM' }] });
const grown = (roll, who, code) => told(roll, who, { action: 'ADD', bizStep: 'commissioning', ...goods(code, 1 + roll.below(90)) });
const handed = (roll, who, bizStep, code, from, to) => told(roll, who, {
  action: 'OBSERVE', bizStep, ...goods(code, 1 + roll.below(9)),
  sourceList: [{ type: 'owning_party', source: parties[from].id }], destinationList: [{ type: 'owning_party', destination: parties[to].id }],
});

// One store with its server and everybody signed in.
async function openWorld() {
  const made = {};
  let key;
  const server = await startServer({
    prepare: (folder) => {
      for (const { name, id } of Object.values(parties)) {
        made[name] = createAccount(folder, name, '--kind', 'operator', '--role', 'operator_owner', '--operator', id);
      }
      made.inspector = createAccount(folder, 'inspector', '--kind', 'regulator', '--role', 'regulator_county', '--region', '110105', '--department', 'market_regulation');
      importDocument(folder, register);
      key = createKey(folder, '--name', 'till', '--use', 'bearer', '--role', 'integrator', '--operator', parties.anne.id, '--action', 'read', '--action', 'trace', '--action', 'search', '--action', 'capture');
    },
  });
  const call = caller(server.url);
  const headers = {};
  for (const [name, account] of Object.entries(made)) {
    headers[name] = browser(server.url, (await signIn(call, server.url, account)).cookie);
  }
  return {
    server, call, headers, known: {},
    askers: { anne: headers.anne, 'her system': { Authorization: `Bearer ${key.secret}` }, 'an inspector': { ...headers.inspector, 'Suyuan-Purpose': 'supervision' } },
    say: async (name, event) => {
      const { status, body } = await call('captureEvent', { headers: headers[name], body: event });
      assert.equal(status, 201, JSON.stringify(body));
    },
  };
}

// What ben and carl may do, each in a way that could show somewhere: numbers, sizes, names, ids.
function strangersAct(world, roll, hers) {
  const number = roll.below(1000);
  const own = lot('ben', number);
  const hidden = roll.of(hers);
  return roll.of([
    () => world.say('ben', grown(roll, 'ben', own)),
    async () => {
      await world.say('ben', grown(roll, 'ben', own));
      await world.say('ben', handed(roll, 'ben', 'shipping', own, 'ben', 'carl'));
      await world.say('carl', handed(roll, 'carl', 'receiving', own, 'ben', 'carl'));
    },
    // Anne's goods, further on. Not yet that ben had them of pia: anne's own trace would say that pia has them (SECURITY.md).
    () => world.say('carl', handed(roll, 'carl', 'receiving', hidden.lot, 'ben', 'carl')),
    () => world.say('ben', handed(roll, 'ben', 'receiving', own, 'pia', 'ben')),
    // Anne's ids and anne's words, in ben's mouth.
    () => world.say('ben', { ...grown(roll, 'ben', own), eventID: hidden.event.eventID }),
    () => world.say('ben', { ...hidden.event, readPoint: { id: parties.ben.site } }),
    () => world.say('ben', told(roll, 'ben', { action: 'ADD', bizStep: 'commissioning', ...goods(lot('anne', 5000 + number), 3) })),
    () => world.say('ben', {
      ...told(roll, 'ben', { bizStep: 'commissioning' }), type: 'TransformationEvent',
      inputQuantityList: [{ epcClass: hidden.lot, quantity: 1, uom: 'KGM' }], outputQuantityList: [{ epcClass: own, quantity: 1, uom: 'KGM' }],
    }),
    async () => {
      await world.call('trace', { headers: world.headers.ben, query: { code: hidden.lot } });
      await world.call('queryEvents', { headers: world.headers.ben });
    },
    () => world.call('createKey', { headers: world.headers.ben, body: { name: `key ${number}`, use: 'hmac-sha256', actions: ['read'] } }),
    () => world.call('signIn', { body: { name: 'carl', password: 'wrong' } }),
    async () => {
      const { '@context': _, ...event } = grown(roll, 'carl', lot('carl', number));
      const accepted = await world.call('captureDocument', { headers: world.headers.carl, body: { '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z', epcisBody: { eventList: [event] } } });
      assert.equal(accepted.status, 202);
      const captureID = accepted.headers.get('Location').split('/').at(-1);
      await eventually(async () => !(await world.call('getCaptureJob', { headers: world.headers.carl, path: { captureID } })).body.running, 'a job');
    },
  ])();
}

// What anne and pia do is the same in both.
function ownAct(roll, hers) {
  const number = hers.length;
  const code = number > 0 && roll.below(2) ? roll.of(hers).lot : lot('anne', number);
  const acts = [];
  const grow = grown(roll, 'anne', code);
  acts.push(['anne', grow]);
  hers.push({ lot: code, event: grow });
  if (roll.below(2)) {
    acts.push(['anne', handed(roll, 'anne', 'shipping', code, 'anne', 'pia')]);
    if (roll.below(2)) {
      acts.push(['pia', handed(roll, 'pia', 'receiving', code, 'anne', 'pia')]);
    }
  }
  return acts;
}

// Every GET route, with what anne knows of her own, with what she might guess, and with nonsense.
function* questions(hers) {
  const codes = [
    ...hers.slice(-2).map((one) => one.lot), ...hers.slice(-1).map(({ event }) => event.eventID), parties.anne.id, parties.pia.id, parties.ben.id, parties.anne.site,
    lot('ben', 1), lot('nobody', 1), 'ben', 'shop', '999999999',
  ];
  const last = hers.at(-1).lot;
  const more = {
    queryEvents: [
      { MATCH_anyEPCClass: last }, { EQ_bizStep: 'shipping|receiving' }, { orderBy: 'eventTime', perPage: '2' }, { EQ_eventID: hers[0].event.eventID },
      { EQ_source_owning_party: parties.pia.id }, { EQ_readPoint: parties.ben.site }, { GE_eventTime: '2026-02-10T00:00:00Z' }, { MATCH_anyEPCClass: lot('ben', 1) },
    ],
    trace: [
      { code: last, direction: 'back' }, { code: last, direction: 'forward' }, { code: last, direction: 'full', perPage: '1' }, { code: last, owner: parties.pia.id },
      { code: last, site: parties.ben.site }, { code: last, format: 'table' }, { code: last, from: '2026-02-05', to: '2026-02-15' }, { code: parties.pia.id, kind: 'operator' },
    ],
  };
  for (const [id, operation] of operations) {
    if (operation.method !== 'get' || operation.tags.includes('page')) {
      continue;
    }
    for (const query of more[id] ?? []) {
      yield { id, path: {}, query };
    }
    const parameter = /(?<=\{)\w+(?=\})/.exec(operation.path)?.[0];
    const takes = (name) => JSON.stringify(operation.parameters ?? []).match(new RegExp(`(parameters/|"name":")${name}"`, 'i'));
    const numbered = { record: ['«her record»'], key: ['«her position»'] }[parameter] ?? [];
    for (const code of parameter || takes('code') || takes('q') ? [...numbered, ...codes] : ['']) {
      const query = { ...(takes('code') && { code }), ...(takes('q') && { q: code }), ...(takes('position') && { position: '«her position»' }) };
      yield { id, path: parameter ? { [parameter]: code } : {}, query };
      if (takes('perPage') || takes('pageSize')) {
        yield { id, path: parameter ? { [parameter]: code } : {}, query: { ...query, perPage: '1' } };
      }
    }
  }
}

// Times of records, ids of requests, sessions, keys and jobs, places in the log: what two stores cannot have in common.
export function withoutIds(text) {
  return text
    .replace(/"instance":"urn:uuid:[0-9a-f-]{36}"/g, '"instance":"«request»"')
    .replace(/"(recordTime|cut_off|created_at|creationDate|seen_at|expires_at|proved_at|at|known|known_at|recorded|record_time)":"[^"]*"/g, '"$1":"«time»"')
    .replace(/"seconds":[0-9.e-]+/g, '"seconds":«time»')
    .replace(/"(key|position)":"\d+\.\d+\.\d+"/g, '"$1":"«position»"')
    .replace(/"(record|log_index)":\d+/g, '"$1":«place»')
    .replace(/"(digest|cursor|next)":"[^"]*"/g, '"$1":"«id»"')
    .replace(/nextPageToken=[^>&]*/g, 'nextPageToken=«id»')
    .replace(/"id":"[0-9a-f]{16}"/g, '"id":"«session»"')
    .replace(/\bk[a-z2-7]{16}\b/g, '«key»')
    .replace(/"id":"[ag][a-z2-7]{16}"/g, '"id":"«account or grant»"')
    .replace(/127\.0\.0\.1:\d+/g, '«here»');
}

async function answerOf(world, headers, { id, path, query }) {
  const own = (value) => world.known[value] ?? value;
  const target = operations.get(id).path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(own(path[name])));
  const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(own(value))}`).join('&');
  const response = await fetch(`${world.server.url}${target}?${search}`, { headers: { 'Accept-Language': 'en', ...headers } });
  const bytes = Buffer.from(await response.arrayBuffer());
  // Reports and workbooks bear the moment at which they were made and numbers of records, packed: what they are made of, the
  // trace, is compared instead, and territory.test.mjs looks for foreign words inside.
  const isPacked = /pdf|spreadsheet/.test(response.headers.get('Content-Type') ?? '');
  const body = isPacked ? '«file»' : bytes.toString('latin1');
  if (id === 'trace' && response.status === 200) {
    // What is hers and has another number in each store: asked for by these words.
    world.known['«her record»'] ??= /"record":(\d+)/.exec(body)?.[1];
    world.known['«her position»'] ??= /"key":"(\d+\.\d+\.\d+)"/.exec(body)?.[1];
  }
  const kept = [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  return {
    text: withoutIds(`${response.status}\n${kept.map(([name, value]) => `${name}: ${value}`).sort().join('\n')}\n\n${body}`),
    next: response.headers.get('Link')?.match(/nextPageToken=([^>&]*)/)?.[1], status: response.status,
  };
}

function assertEqual(one, other, what) {
  if (one !== other) {
    const place = [...one].findIndex((letter, at) => letter !== other[at]);
    const from = Math.max(0, place - 300);
    assert.fail(`${what}\n${one.slice(from, place + 1200)}\n-- but --\n${other.slice(from, place + 1200)}`);
  }
}

async function compareOne(pair, asker, question, tally) {
  const [one, other] = await Promise.all(pair.map((world) => answerOf(world, world.askers[asker], question)));
  tally.answers += 1;
  tally.statuses[one.status] = (tally.statuses[one.status] ?? 0) + 1;
  assertEqual(one.text, other.text, `${asker} can tell the worlds apart: ${JSON.stringify(question)}`);
  assert.equal(one.next === undefined, other.next === undefined);
  if (one.next) {
    // The page after it, by the token of each.
    const pages = await Promise.all(pair.map((world, place) => answerOf(world, world.askers[asker], {
      ...question, query: { ...question.query, nextPageToken: decodeURIComponent([one, other][place].next) },
    })));
    assertEqual(pages[0].text, pages[1].text, `${asker} can tell the worlds apart by the next page: ${JSON.stringify(question)}`);
    tally.answers += 1;
  }
  return one.status;
}

// Open (SECURITY.md): a trace within a territory knows moments and receipts that only somebody elsewhere told of.
const countsElsewhere = ['trace', 'explain', 'getTraceReport', 'getTraceExport', 'getPosition'];

// What is refused whatever it is asked is asked once.
async function askAll(pair, asker, hers, tally) {
  const refused = new Set();
  for (const question of questions(hers)) {
    if (asker === 'an inspector' && countsElsewhere.includes(question.id)) {
      continue;
    }
    if (!refused.has(question.id) && (await compareOne(pair, asker, question, tally)) === 403) {
      refused.add(question.id);
    }
  }
}

// What ben is told of a lot of anne's once he has said that he used it: { trace, looks } as texts, the looks anne's.
export async function claimTold(seed) {
  const world = await openWorld();
  try {
    const roll = dice(seed);
    const code = lot('anne', 0);
    await world.say('anne', told(roll, 'anne', { action: 'ADD', bizStep: 'commissioning', ...goods(code, 90) }, 0));
    const use = { quantity: 1, uom: 'KGM' };
    await world.say('ben', {
      ...told(roll, 'ben', { bizStep: 'commissioning' }, 5), type: 'TransformationEvent',
      inputQuantityList: [{ epcClass: code, ...use }], outputQuantityList: [{ epcClass: lot('ben', 0), ...use }],
    });
    const trace = await world.call('trace', { headers: world.headers.ben, query: { code } });
    assert.equal(trace.status, 200);
    const looks = await world.call('listLooks', { headers: world.headers.anne });
    return { trace: JSON.stringify(trace.body), looks: JSON.stringify(looks.body.looks) };
  } finally {
    await world.server.stop();
  }
}

// Two stores from one seed, `steps` times further apart; after each step all that can be asked is asked of both.
export async function comparePair(seed, steps, tally) {
  const pair = await Promise.all([openWorld(), openWorld()]);
  try {
    const same = dice(seed);
    const different = [dice(seed ^ 0x5eed), dice(seed ^ 0xf00d)];
    const hers = [];
    for (let step = 0; step < steps; step += 1) {
      const acts = hers.length === 0 || same.below(4) === 0 ? ownAct(same, hers) : [];
      for (const [who, event] of acts) {
        await Promise.all(pair.map((world) => world.say(who, event)));
      }
      for (const [place, world] of pair.entries()) {
        const count = different[place].below(3) + (place === step % 2 ? 1 : 0);
        for (let act = 0; act < count; act += 1) {
          await strangersAct(world, different[place], hers);
        }
      }
      for (const asker of Object.keys(pair[0].askers)) {
        await askAll(pair, asker, hers, tally);  // one after the other: looks are told in their order
      }
      tally.pairs += 1;
    }
  } finally {
    await Promise.all(pair.map((world) => world.server.stop()));
  }
}

