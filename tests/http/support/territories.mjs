// SPDX-License-Identifier: Apache-2.0
//
// A store in which three strangers did the same: the subject's own operator, one of the same county, one of another province.
// Everything that is one's has a word in it that nobody else's has.

import assert from 'node:assert/strict';

import { uscc } from './people.mjs';
import { eventually } from './server.mjs';
import { context, eventId } from './story.mjs';

const id = (kind, word) => `https://ns.suyuan.example/${kind}/${word}`;

const owned = (name, number, code, regions) => {
  const word = `quagga${name}word`;
  return {
    name, number, word, regions, own: uscc(code),
    lot: id('lot', word), site: id('site', word), paper: id('paper', word), person: id('id', `person-${word}`),
    plate: `京A1234${number}`, event: eventId(number), record: String(number),
  };
};

export const worlds = [
  owned('mine', 1, '91110105MA01ABCD1X', [110000, 110100, 110105]),
  owned('near', 2, '91110105MA01ABCD2X', [110000, 110100, 110105]),
  owned('far', 3, '91120103MA01ABCD3X', [120000, 120100, 120103]),
];

export const register = (() => {
  const attribute = (name, value) => ({ id: name.includes(':') ? name : `https://ns.suyuan.example/epcis/${name}`, attribute: value });
  const list = (type, row) => ({ type, vocabularyElementList: worlds.map(row) });
  const region = ({ regions }) => attribute('region', String(regions.at(-1)));
  const ours = 'https://ns.suyuan.example/epcis/';
  return {
    '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList: [
      list('urn:epcglobal:epcis:vtype:Party', (one) => ({ id: one.own, attributes: [attribute('cbvmda:name', `shop ${one.word}`), region(one)] })),
      list('urn:epcglobal:epcis:vtype:BusinessLocation', (one) => ({
        id: one.site, attributes: [attribute('cbvmda:name', `yard ${one.word}`), attribute('operator', one.own), region(one)],
      })),
      list(`${ours}Paper`, (one) => ({ id: one.paper, attributes: [attribute('kind', 'quarantine'), attribute('holder', one.own)] })),
      list(`${ours}Vehicle`, (one) => ({ id: `${ours}id/${encodeURIComponent(one.plate)}`, attributes: [attribute('operator', one.own)] })),
      list(`${ours}Person`, (one) => ({ id: one.person, attributes: [attribute('operator', one.own)] })),
      list(`${ours}Region`, ({ regions }) => ({ id: `urn:example:region:${regions.at(-1)}`, attributes: [attribute('cbvmda:name', 'a county')] }))
    ] } },
    epcisBody: { eventList: [] },
  };
})();
register.epcisHeader.epcisMasterData.vocabularyList.at(-1).vocabularyElementList.splice(1, 1);  // one county of two

export const eventOf = ({ event, site, lot, paper, plate }, rest = {}) => ({
  '@context': [context, { suyuan: 'https://ns.suyuan.example/epcis/' }],
  type: 'ObjectEvent', eventID: event, eventTime: '2026-01-05T08:00:00.000+08:00', eventTimeZoneOffset: '+08:00',
  action: 'ADD', bizStep: 'commissioning', readPoint: { id: site }, quantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }],
  bizTransactionList: [{ type: 'po', bizTransaction: paper }], 'suyuan:vehicles': [plate], ...rest,
});

export const documentOf = (events) => ({
  '@context': [context, { suyuan: 'https://ns.suyuan.example/epcis/' }],
  type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z', epcisBody: { eventList: events.map(({ '@context': _, ...event }) => event) },
});

// What each of the three did, by their own hands: `headersOf(world)`. Adds the ids that the server gave.
export async function live(call, headersOf) {
  for (const one of worlds) {
    const headers = headersOf(one);
    const told = await call('captureEvent', { headers, body: eventOf(one) });
    assert.equal(told.status, 201, JSON.stringify(told.body));
  }
  for (const one of worlds) {
    const headers = headersOf(one);
    const job = await call('captureDocument', { headers, body: documentOf([eventOf({ ...one, event: eventId(10 + one.number) })]) });
    assert.equal(job.status, 202, JSON.stringify(job.body));
    one.job = job.headers.get('Location').split('/').at(-1);
    await eventually(async () => {
      const { body } = await call('getCaptureJob', { headers, path: { captureID: one.job } });
      assert.deepEqual(body.errors, []);
      return !body.running;
    }, 'a capture job');
    one.session = (await call('listSessions', { headers })).body.sessions.find((session) => session.is_this).id;
    const key = await call('createKey', { headers, body: { name: 'scale', use: 'bearer', actions: ['read', 'capture'] } });
    assert.equal(key.status, 201, JSON.stringify(key.body));
    one.key = key.body.id;
    const trace = await call('trace', { headers, query: { code: one.lot } });
    assert.equal(trace.status, 200, JSON.stringify(trace.body));
    one.position = trace.body.parts.back.positions[0].key;
    const made = await call('createImport', { headers, body: { file_name: `${one.word}.csv`, size: 10 } });
    one.import = made.body.id;  // none, while imports are nobody's but the local principal's
  }
}

const stranger = {
  word: 'nowhere', lot: id('lot', 'nowhere'), site: id('site', 'nowhere'), paper: id('paper', 'nowhere'), person: id('id', 'nowhere'), plate: '京Z99999',
  event: eventId(77), record: '777', job: '777', session: '0000000000000000', key: 'k0', account: 'nobody-of-this-name', position: '7.7.7', import: '0f0f0f0f0f0f0f0f', own: uscc('91110000625907196U'),
};
export const absent = { ...stranger, name: 'absent', absent: true };
