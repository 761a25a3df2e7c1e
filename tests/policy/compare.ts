// SPDX-License-Identifier: Apache-2.0
//
// Judges what policy_questions prints: every answer against the evaluator's. Prints one line of
// JSON; ends with 1 if one answer differs.
//
//   policy_questions COUNT | node compare.js POLICY_FILE

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { decide, readPolicy, type Question } from './evaluator.js';

const told = 3; // differences in full

const policy = readPolicy(readFileSync(process.argv[2] ?? '', 'utf8'));
const decided = new Map<string, number>();
const took = new Set<string>();
let asked = 0;
let permitted = 0;
let different = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const question = JSON.parse(line) as Question & { answer: string };
  const own = decide(policy, question);
  asked += 1;
  if (own.startsWith('permit')) permitted += 1;
  const rule = own.split('|', 2)[1] ?? '';
  decided.set(rule, (decided.get(rule) ?? 0) + 1);
  for (const name of (own.split('|', 3)[2] ?? '').split(',')) took.add(name);
  if (own !== question.answer) {
    different += 1;
    if (different <= told) console.error(`engine    ${question.answer}\nevaluator ${own}\nquestion  ${line}\n`);
  }
}
const silent = policy.rules.map((rule) => rule.text.rule).filter((name) => !took.has(name));
console.log(JSON.stringify({ asked, permitted, different, rules: policy.rules.length, silent, decided: Object.fromEntries([...decided].sort()) }));
process.exitCode = different === 0 ? 0 : 1;
