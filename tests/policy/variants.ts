// SPDX-License-Identifier: Apache-2.0
//
// Other policies, made of the product's file by seeded edits: rules in another order, conditions left out, fields
// forbidden, classes raised. What the reader refuses of them is skipped; what it reads must mean the same to both.

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const optional = [
  "roles", "actions", "resources", "relations", "unless_relations", "region", "departments", "functions", "purposes", "fields",
  "hide", "mask", "duties", "steps_up", "steps_down",
];
const classes = ["public", "internal", "confidential", "personal"];

/** The file's text before its rules, and the text of each rule. */
export function rulesOf(text: string): { head: string; rules: string[] } {
  const starts = [...text.matchAll(/^\[\[(permit|forbid)\]\]$/gm)].map((match) => match.index);
  const head = text.slice(0, starts[0] ?? text.length);
  return { head, rules: starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length).trimEnd()) };
}

/** A variant of a policy file. */
export function variantOf(text: string, seed: number): string {
  const throwDie = dice(seed);
  const below = (count: number): number => Math.floor(throwDie() * count);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const { head, rules } = rulesOf(text);
  const edited = [...rules];
  for (let i = edited.length - 1; i > 0; i -= 1) {
    const j = below(i + 1);
    [edited[i], edited[j]] = [edited[j] as string, edited[i] as string];
  }
  const edits = 1 + below(4);
  for (let edit = 0; edit < edits; edit += 1) {
    const at = below(edited.length);
    const rule = edited[at] as string;
    switch (below(5)) {
      case 0: // a condition left out
        edited[at] = rule.replace(new RegExp(`^${oneOf(optional)} = .*\n?`, "m"), "").trimEnd();
        break;
      case 1: // another class
        edited[at] = rule.replace(/^data_class = .*$/m, `data_class = "${oneOf(classes)}"`);
        break;
      case 2: // the rule gone
        edited.splice(at, 1);
        break;
      case 3: // another region
        edited[at] = rule.replace(/^region = .*$/m, `region = "${oneOf(["subtree", "outside"])}"`);
        break;
      default: // a few fields forbidden to some
        edited.splice(at, 0, forbidOf(edit, oneOf, below));
    }
  }
  return `${head}${edited.join("\n\n")}\n`;
}

function forbidOf(number: number, oneOf: <T>(list: readonly T[]) => T, below: (count: number) => number): string {
  const conditions = [
    'unless_relations = ["own"]', 'relations = ["one_up", "shared", "incident"]', 'region = "outside"', 'region = "subtree"',
    'departments = ["market_regulation", "health"]', 'functions = ["emergency"]', 'purposes = ["case", "supervision"]',
  ];
  const fields = ["lot", "region", "owner", "item", "name", "uscc", "person_name", "counts", "status", "product_name"];
  return [
    "[[forbid]]",
    `rule = "variant-${number}"`,
    'zh = "变体"',
    'en = "A variant."',
    'source = "test"',
    ...(below(2) === 0 ? ['roles = ["regulators", "enterprises"]'] : []),
    ...(below(2) === 0 ? [oneOf(conditions)] : []),
    `fields = ["${oneOf(fields)}"]`,
  ].join("\n");
}
