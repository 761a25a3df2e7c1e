// SPDX-License-Identifier: Apache-2.0
//
// The engine's answers against those of an independent reading of docs/policy.md, on random
// questions; wrong engines, each of which must be noticed; and the page's table of what routes need
// against the API. SUYUAN_POLICY_QUESTIONS: how many (200000). SUYUAN_POLICY: another file.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '../..');
const asker = join(dirname(process.env.SUYUAN_PROGRAM ?? join(repository, 'build/release/suyuan')), 'tests/policy/policy_questions');
const file = process.env.SUYUAN_POLICY ?? join(repository, 'policy/suyuan-policy.toml');
const count = Number(process.env.SUYUAN_POLICY_QUESTIONS ?? 200_000);
const perDefect = 20_000;

const compiled = spawnSync(join(here, 'node_modules/.bin/tsc'), ['-p', here], { encoding: 'utf8' });
assert.equal(compiled.status, 0, compiled.stdout);
const { readPolicy } = await import('./out/evaluator.js');
const policy = readPolicy(readFileSync(file, 'utf8'));

// What compare.js says of `questions` questions to the engine, or to a wrong one.
function compare(questions, first, defect) {
  const judge = spawn(process.execPath, [join(here, 'out/compare.js'), file], { stdio: ['pipe', 'pipe', 'pipe'] });
  const engine = spawn(asker, [String(questions), String(first), defect], { stdio: ['ignore', 'pipe', 'inherit'] });
  engine.stdout.pipe(judge.stdin);
  let told = '';
  let complaints = '';
  judge.stdout.on('data', (piece) => { told += piece; });
  judge.stderr.on('data', (piece) => { complaints += piece; });
  return new Promise((resolve, reject) => {
    engine.on('error', reject);
    judge.on('error', reject);
    judge.on('close', () => resolve({ ...JSON.parse(told), complaints }));
  });
}

test(`engine and evaluator agree on ${count} random questions, and every rule can take part`, async (t) => {
  // Two at a time, on other questions each.
  const half = Math.ceil(count / 2);
  const [first, second] = await Promise.all([compare(half, 0, '-'), compare(half, half, '-')]);
  assert.equal(first.different + second.different, 0, first.complaints + second.complaints);
  assert.ok(first.asked + second.asked >= count);
  // A forbid of fields that no permit opens today guards against one that would.
  const guards = first.silent.filter((rule) => second.silent.includes(rule));
  const closing = policy.rules.filter((rule) => rule.isForbid && rule.text.fields).map((rule) => rule.text.rule);
  assert.deepEqual(guards.filter((rule) => !closing.includes(rule)), [], 'these rules never took part');
  const permitted = first.permitted + second.permitted;
  assert.ok(permitted > count / 5 && permitted < (count * 4) / 5, `${permitted} permitted`);
  t.diagnostic(`guards: ${guards.join(', ')}`);
  t.diagnostic(`questions ${first.asked + second.asked}, permitted ${permitted}, different 0, rules ${first.rules}`);
});

const names = spawnSync(asker, { encoding: 'utf8' }).stdout.trim().split('\n');

for (const [number, name] of names.entries()) {
  test(`noticed: ${name}`, async () => {
    const { different } = await compare(perDefect, 0, String(number));
    assert.ok(different > 0, 'nobody noticed');
  });
}

test('at least a dozen wrong engines are tried', () => assert.ok(names.length >= 12, `${names.length}`));

test('a decision is quick', (t) => {
  const cost = JSON.parse(spawnSync(asker, ['--cost', '200000'], { encoding: 'utf8' }).stdout);
  t.diagnostic(`a decision takes ${cost.median_ns} ns, 99 of 100 at most ${cost.p99_ns} ns`);
  assert.ok(cost.p99_ns < 50_000, `${cost.p99_ns} ns`);
});

test('the page says of every operation what it needs, and the file knows it', () => {
  const page = readFileSync(join(repository, 'docs/policy.md'), 'utf8');
  const table = page.slice(page.indexOf('## 9.'), page.indexOf('## 10.'));
  const rows = [...table.matchAll(/^\| (`.*`) \| (\w+) \| ([\w, ]+) \|$/gm)].map(([, operations, action, kinds]) => ({
    operations: [...operations.matchAll(/`(\w+)`/g)].map(([, operation]) => operation),
    action,
    kinds: kinds.split(', '),
  }));
  const api = readFileSync(join(repository, 'openapi/suyuan.yaml'), 'utf8');
  const operations = [...api.matchAll(/operationId: (\w+)/g)].map(([, operation]) => operation).sort();
  assert.deepEqual(rows.flatMap((row) => row.operations).sort(), operations);
  for (const { action, kinds } of rows) {
    for (const kind of kinds) assert.ok(policy.kinds.get(kind)?.actions.has(action), `${kind} has no ${action}`);
  }
});
