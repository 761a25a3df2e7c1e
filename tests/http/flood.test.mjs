// SPDX-License-Identifier: Apache-2.0
//
// Who asks too much waits, and nobody else does: floods of one account and of traces, by the
// real program.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { caller } from './support/contract.mjs';
import { browser, createAccount, signIn, uscc } from './support/people.mjs';
import { startServer } from './support/server.mjs';

const shop = uscc('91110105MA01ABCD1X');

let server;
let call;
let people;
let signed;

before(async () => {
  people = {};
  const prepare = (folder) => {
    for (const name of ['eager', 'calm']) {
      people[name] = createAccount(folder, name, '--kind', 'operator', '--role', 'operator_owner', '--operator', shop);
    }
  };
  server = await startServer({ prepare, args: [] });
  call = caller(server.url);
  signed = {};
  for (const [name, made] of Object.entries(people)) signed[name] = await signIn(call, server.url, made);
});

after(async () => {
  assert.equal(await server?.stop(), 0);
});

const ask = (name, path = '/api/v1/session') =>
  fetch(server.url + path, { headers: { ...browser(server.url, signed[name].cookie), 'Accept-Language': 'zh' } });

async function times(count, atOnce, act) {
  const statuses = [];
  let left = count;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left-- > 0) statuses.push(await act());
  }));
  return statuses;
}

test('an account that asks without end is told to wait, and for how long; its colleague is not', async (t) => {
  const answers = await times(1_500, 8, async () => {
    const answer = await ask('eager');
    const body = await answer.json();
    return { status: answer.status, wait: answer.headers.get('retry-after'), body };
  });
  const refused = answers.filter(({ status }) => status === 429);
  t.diagnostic(`${answers.length} asked, ${refused.length} refused`);
  assert.ok(refused.length > 100);
  assert.ok(answers.length - refused.length >= 900);
  assert.equal(answers.filter(({ status }) => status !== 429 && status !== 200).length, 0);
  for (const { wait, body } of refused) {
    assert.match(wait, /^[1-9]\d*$/);
    assert.match(body.detail, /请求过于频繁，请 \d+ 秒后再试/);
    assert.match(body.type, /too-many-requests$/);
  }
  assert.equal((await ask('calm')).status, 200);
  await new Promise((resolve) => { setTimeout(resolve, 1_100); });
  assert.equal((await ask('eager')).status, 200);
});

test('traces without end leave room for a look at one record', async (t) => {
  let isOver = false;
  const flood = Promise.all(Array.from({ length: 16 }, async () => {
    let count = 0;
    while (!isOver) {
      await (await ask('calm', '/api/v1/trace?code=nothing')).text();
      ++count;
    }
    return count;
  }));
  const slowest = Math.max(...await times(50, 1, async () => {
    const start = performance.now();
    const answer = await fetch(`${server.url}/healthz`);
    await answer.text();
    assert.equal(answer.status, 200);
    return performance.now() - start;
  }));
  isOver = true;
  t.diagnostic(`${(await flood).reduce((sum, count) => sum + count)} traces asked meanwhile, slowest look ${slowest.toFixed(0)} ms`);
  assert.ok(slowest < 5_000);
});

