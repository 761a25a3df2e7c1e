// SPDX-License-Identifier: Apache-2.0
//
// POST /epcis/capture, its jobs, POST /epcis/events, discovery and the demands of headers.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller, operations } from './support/contract.mjs';
import { startServer } from './support/server.mjs';
import * as story from './support/story.mjs';

let server;
let call;
let next = 1000;

before(async () => {
  server = await startServer();
  call = caller(server.url);
});

after(() => server?.stop());

// A valid event that nobody has sent yet.
const fresh = (members = {}) => ({ ...story.events[0], eventID: story.eventId(next++), ...members });
const bare = (event) => ({ '@context': [story.context, { suyuan: 'https://ns.suyuan.example/epcis/' }], ...event });
const count = async () => (await call('getStats')).body.events;

test('a document is captured by a job that says how it went', async () => {
  const before = await count();
  const job = await story.captured(call, story.documentOf([fresh(), fresh()]));
  assert.equal(job.success, true);
  assert.equal(job.captureErrorBehaviour, 'rollback');
  assert.deepEqual(job.errors, []);
  assert.equal(job.eventCount, 2);
  assert.equal(job.storedCount, 2);
  assert.ok(Date.parse(job.createdAt) <= Date.parse(job.finishedAt));
  assert.equal(await count(), before + 2);
});

test('what was captured before is recognised', async () => {
  const document = story.documentOf([fresh(), fresh()]);
  assert.equal((await story.captured(call, document)).storedCount, 2);
  const again = await story.captured(call, document);
  assert.equal(again.success, true);
  assert.equal(again.storedCount, 0);
});

test('rollback: one bad event keeps the whole document out', async () => {
  const before = await count();
  const job = await story.captured(call, story.documentOf([fresh(), fresh({ action: 'MODIFY' }), fresh()]), {
    'GS1-Capture-Error-Behaviour': 'rollback',
  });
  assert.equal(job.success, false);
  assert.equal(job.storedCount, 0);
  assert.equal(job.eventCount, 3);
  assert.equal(job.errors[0].pointer, '/epcisBody/eventList/1/action');
  assert.equal(await count(), before);
});

test('proceed: the other events are stored', async () => {
  const before = await count();
  const job = await story.captured(call, story.documentOf([fresh(), fresh({ action: 'MODIFY' }), fresh()]), {
    'GS1-Capture-Error-Behaviour': 'proceed',
  });
  assert.equal(job.success, false);
  assert.equal(job.captureErrorBehaviour, 'proceed');
  assert.equal(job.storedCount, 2);
  assert.equal(job.errors.length, 1);
  assert.equal(await count(), before + 2);
});

test('an empty list of events is a document', async () => {
  const job = await story.captured(call, story.documentOf([]));
  assert.equal(job.success, true);
  assert.equal(job.eventCount, 0);
});

for (const [what, body, pointer] of [
  ['no JSON', '{"type":', undefined],
  ['an empty body', '', undefined],
  ['another type', { ...story.documentOf([]), type: 'Document' }, '/type'],
  ['an array', [], ''],
  ['a bare event', bare(story.events[0]), '/type'],
  ['a query document', { ...story.documentOf([]), type: 'EPCISQueryDocument', epcisBody: { queryResults: { queryName: 'x', resultsBody: { eventList: [] } } } }, undefined],
]) {
  test(`${what} is refused at once`, async () => {
    const { status, body: problem } = await call('captureDocument', { body });
    assert.equal(status, 400);
    assert.equal(problem.type, 'epcisException:ValidationException');
    assert.equal(problem.errors.length, 1);
    if (pointer !== undefined) {
      assert.equal(problem.errors[0].pointer, pointer);
    }
  });
}

test('import reads query documents, and knows our own events again', async () => {
  const event = fresh();
  await story.captured(call, story.documentOf([event]));
  const { body } = await call('queryEvents', { query: { EQ_eventID: event.eventID } });
  const job = await story.captured(call, body, {}, 'importDocument');
  assert.equal(job.success, true, JSON.stringify(job.errors));
  assert.equal(job.storedCount, 0);
});

test('an unknown job is not found', async () => {
  const { status, body } = await call('getCaptureJob', { path: { captureID: 'no such job' } });
  assert.equal(status, 404);
  assert.equal(body.type, 'epcisException:NoSuchNameException');
});

test('a key makes a repetition harmless, and refuses another document', async () => {
  const headers = { 'Idempotency-Key': `batch-${next}` };
  const first = story.documentOf([fresh({ eventID: undefined })]);
  const before = await count();
  assert.equal((await story.captured(call, first, headers)).success, true);
  assert.equal((await story.captured(call, first, headers)).success, true);
  assert.equal(await count(), before + 1);
  const other = await story.captured(call, story.documentOf([fresh()]), headers);
  assert.equal(other.success, false);
  assert.equal(await count(), before + 1);
  const tooLong = await call('captureDocument', { body: first, headers: { 'Idempotency-Key': 'k'.repeat(201) } });
  assert.equal(tooLong.status, 400);
});

test('one event is there when the answer comes', async () => {
  const event = fresh();
  const created = await call('captureEvent', { body: bare(event) });
  assert.equal(created.status, 201);
  assert.equal(created.body.eventID, event.eventID);
  const location = new URL(created.headers.get('Location'), server.url);
  const response = await fetch(location);
  assert.equal(response.status, 200);
  assert.equal(story.eventsOf(await response.json())[0].eventID, event.eventID);
});

test('an event without an id is found by its hash', async () => {
  const created = await call('captureEvent', { body: bare(fresh({ eventID: undefined, eventTime: '2026-02-01T00:00:00.000Z' })) });
  assert.equal(created.status, 201);
  const response = await fetch(new URL(created.headers.get('Location'), server.url));
  const [event] = story.eventsOf(await response.json());
  assert.equal(event['suyuan:hashId'], created.body['suyuan:hashId']);
});

test('other content under the same id is one more version', async () => {
  const event = fresh();
  await call('captureEvent', { body: bare(event) });
  assert.equal((await call('captureEvent', { body: bare(event) })).status, 201);
  const second = await call('captureEvent', { body: bare({ ...event, disposition: 'inactive' }) });
  assert.equal(second.status, 201);
  assert.deepEqual(second.body['suyuan:flags'], ['conflict']);
  const { body } = await call('getEvent', { path: { eventID: event.eventID } });
  assert.deepEqual(story.eventsOf(body).map((version) => version.disposition), ['active', 'inactive']);
});

test('a refused event names the place', async () => {
  const { status, body } = await call('captureEvent', { body: bare(fresh({ action: 'MODIFY' })) });
  assert.equal(status, 400);
  assert.equal(body.type, 'epcisException:ValidationException');
  assert.equal(body.errors[0].pointer, '/action');
});

for (const operation of ['captureDocument', 'captureEvent', 'importDocument']) {
  for (const type of ['application/xml', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    test(`${operation}: ${type} is refused`, async () => {
      const { status } = await call(operation, { body: '{}', headers: { 'Content-Type': type } });
      assert.equal(status, 415);
    });
  }
  test(`${operation}: parameters are refused`, async () => {
    const { status, body } = await call(operation, { body: '{}', query: { behaviour: 'proceed' } });
    assert.equal(status, 400);
    assert.equal(body.errors[0].parameter, 'behaviour');
  });
}

test('linked data is JSON too', async () => {
  const event = fresh();
  const created = await call('captureEvent', { body: bare(event), headers: { 'Content-Type': 'application/ld+json; charset=utf-8', Accept: 'application/ld+json' } });
  assert.equal(created.status, 201);
  assert.match(created.headers.get('Content-Type'), /^application\/ld\+json/);
});

test('only rollback and proceed are behaviours', async () => {
  const { status } = await call('captureDocument', { body: story.documentOf([]), headers: { 'GS1-Capture-Error-Behaviour': 'all' } });
  assert.equal(status, 400);
});

for (const [name, good, bad] of [
  ['GS1-EPCIS-Version', ['2.0.0', '2.0', '2'], ['1.2', '2.1', 'x']],
  ['GS1-CBV-Version', ['2.0.0', '2.0'], ['1.2', '']],
  ['GS1-EPCIS-Min', ['1.0', '2.0.0'], ['2.0.1', '3']],
  ['GS1-EPCIS-Max', ['2.0.0', '3'], ['1.2']],
  ['GS1-CBV-Min', ['1.2'], ['2.1']],
  ['GS1-CBV-Max', ['2.0'], ['1.2']],
  ['GS1-EPC-Format', ['No_Preference', 'Never_Translates'], ['Always_EPC_URN', 'Always_GS1_Digital_Link', 'x']],
  ['Accept', ['*/*', 'application/json', 'text/xml, application/*;q=0.1'], ['application/xml', 'application/json;q=0, text/html']],
]) {
  for (const operation of ['listEpcisResources', 'queryEvents', 'discoverEpcis']) {
    for (const value of good) {
      test(`${operation}: ${name}: ${value} can be met`, async () => {
        assert.ok((await call(operation, { headers: { [name]: value } })).status < 300);
      });
    }
    for (const value of bad) {
      test(`${operation}: ${name}: ${value} cannot`, async () => {
        const { status, body } = await call(operation, { headers: { [name]: value } });
        assert.equal(status, 406);
        assert.equal(body.type, 'epcisException:NotAcceptableException');
      });
    }
  }
}

for (const [id, operation] of operations) {
  if (operation.method === 'options') {
    test(`${id} tells what is here`, async () => {
      const { status, headers } = await call(id, { path: { captureID: 'x', eventID: 'y' } });
      assert.equal(status, 204);
      assert.match(headers.get('Allow'), /OPTIONS/);
      assert.match(headers.get('GS1-Extensions'), /suyuan=https:\/\/ns\.suyuan\.example\/epcis\//);
    });
  }
}

test('the binding lists what is here', async () => {
  const { body } = await call('listEpcisResources');
  assert.deepEqual(body.member, ['capture', 'events']);
});
