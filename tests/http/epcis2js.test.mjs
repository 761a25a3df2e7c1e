// SPDX-License-Identifier: Apache-2.0
//
// epcis2.js, the public client library, captures to the server as it is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import epcis2 from 'epcis2.js';

import { caller } from './support/contract.mjs';
import { eventually, startServer } from './support/server.mjs';
import * as story from './support/story.mjs';

const { EPCISDocument, ObjectEvent, ReadPoint, BizLocation, QuantityElement, BizTransactionElement, capture, cbv, setup } = epcis2;

let server;
let call;

before(async () => {
  server = await startServer();
  call = caller(server.url);
  setup({ apiUrl: `${server.url}/epcis/`, eventTimeZoneOffset: '+08:00' });
});

after(() => server?.stop());

const lot = 'urn:epc:class:lgtin:6901234.011111.JS1';

function objectEvent(bizStep, site, time) {
  const event = new ObjectEvent();
  event
    .setEventTime(time)
    .setEventTimeZoneOffset('+08:00')
    .setAction(bizStep === cbv.bizSteps.commissioning ? 'ADD' : 'OBSERVE')
    .setBizStep(bizStep)
    .setDisposition(cbv.dispositions.in_transit)
    .setReadPoint(new ReadPoint({ id: site }))
    .setBizLocation(new BizLocation({ id: site }))
    .addQuantity(new QuantityElement({ epcClass: lot, quantity: 12.5, uom: 'KGM' }))
    .addBizTransaction(new BizTransactionElement({ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:6901234000014:JS-1' }));
  return event;
}

async function jobOf(response) {
  assert.equal(response.status, 202, await response.clone().text());
  const location = response.headers.get('Location');
  assert.ok(location);
  return eventually(async () => {
    const job = await (await fetch(new URL(location, server.url))).json();
    return job.running ? null : job;
  }, 'the end of the job');
}

test('a document made with the library is captured, found and traced', async () => {
  const document = new EPCISDocument();
  document.setCreationDate('2026-01-09T00:00:00.000Z');
  document.addEvent(objectEvent(cbv.bizSteps.commissioning, story.farm, '2026-01-01T08:00:00.000+08:00'));
  document.addEvent(objectEvent(cbv.bizSteps.shipping, story.farm, '2026-01-02T08:00:00.000+08:00'));
  document.addEvent(objectEvent(cbv.bizSteps.receiving, story.shop, '2026-01-03T08:00:00.000+08:00'));
  const job = await jobOf(await capture(document));
  assert.equal(job.success, true, JSON.stringify(job.errors));
  assert.equal(job.storedCount, 3);

  const { body } = await call('queryEvents', { query: { MATCH_anyEPCClass: lot } });
  const sent = document.toObject().epcisBody.eventList;
  assert.deepEqual(
    story.eventsOf(body).map(({ recordTime, 'suyuan:hashId': hash, ...event }) => event),
    JSON.parse(JSON.stringify(sent)),
  );
  const trace = await call('trace', { query: { code: lot, direction: 'forward' } });
  const sites = trace.body.parts.forward.positions.map((position) => position.site.code);
  assert.deepEqual(sites, ['https://id.gs1.org/414/6901234000016', 'https://id.gs1.org/414/6901234000030']);
});

test('its headers are understood', async () => {
  const document = new EPCISDocument();
  document.setCreationDate('2026-01-09T00:00:00.000Z');
  document.addEvent(objectEvent(cbv.bizSteps.inspecting, story.plant, '2026-01-04T08:00:00.000+08:00'));
  const job = await jobOf(await capture(document, { headers: { 'GS1-Capture-Error-Behaviour': 'proceed' } }));
  assert.equal(job.captureErrorBehaviour, 'proceed');
  assert.equal(job.success, true, JSON.stringify(job.errors));
});

test('what the library does not check is refused with a problem', async () => {
  const response = await capture(new EPCISDocument(), { documentValidation: false, body: '{"type":"EPCISDocument"}' });
  assert.equal(response.status, 400);
  const problem = await response.json();
  assert.equal(problem.type, 'epcisException:ValidationException');
});
