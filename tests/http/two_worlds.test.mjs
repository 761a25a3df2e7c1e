// SPDX-License-Identifier: Apache-2.0
//
// What is somebody else's changes no byte of an answer. SUYUAN_PAIRS: how many pairs of stores (40; ./run evidence: 5000).
// SUYUAN_SEED: the first seed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keepEvidence } from './support/evidence.mjs';
import { claimTold, comparePair } from './support/two_worlds.mjs';

const wanted = Number(process.env.SUYUAN_PAIRS ?? 40);
const first = Number(process.env.SUYUAN_SEED ?? 1);
const stepsMax = wanted > 100 ? 100 : 20;

test('what is somebody else\'s changes no byte of an answer', async () => {
  const began = Date.now();
  const tally = { pairs: 0, answers: 0, statuses: {} };
  let seed = first;
  while (tally.pairs < wanted) {
    await comparePair(seed, Math.min(stepsMax, wanted - tally.pairs), tally);
    seed += 1;
  }
  const seconds = (Date.now() - began) / 1000;
  console.log(`${tally.pairs} pairs of worlds, ${tally.answers} answers equal: ${JSON.stringify(tally.statuses)} (${seconds} s)`);
  keepEvidence('two worlds', { first_seed: first, stores: 2 * (seed - first), ...tally, seconds, passed: true });
  assert.equal(tally.pairs, wanted);
});

test('whoever says that they used a lot is not told who has it', async () => {
  const { trace, looks } = await claimTold(first);
  assert.match(trace, /shop ben/);
  assert.doesNotMatch(trace, /shop anne|91110105MA01ABCD1X|site\/anne/);
  assert.equal(looks, '[]');
});
