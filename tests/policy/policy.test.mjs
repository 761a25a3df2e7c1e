// SPDX-License-Identifier: Apache-2.0
//
// docs/policy.md read twice, in C++ and in TypeScript, on the product's file and on variants of it; and its table of
// what today's routes need, against openapi/suyuan.yaml and the file.
// SUYUAN_POLICY_SAMPLE: how many questions (200,000). `npm run build` comes first; ./run policy asks many more.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { parse } from "smol-toml";

import { compare, costOf, defectNames, policyFile, questionsProgram, unnoticedDefects } from "./build/compare.js";
import { Evaluator, textOf } from "./build/evaluator.js";
import { rulesOf, variantOf } from "./build/variants.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sample = Number(process.env.SUYUAN_POLICY_SAMPLE ?? 200_000);
const policyText = readFileSync(policyFile, "utf8");

test("engine and evaluator agree on the product's policy", async () => {
  const { questions, permitted, disagreements, firstDisagreement } = await compare({ count: sample });
  assert.equal(disagreements, 0, firstDisagreement);
  assert.equal(questions, sample);
  assert.ok(permitted > sample / 5 && permitted < (sample * 4) / 5, `${permitted} of ${sample} permitted`);
});

test("the same questions get the same answers again", () => {
  const ask = () => execFileSync(questionsProgram, ["500", "7"], { encoding: "utf8" });
  assert.equal(ask(), ask());
});

test("every defect is noticed", async () => {
  assert.ok(defectNames().length >= 12);
  assert.deepEqual(await unnoticedDefects(sample), []);
});

test("a decision in a hundred takes less than 50 µs, over a million", (context) => {
  const cost = costOf(1_000_000);
  context.diagnostic(`p50 ${cost.p50_ns} ns, p99 ${cost.p99_ns} ns`);
  assert.equal(cost.decisions, 1_000_000);
  assert.ok(cost.p99_ns < 50_000, `${cost.p99_ns} ns`);
});

test("engine and evaluator agree on variants of the policy", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "suyuan-policy-"));
  context.after(() => rmSync(folder, { recursive: true }));
  let read = 0;
  let refused = 0;
  const seen = new Set();
  for (let seed = 1; read < 40 && seed < 1000; seed += 1) {
    const file = join(folder, `variant-${seed}.toml`);
    writeFileSync(file, variantOf(policyText, seed));
    const tried = spawnSync(questionsProgram, ["1"], { env: { ...process.env, SUYUAN_POLICY: file }, encoding: "utf8" });
    if (tried.status !== 0) {
      assert.match(tried.stderr, /variant-\d+\.toml:\d+/);
      refused += 1;
      continue;
    }
    read += 1;
    const { disagreements, firstDisagreement, rulesSeen } = await compare({ file, first: seed * 10_000, count: sample / 40 });
    assert.equal(disagreements, 0, `seed ${seed}: ${firstDisagreement}`);
    for (const rule of rulesSeen) seen.add(rule);
  }
  assert.equal(read, 40, `${refused} refused`);
  assert.ok([...seen].some((rule) => rule.startsWith("variant-")), "no forbidden field ever took part");
  context.diagnostic(`${read} variants read, ${refused} refused by the reader`);
});

test("the evaluator answers the cases of docs/policy.md by hand", () => {
  const evaluator = new Evaluator(policyText);
  const ask = (subject, action, resource, context = {}) =>
    textOf(
      evaluator.decide({
        subject: {
          region: 0, department: null, functions: [], validity: [null, null], is_revoked: false,
          credential: [action], authentication: "two_factor", ...subject,
        },
        action,
        resource: {
          data_class: "internal", regions: [410000, 410100, 410105], supervisors: [], relations: [], share: null,
          incident: { number: 0, open: [null, null] }, ...resource,
        },
        context: { now: 10, purpose: null, case_number: 0, ...context },
      }),
    ).split("|");
  const county = { role: "regulator_county", region: 410106, department: "market_regulation" };
  const open = { kind: "position", incident: { number: 7, open: [null, 11] } };
  assert.deepEqual(ask({ role: "public_consumer", authentication: "none" }, "read", { kind: "event" }).slice(0, 2), ["deny", "public-sees-only-the-consumer-view"]);
  assert.deepEqual(ask(county, "trace", { kind: "position" }, { purpose: "case" }).slice(0, 2), ["deny", "territory"]);
  assert.deepEqual(ask(county, "trace", open, { purpose: "case", case_number: 7 }).slice(0, 2), ["permit", "case-trace"]);
  assert.deepEqual(ask(county, "trace", open, { purpose: "case", case_number: 7, now: 11 }).slice(0, 2), ["deny", "territory"]);
  assert.deepEqual(ask({ role: "operator_owner" }, "trace", { kind: "position", relations: ["own"] }).slice(6), ["1", "1"]);
});

test("docs/policy.md says what each operation needs, in words of the policy", () => {
  const page = readFileSync(join(root, "docs/policy.md"), "utf8");
  const section = page.slice(page.indexOf("## 9."), page.indexOf("## 10."));
  const rows = [...section.matchAll(/^\| (`.*`) \| ([a-z]+) \| ([a-z_]+) \| [a-z]+ \|$/gm)];
  const said = rows.flatMap(([, operations]) => [...operations.matchAll(/`(\w+)`/g)].map((match) => match[1]));
  const operations = [...readFileSync(join(root, "openapi/suyuan.yaml"), "utf8").matchAll(/^\s*operationId: (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(said.toSorted(), operations.toSorted());
  const kinds = new Map(parse(policyText).resource.map((kind) => [kind.name, kind.actions]));
  for (const [, , action, kind] of rows) assert.ok(kinds.get(kind)?.includes(action), `${kind} has no action ${action}`);
});

test("docs/policy.md names only rules that there are", () => {
  const page = readFileSync(join(root, "docs/policy.md"), "utf8");
  const section = page.slice(page.indexOf("## 8."), page.indexOf("Which purpose"));
  const names = new Evaluator(policyText).ruleNames;
  const said = [...section.matchAll(/\| `([a-z-]+)` \|$/gm)].map((match) => match[1]);
  assert.ok(said.length >= 9);
  for (const name of said) assert.ok(names.includes(name), name);
  assert.equal(rulesOf(policyText).rules.length, names.length);
});
