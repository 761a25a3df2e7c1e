// SPDX-License-Identifier: Apache-2.0
//
// security/asvs.yaml: every requirement of levels 1 and 2 once, each with tests that exist, with what is missing, or with a
// reason why it does not apply.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { parse } = createRequire(join(root, "tests/http/package.json"))("yaml");
const { version, requirements } = parse(readFileSync(join(root, "security/asvs.yaml"), "utf8"));

// How many requirements of levels 1 and 2 each chapter of 5.0.0 has.
const lengths = { 1: [8, 19], 2: [4, 7], 3: [8, 11], 4: [2, 8], 5: [4, 5], 6: [13, 22], 7: [6, 12], 8: [4, 3], 9: [4, 3], 10: [5, 24], 11: [3, 11], 12: [3, 6], 13: [1, 12], 14: [2, 7], 15: [3, 10], 16: [0, 16], 17: [0, 7] };

const texts = new Map();

function textOf(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(join(root, file), "utf8"));
  return texts.get(file);
}

// "Suite.Name" of C++; the first argument of test(), as it is written, of JavaScript.
function hasTest(file, name) {
  const text = textOf(file);
  if (file.endsWith("_test.cc")) {
    const [suite, own] = name.split(".");
    return new RegExp(`^TEST(_F|_P)?\\(${suite}, ${own}\\)`, "m").test(text);
  }
  return ["'", '"', "`"].some((quote) => text.includes(`test(${quote}${name.replaceAll(quote, `\\${quote}`)}${quote},`));
}

test("every requirement of levels 1 and 2 stands there once", () => {
  assert.equal(version, "5.0.0");
  const ids = requirements.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const found = {};
  for (const { id, level, what } of requirements) {
    const chapter = /^V(\d+)\.\d+\.\d+$/.exec(id)?.[1];
    assert.ok(chapter, id);
    assert.ok(level === 1 || level === 2, id);
    assert.ok(what.length >= 5 && what.length <= 100, `${id}: ${what}`);
    found[chapter] ??= [0, 0];
    found[chapter][level - 1] += 1;
  }
  assert.deepEqual(found, lengths);
});

test("each says one of three things, and nothing else", () => {
  for (const { id, level, what, test: tests, open, "not-applicable": reason, ...rest } of requirements) {
    assert.deepEqual(rest, {}, id);
    assert.ok(tests || open || reason, id);
    assert.ok(!(reason && (tests || open)), `${id} applies or does not`);
    for (const text of [open, reason].filter((given) => given !== undefined)) assert.ok(text.length >= 6, `${id}: ${text}`);
    assert.ok(tests === undefined || (Array.isArray(tests) && tests.length > 0), id);
  }
});

test("every test that it names exists", () => {
  const missing = [];
  for (const { id, test: tests } of requirements) {
    for (const named of tests ?? []) {
      const [, file, name] = /^(\S+): (.+)$/.exec(named) ?? [];
      assert.ok(file, `${id}: ${named}`);
      if (!hasTest(file, name)) missing.push(`${id} ${named}`);
    }
  }
  assert.deepEqual(missing, []);
});

test("counts", (context) => {
  const count = (has) => requirements.filter(has).length;
  context.diagnostic(
    `${requirements.length} requirements: ${count(({ test: tests, open }) => tests && !open)} shown by tests, ` +
      `${count(({ test: tests, open }) => tests && open)} in part, ${count(({ test: tests, open }) => !tests && open)} open, ` +
      `${count((one) => one["not-applicable"])} not applicable`,
  );
});
