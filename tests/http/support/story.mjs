// SPDX-License-Identifier: Apache-2.0
//
// A small chain with one event of every kind, and how to capture it.

import assert from 'node:assert/strict';

import { eventually } from './server.mjs';

export const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const ours = { suyuan: 'https://ns.suyuan.example/epcis/' };

export const eventId = (number) => `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const farm = 'urn:epc:id:sgln:6901234.00001.0';
export const plant = 'urn:epc:id:sgln:6901234.00002.0';
export const plantDoor = 'urn:epc:id:sgln:6901234.00002.door';
export const shop = 'urn:epc:id:sgln:6901234.00003.0';
export const grower = 'urn:epc:id:pgln:6901234.00010';
export const carrier = 'urn:epc:id:pgln:6901234.00011';
export const packer = 'urn:epc:id:pgln:6901234.00012';

export const rawLot = 'urn:epc:class:lgtin:6901234.011111.A1';
export const crate = 'urn:epc:id:sgtin:6901234.022222.1';
export const otherCrate = 'urn:epc:id:sgtin:6901234.022222.2';
export const crateClass = 'urn:epc:idpat:sgtin:6901234.022222.*';
export const pallet = 'urn:epc:id:sscc:6901234.0000000001';
export const box = 'urn:epc:id:grai:6901234.33333.1';
export const soupLot = 'urn:epc:class:lgtin:6901234.044444.S1';

const day = (number) => ({
  eventTime: `2026-01-0${number}T08:00:00.000+08:00`,
  eventTimeZoneOffset: '+08:00',
});

const amount = (epcClass, quantity) => ({ epcClass, quantity, uom: 'KGM' });

export const events = [
  {
    type: 'ObjectEvent', eventID: eventId(1), ...day(1), action: 'ADD', bizStep: 'commissioning',
    disposition: 'active', readPoint: { id: farm }, bizLocation: { id: farm },
    epcList: [crate, otherCrate], quantityList: [amount(rawLot, 100)],
    bizTransactionList: [{ type: 'prodorder', bizTransaction: 'http://example.com/order/1' }],
  },
  {
    type: 'ObjectEvent', eventID: eventId(2), ...day(2), action: 'OBSERVE', bizStep: 'shipping',
    disposition: 'in_transit', readPoint: { id: farm }, quantityList: [amount(rawLot, 60)],
    bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:6901234000014:SHIP-1' }],
    sourceList: [{ type: 'owning_party', source: grower }, { type: 'location', source: farm }],
    destinationList: [
      { type: 'owning_party', destination: packer },
      { type: 'possessing_party', destination: carrier },
      { type: 'location', destination: plant },
    ],
    'suyuan:vehicles': ['京A12345'],
    'suyuan:people': [{ id: 'urn:example:driver:7', name: '张三', phone: '13800000000' }],
  },
  {
    type: 'AggregationEvent', eventID: eventId(3), ...day(3), action: 'ADD', bizStep: 'packing',
    disposition: 'in_progress', readPoint: { id: farm }, parentID: pallet, childEPCs: [crate],
    childQuantityList: [amount(rawLot, 40)],
  },
  {
    type: 'TransactionEvent', eventID: eventId(4), ...day(4), action: 'ADD', bizStep: 'accepting',
    disposition: 'in_progress', readPoint: { id: plantDoor }, bizLocation: { id: plant }, epcList: [otherCrate],
    bizTransactionList: [{ type: 'po', bizTransaction: 'http://example.com/po/4' }],
    'suyuan:vehicles': ['京B67890'],
    'suyuan:people': [{ id: 'urn:example:receiver:4' }],
  },
  {
    type: 'TransformationEvent', eventID: eventId(5), ...day(5), bizStep: 'commissioning',
    disposition: 'active', readPoint: { id: plant }, bizLocation: { id: plant },
    transformationID: 'urn:epc:id:gdti:6901234.00005.5',
    inputEPCList: [otherCrate], inputQuantityList: [amount(rawLot, 60)],
    outputEPCList: ['urn:epc:id:sgtin:6901234.055555.5'], outputQuantityList: [amount(soupLot, 80)],
  },
  {
    type: 'AssociationEvent', eventID: eventId(6), ...day(6), action: 'DELETE', bizStep: 'disassembling',
    readPoint: { id: plant }, parentID: box, childEPCs: ['urn:epc:id:giai:6901234.probe'],
  },
];

// Takes the second event back.
export const declaration = {
  ...events[1],
  errorDeclaration: {
    declarationTime: '2026-01-07T08:00:00.000Z',
    reason: 'incorrect_data',
    correctiveEventIDs: [eventId(1)],
  },
};

export function documentOf(list) {
  return {
    '@context': [context, ours],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-09T00:00:00.000Z',
    epcisBody: { eventList: list },
  };
}

// A title at the carrier's, from a day on.
const titleFrom = (title, day) => [
  { id: 'suyuan:operator', attribute: carrier }, { id: 'suyuan:title', attribute: title }, { id: 'suyuan:validFrom', attribute: day },
];

// The registry's rows: what places and products are called.
export function withMasterData(document) {
  const name = (value) => [{ id: 'cbvmda:name', attribute: value }];
  return {
    ...document,
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          {
            type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
            vocabularyElementList: [
              { id: farm, attributes: [...name('青山农场'), { id: 'suyuan:operator', attribute: grower }, { id: 'suyuan:region', attribute: '110108' }] },
              { id: plant, attributes: [...name('北城食品厂'), { id: 'suyuan:operator', attribute: packer }] },
            ],
          },
          {
            type: 'urn:epcglobal:epcis:vtype:Party',
            vocabularyElementList: [
              {
                id: grower,
                attributes: [
                  ...name('青山农业合作社'), { id: 'suyuan:region', attribute: '110108' }, { id: 'suyuan:licence', attribute: 'JY14101020000017' },
                ],
              },
              { id: packer, attributes: name('北城食品有限公司') },
            ],
          },
          {
            type: 'urn:epcglobal:epcis:vtype:EPCClass',
            vocabularyElementList: [{ id: 'urn:epc:idpat:sgtin:6901234.011111.*', attributes: name('黄瓜') }],
          },
          {
            type: 'https://ns.suyuan.example/epcis/Region',
            vocabularyElementList: [
              { id: 'urn:example:region:110000', attributes: name('北京市') },
              { id: 'urn:example:region:110108', attributes: [...name('海淀区'), { id: 'suyuan:parent', attribute: '110000' }] },
            ],
          },
          {
            type: 'https://ns.suyuan.example/epcis/Link',
            vocabularyElementList: [
              {
                id: grower,
                attributes: [
                  { id: 'suyuan:kind', attribute: 'runs' }, { id: 'suyuan:to', attribute: farm }, { id: 'suyuan:validFrom', attribute: '2020-01-01' },
                ],
              },
            ],
          },
          {
            type: 'https://ns.suyuan.example/epcis/Paper',
            vocabularyElementList: [
              {
                id: 'urn:example:certificate:1',
                attributes: [
                  { id: 'suyuan:kind', attribute: 'quarantine' }, { id: 'suyuan:holder', attribute: grower },
                  { id: 'suyuan:validTo', attribute: '2026-01-31' },
                ],
              },
            ],
          },
          {
            type: 'https://ns.suyuan.example/epcis/Vehicle',
            vocabularyElementList: [
              { id: 'https://ns.suyuan.example/epcis/id/%E4%BA%ACA12345', attributes: [{ id: 'suyuan:operator', attribute: carrier }] },
            ],
          },
          {
            type: 'https://ns.suyuan.example/epcis/Person',
            vocabularyElementList: [
              { id: 'https://ns.suyuan.example/epcis/id/D-17', attributes: [{ id: 'suyuan:operator', attribute: carrier }, { id: 'suyuan:name', attribute: '李司机' }] },
              { id: 'https://ns.suyuan.example/epcis/id/D-17', attributes: titleFrom('司机', '2024-01-01') },
              { id: 'https://ns.suyuan.example/epcis/id/D-17', attributes: titleFrom('车队长', '2025-01-01') },
            ],
          },
        ],
      },
    },
  };
}

// The capture job's document once it has finished.
export async function captured(call, document, headers = {}, operation = 'captureDocument') {
  const accepted = await call(operation, { body: document, headers });
  assert.equal(accepted.status, 202, JSON.stringify(accepted.body));
  const captureID = accepted.headers.get('Location').split('/').at(-1);
  return eventually(async () => {
    const job = await call('getCaptureJob', { path: { captureID } });
    return job.body.running ? null : job.body;
  }, `the end of job ${captureID}`);
}

// The story in the store, and everything derived from it up to date.
export async function tell(call) {
  const job = await captured(call, withMasterData(documentOf([...events, declaration])));
  assert.deepEqual(job.errors, []);
  assert.equal(job.storedCount, events.length + 1);
  await eventually(async () => {
    const { body } = await call('getReadiness');
    return body.stock_log_index === body.store_log_index;
  }, 'the stock ledger');
}

export const eventsOf = (body) => body.epcisBody.queryResults.resultsBody.eventList;
