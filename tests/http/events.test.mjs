// SPDX-License-Identifier: Apache-2.0
//
// GET /epcis/events: every parameter, with a value that selects and one that does not; order; pages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller } from './support/contract.mjs';
import { startServer } from './support/server.mjs';
import * as story from './support/story.mjs';

let server;
let call;

before(async () => {
  server = await startServer();
  call = caller(server.url);
  await story.tell(call);
});

after(() => server?.stop());

// The numbers of the events that a query gives, "2!" for the declaration, in their order.
async function found(query) {
  const { status, body } = await call('queryEvents', { query });
  assert.equal(status, 200, JSON.stringify(body));
  return story.eventsOf(body).map((event) => Number(event.eventID.slice(-12)) + (event.errorDeclaration ? '!' : '')).join(' ');
}

const all = '1 2 3 4 5 6 2!';
const rawLotLink = 'https://id.gs1.org/01/06901234111118/10/A1';

// parameter, value that selects, numbers selected, values that select nothing
const rows = [
  ['eventType', 'ObjectEvent', '1 2 2!', []],
  ['eventType', 'AggregationEvent|AssociationEvent', '3 6', []],
  ['eventType', 'TransactionEvent', '4', []],
  ['eventType', 'TransformationEvent', '5', []],
  ['GE_eventTime', '2026-01-05T08:00:00+08:00', '5 6', ['2026-01-07T00:00:00Z']],
  ['GE_eventTime', '2026-01-06T00:00:00.000Z', '6', []],
  ['LT_eventTime', '2026-01-02T08:00:00+08:00', '1', ['2026-01-01T00:00:00Z']],
  ['GE_recordTime', '2026-01-01T00:00:00Z', all, ['2099-01-01T00:00:00Z']],
  ['LT_recordTime', '2099-01-01T00:00:00Z', all, ['2020-01-01T00:00:00Z']],
  ['EQ_action', 'ADD', '1 3 4', []],
  ['EQ_action', 'OBSERVE|DELETE', '2 6 2!', []],
  ['EQ_bizStep', 'shipping', '2 2!', ['receiving']],
  ['EQ_bizStep', 'urn:epcglobal:cbv:bizstep:packing|cbv:BizStep-accepting', '3 4', []],
  ['EQ_bizStep', 'https://ref.gs1.org/cbv/BizStep-disassembling', '6', []],
  ['EQ_disposition', 'in_progress', '3 4', ['recalled']],
  ['EQ_disposition', 'https://ref.gs1.org/cbv/Disp-active', '1 5', []],
  ['EQ_readPoint', story.farm, '1 2 3 2!', [story.shop]],
  ['EQ_readPoint', 'https://id.gs1.org/414/6901234000023/254/door', '4', []],
  ['EQ_bizLocation', story.plant, '4 5', [story.plantDoor]],
  ['EQ_bizLocation', `${story.farm}|${story.plant}`, '1 4 5', []],
  ['EQ_eventID', `${story.eventId(3)}|${story.eventId(5)}`, '3 5', [story.eventId(9)]],
  ['EQ_eventID', story.eventId(2), '2 2!', []],
  ['EQ_transformationID', 'urn:epc:id:gdti:6901234.00005.5', '5', ['urn:epc:id:gdti:6901234.00005.6']],
  ['EXISTS_errorDeclaration', 'true', '2!', []],
  ['EXISTS_errorDeclaration', 'false', all, []],
  ['MATCH_anyEPC', story.crate, '1 3', [rawLotLink]],
  ['MATCH_anyEPC', story.otherCrate, '1 4 5', []],
  ['MATCH_anyEPC', story.crateClass, '1 3 4 5', ['urn:epc:idpat:sgtin:6901234.099999.*']],
  ['MATCH_anyEPC', story.pallet, '3', []],
  ['MATCH_epc', story.crate, '1 3', [story.pallet]],
  ['MATCH_epc', story.otherCrate, '1 4', []],
  ['MATCH_parentID', `${story.pallet}|${story.box}`, '3 6', [story.crate]],
  ['MATCH_inputEPC', story.otherCrate, '5', [story.crate]],
  ['MATCH_outputEPC', 'urn:epc:id:sgtin:6901234.055555.5', '5', [story.otherCrate]],
  ['MATCH_epcClass', story.rawLot, '1 2 3 2!', [story.soupLot]],
  ['MATCH_epcClass', rawLotLink, '1 2 3 2!', []],
  ['MATCH_epcClass', 'https://id.gs1.org/01/06901234111118/10/*', '1 2 3 2!', ['https://id.gs1.org/01/06901234999990/*']],
  ['MATCH_anyEPCClass', story.rawLot, '1 2 3 5 2!', [story.crate]],
  ['MATCH_inputEPCClass', story.rawLot, '5', [story.soupLot]],
  ['MATCH_outputEPCClass', story.soupLot, '5', [story.rawLot]],
  ['EQ_source_owning_party', story.grower, '2 2!', [story.packer]],
  ['EQ_source_location', story.farm, '2 2!', [story.plant]],
  ['EQ_destination_owning_party', `${story.grower}|${story.packer}`, '2 2!', [story.carrier]],
  ['EQ_destination_possessing_party', story.carrier, '2 2!', [story.packer]],
  ['EQ_bizTransaction_po', 'http://example.com/po/4', '4', ['http://example.com/order/1']],
  ['EQ_bizTransaction_desadv', 'urn:epcglobal:cbv:bt:6901234000014:SHIP-1', '2 2!', []],
];

for (const [name, value, numbers, others] of rows) {
  test(`${name}=${value} selects ${numbers}`, async () => {
    assert.equal(await found({ [name]: value }), numbers);
  });
  for (const other of others) {
    test(`${name}=${other} selects nothing`, async () => {
      assert.equal(await found({ [name]: other }), '');
    });
  }
}

test('criteria are joined by "and"', async () => {
  assert.equal(await found({ EQ_readPoint: story.farm, EQ_action: 'ADD' }), '1 3');
  assert.equal(await found({ EQ_readPoint: story.farm, EQ_action: 'DELETE' }), '');
  assert.equal(await found({ MATCH_epc: story.otherCrate, MATCH_epcClass: story.rawLot }), '1');
});

test('events come in the order asked for', async () => {
  assert.equal(await found({}), all);
  assert.equal(await found({ orderBy: 'recordTime', orderDirection: 'ASC' }), all);
  assert.equal(await found({ orderBy: 'recordTime' }), '2! 6 5 4 3 2 1');
  assert.match(await found({ orderBy: 'eventTime' }), /^6 5 4 3 (2 2!|2! 2) 1$/);
  assert.match(await found({ orderBy: 'eventTime', orderDirection: 'ASC' }), /^1 (2 2!|2! 2) 3 4 5 6$/);
});

for (const order of [{}, { orderBy: 'recordTime' }, { orderBy: 'eventTime' }, { orderBy: 'eventTime', orderDirection: 'ASC' }]) {
  for (const perPage of ['1', '2', '3', '7']) {
    test(`pages of ${perPage} in ${JSON.stringify(order)} hold everything once`, async () => {
      const numbers = [];
      let target = `${server.url}/epcis/events?${new URLSearchParams({ ...order, perPage })}`;
      let pages = 0;
      while (target) {
        const response = await fetch(target);
        assert.equal(response.status, 200);
        const list = story.eventsOf(await response.json());
        assert.ok(list.length <= Number(perPage));
        numbers.push(...list.map((event) => Number(event.eventID.slice(-12)) + (event.errorDeclaration ? '!' : '')));
        const next = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('Link') ?? '');
        target = next && new URL(next[1], server.url).href;
        pages += 1;
        assert.ok(pages <= 8, 'pages without end');
      }
      assert.equal(numbers.join(' '), await found(order));
    });
  }
}

test('a page link keeps the query', async () => {
  const { headers } = await call('queryEvents', { query: { EQ_readPoint: story.farm, perPage: '2' } });
  const next = new URL(/^<([^>]+)>/.exec(headers.get('Link'))[1], server.url);
  assert.equal(next.searchParams.get('EQ_readPoint'), story.farm);
  assert.equal(next.searchParams.get('perPage'), '2');
  assert.ok(next.searchParams.get('nextPageToken'));
});

// The first row of an answer's reasons, and the type.
async function refused(query) {
  const { status, body } = await call('queryEvents', { query });
  assert.equal(status, 400, `${JSON.stringify(query)}: ${JSON.stringify(body)}`);
  assert.equal(body.type, 'epcisException:QueryParameterException');
  return body.errors.map((reason) => reason.parameter).join(' ');
}

for (const [name, value] of [
  ['eventType', 'QuantityEvent'], ['EQ_action', 'add'], ['GE_eventTime', 'yesterday'], ['LT_eventTime', '2026-01-01T00:00:00'],
  ['GE_recordTime', ''], ['LT_recordTime', '2026'], ['EXISTS_errorDeclaration', 'maybe'], ['orderBy', 'quantity'],
  ['orderDirection', 'DOWN'], ['perPage', '0'], ['perPage', 'many'], ['nextPageToken', 'made-up'], ['EQ_bizStep', 'shipping|'],
  ['MATCH_epc', 'urn:epc:idpat:sscc:6901234.*'],
  // Of the standard, not answered here.
  ['WD_readPoint', story.farm], ['WD_bizLocation', story.farm], ['EQ_persistentDisposition_set', 'recalled'], ['EQ_quantity', '1'],
  ['GE_quantity_KGM', '1'], ['GE_errorDeclarationTime', '2026-01-01T00:00:00Z'], ['EQ_errorReason', 'incorrect_data'],
  ['EQ_correctiveEventID', story.eventId(1)], ['eventCountLimit', '1'], ['maxEventCount', '1'], ['EQ_type', 'Temperature'],
  ['HASATTR_x', 'y'], ['EQ_INNER_example:a', 'b'], ['EXISTS_example:a', 'true'],
  // Misspelt.
  ['eq_bizStep', 'shipping'], ['MATCH_EPC', story.crate], ['per_page', '1'],
]) {
  test(`${name}=${value} is refused by name`, async () => {
    assert.equal(await refused({ [name]: value }), name);
  });
}

test('everything that is wrong is told at once', async () => {
  assert.equal(await refused({ perPage: 'x', EQ_action: 'y', unknown: 'z' }), 'EQ_action perPage unknown');
});

test('a parameter given twice is refused', async () => {
  assert.equal(await refused(new URLSearchParams([['EQ_action', 'ADD'], ['EQ_action', 'DELETE']])), 'EQ_action');
});

test('an event comes back as it went in, with what we add', async () => {
  const { body } = await call('getEvent', { path: { eventID: story.eventId(1) } });
  const [event] = story.eventsOf(body);
  const { recordTime, 'suyuan:hashId': hash, ...rest } = event;
  assert.deepEqual(rest, story.events[0]);
  assert.ok(Math.abs(Date.now() - Date.parse(recordTime)) < 600_000, recordTime);
  const again = await call('getEvent', { path: { eventID: hash } });
  assert.deepEqual(story.eventsOf(again.body), [event]);
});

test('an event and the declaration against it answer to one id', async () => {
  const { body } = await call('getEvent', { path: { eventID: story.eventId(2) } });
  const [event, declaration] = story.eventsOf(body);
  assert.deepEqual(event['suyuan:flags'], ['void']);
  assert.equal(declaration.errorDeclaration.reason, 'incorrect_data');
  const [person] = event['suyuan:people'];
  assert.deepEqual(person, story.events[1]['suyuan:people'][0]);
});

test('an unknown event is not found', async () => {
  for (const eventID of [story.eventId(99), 'ni:///sha-256;' + '0'.repeat(64) + '?ver=CBV2.0', ' ', '%']) {
    const { status, body } = await call('getEvent', { path: { eventID } });
    assert.equal(status, 404);
    assert.equal(body.type, 'epcisException:NoSuchNameException');
  }
});
