// SPDX-License-Identifier: Apache-2.0
//
// docs/policy.md read a second time. Nothing here looks at src/policy: it works with names and sets of names, one
// rule after the other, and follows the sections of that page. A difference to the engine is a fault of one of the two,
// or of the page.

import { parse } from "smol-toml";

type Moment = number | null; // null: never
type Period = [from: Moment, until: Moment];

/** Section 1: who asks for what, about what, and when. */
export interface Question {
  subject: {
    role: string;
    region: number;
    department: string | null;
    functions: string[];
    validity: Period;
    is_revoked: boolean;
    authentication: string;
    credential: string[];
  };
  action: string;
  resource: {
    kind: string;
    data_class: string;
    regions: number[];
    supervisors: string[];
    relations: string[];
    share: Period | null;
    incident: { number: number; open: Period };
  };
  context: { now: number; purpose: string | null; case_number: number };
}

/** Section 1: the answer. */
export interface Answer {
  permitted: boolean;
  rule: string;
  rules: string[];
  visible: string[];
  masked: string[];
  duties: string[];
  up: number;
  down: number;
}

const classes = ["public", "internal", "confidential", "personal"] as const;
const dutyOrder = ["log", "mask", "two_people", "reauthenticate", "watermark"];
const stated = ["own", "one_up", "one_down", "market_owner_of", "in_custody", "assigned", "published"];
const all = Infinity;

interface Rule {
  name: string;
  permits: boolean;
  /** A forbid with `fields`. */
  closesFieldsOnly: boolean;
  roles: Set<string> | null; // null: left out
  actions: Set<string> | null;
  kinds: Set<string> | null;
  relations: string[] | null;
  unless: string[];
  region: string | null;
  departments: Set<string> | null;
  functions: string[] | null;
  purposes: Set<string> | null;
  dataClass: number;
  fields: Set<string> | null;
  hide: Set<string>;
  mask: Set<string>;
  duties: string[];
  up: number;
  down: number;
}

interface Kind {
  actions: Set<string>;
  fields: Map<string, number>; // to its data class, in the order of the file
}

type Table = Record<string, unknown>;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const textsOrNull = (table: Table, key: string): string[] | null => (key in table ? texts(table[key]) : null);
const setOrNull = (table: Table, key: string): Set<string> | null => (key in table ? new Set(texts(table[key])) : null);
const tables = (root: Table, key: string): Table[] => (root[key] ?? []) as Table[];
const steps = (value: unknown): number => (value === "all" ? all : Number(value ?? 0));
const rank = (dataClass: string): number => classes.findIndex((name) => name === dataClass);

const holds = (period: Period, now: number): boolean =>
  (period[0] === null || period[0] <= now) && (period[1] === null || now < period[1]);

export class Evaluator {
  private readonly roles = new Map<string, Set<string>>(); // role to its ways to authenticate
  private readonly kinds = new Map<string, Kind>();
  private readonly rules: Rule[] = [];
  private readonly memo = new Map<string, Rule[]>();

  constructor(text: string) {
    const root = parse(text) as Table;
    for (const role of tables(root, "role")) {
      this.roles.set(String(role["name"]), new Set(texts(role["authentication"])));
    }
    const groups = new Map(tables(root, "group").map((group) => [String(group["name"]), texts(group["roles"])]));
    for (const kind of tables(root, "resource")) {
      const fields = new Map<string, number>();
      classes.forEach((name, level) => texts(kind[name]).forEach((field) => fields.set(field, level)));
      this.kinds.set(String(kind["name"]), { actions: new Set(texts(kind["actions"])), fields });
    }
    // Rules stand in the order of the file, permits and forbids mixed: the headings tell it.
    const waiting: Record<string, Table[]> = { permit: [...tables(root, "permit")], forbid: [...tables(root, "forbid")] };
    for (const heading of text.matchAll(/^[ \t]*\[\[[ \t]*["']?(permit|forbid)["']?[ \t]*\]\]/gm)) {
      const type = heading[1] as string;
      const table = waiting[type]?.shift();
      if (table === undefined) throw new Error(`more headings [[${type}]] than tables`);
      this.rules.push(this.readRule(table, type === "permit", groups));
    }
  }

  get ruleNames(): string[] {
    return this.rules.map((rule) => rule.name);
  }

  private readRule(table: Table, permits: boolean, groups: Map<string, string[]>): Rule {
    const roles = textsOrNull(table, "roles");
    return {
      name: String(table["rule"]),
      permits,
      closesFieldsOnly: !permits && "fields" in table,
      roles: roles && new Set(roles.flatMap((name) => groups.get(name) ?? [name])),
      actions: setOrNull(table, "actions"),
      kinds: setOrNull(table, "resources"),
      relations: textsOrNull(table, "relations"),
      unless: texts(table["unless_relations"]),
      region: "region" in table ? String(table["region"]) : null,
      departments: setOrNull(table, "departments"),
      functions: textsOrNull(table, "functions"),
      purposes: setOrNull(table, "purposes"),
      dataClass: permits ? rank(String(table["data_class"])) : classes.length - 1,
      fields: setOrNull(table, "fields"),
      hide: new Set(texts(table["hide"])),
      mask: new Set(texts(table["mask"])),
      duties: texts(table["duties"]),
      up: steps(table["steps_up"]),
      down: steps(table["steps_down"]),
    };
  }

  /** Section 2: what a permit opens, or a forbid with fields closes, of a kind. */
  private touched(rule: Rule, kind: Kind): string[] {
    return [...kind.fields]
      .filter(
        ([name, level]) =>
          (rule.fields === null || rule.fields.has(name)) && !rule.hide.has(name) && (!rule.permits || level <= rule.dataClass),
      )
      .map(([name]) => name);
  }

  /** The rules that name role, action and kind, or leave them out. They do not change between questions. */
  private rulesAbout(role: string, action: string, kindName: string, kind: Kind): Rule[] {
    const key = `${role} ${action} ${kindName}`;
    let found = this.memo.get(key);
    if (found === undefined) {
      found = this.rules.filter(
        (rule) =>
          (rule.roles === null || rule.roles.has(role)) &&
          (rule.actions === null || rule.actions.has(action)) &&
          (rule.kinds === null ? this.standsFor(rule, kind) : rule.kinds.has(kindName)),
      );
      this.memo.set(key, found);
    }
    return found;
  }

  /** A rule that leaves `resources` out and touches fields stands for the kinds of which it touches one. */
  private standsFor(rule: Rule, kind: Kind): boolean {
    return (!rule.permits && !rule.closesFieldsOnly) || this.touched(rule, kind).length > 0;
  }

  /** Section 4. */
  private relations({ subject, resource, context }: Question): Set<string> {
    const relations = new Set(resource.relations.filter((relation) => stated.includes(relation)));
    const supervised = subject.department !== null && resource.supervisors.includes(subject.department);
    if (supervised && this.isInSubtree(subject.region, resource.regions)) relations.add("supervises");
    if (resource.share !== null && holds(resource.share, context.now)) relations.add("shared");
    const { number, open } = resource.incident;
    if (number !== 0 && context.case_number === number && holds(open, context.now)) relations.add("incident");
    return relations;
  }

  private isInSubtree(region: number, regions: number[]): boolean {
    return region !== 0 && regions.includes(region);
  }

  /** Section 2, the table of conditions. */
  private matches(rule: Rule, question: Question, relations: Set<string>): boolean {
    const { subject, resource, context } = question;
    if (rule.relations !== null && !rule.relations.some((relation) => relations.has(relation))) return false;
    if (rule.unless.some((relation) => relations.has(relation))) return false;
    if (rule.region !== null) {
      const inside = this.isInSubtree(subject.region, resource.regions);
      if (inside !== (rule.region === "subtree")) return false;
    }
    if (rule.departments !== null && (subject.department === null || !rule.departments.has(subject.department))) return false;
    if (rule.functions !== null && !rule.functions.some((name) => subject.functions.includes(name))) return false;
    if (rule.purposes !== null && (context.purpose === null || !rule.purposes.has(context.purpose))) return false;
    return rank(resource.data_class) <= rule.dataClass;
  }

  /** Section 3. */
  decide(question: Question): Answer {
    const { subject, action, resource, context } = question;
    const deny = (rule: string, rules: string[] = []): Answer => ({
      permitted: false,
      rule,
      rules,
      visible: [],
      masked: [],
      duties: [],
      up: 0,
      down: 0,
    });
    const authentications = this.roles.get(subject.role);
    const kind = this.kinds.get(resource.kind);
    if (authentications === undefined || kind === undefined || !kind.actions.has(action)) return deny("#unknown"); // 1
    if (subject.is_revoked) return deny("#revoked"); // 2
    if (!holds(subject.validity, context.now)) return deny("#not-valid"); // 3
    if (!authentications.has(subject.authentication)) return deny("#authentication"); // 4
    if (!subject.credential.includes(action)) return deny("#credential"); // 5

    const relations = this.relations(question);
    const matching = this.rulesAbout(subject.role, action, resource.kind, kind).filter((rule) =>
      this.matches(rule, question, relations),
    );
    const closing = matching.find((rule) => !rule.permits && !rule.closesFieldsOnly);
    if (closing !== undefined) return deny(closing.name, [closing.name]); // 6
    const permits = matching.filter((rule) => rule.permits);
    if (permits.length === 0) return deny("#default"); // 7

    const opened = new Set<string>(); // 8
    const clear = new Set<string>();
    for (const rule of permits) {
      for (const field of this.touched(rule, kind)) {
        opened.add(field);
        if (!rule.mask.has(field)) clear.add(field);
      }
    }
    const forbids = matching.filter((rule) => !rule.permits);
    const closed = new Set(forbids.flatMap((rule) => this.touched(rule, kind)));
    const visible = [...kind.fields.keys()].filter((field) => opened.has(field) && !closed.has(field));
    const masked = visible.filter((field) => !clear.has(field));
    const took = forbids.filter((rule) => this.touched(rule, kind).some((field) => opened.has(field)));

    if (visible.length === 0) {
      const first = took[0]; // 9
      return first === undefined ? deny("#default") : deny(first.name, [first.name]);
    }

    const seen = new Set(visible); // 10
    const deciding = permits.find((rule) => this.touched(rule, kind).some((field) => seen.has(field)));
    if (deciding === undefined) throw new Error("a visible field that no permit opened");
    const duties = new Set(permits.flatMap((rule) => rule.duties));
    if (masked.length > 0) duties.add("mask");
    const traces = action === "trace";
    return {
      permitted: true,
      rule: deciding.name,
      rules: matching.filter((rule) => rule.permits || took.includes(rule)).map((rule) => rule.name),
      visible,
      masked,
      duties: dutyOrder.filter((duty) => duties.has(duty)),
      up: traces ? Math.max(...permits.map((rule) => rule.up)) : 0,
      down: traces ? Math.max(...permits.map((rule) => rule.down)) : 0,
    };
  }
}

/** As the engine writes its answer: "permit|rule|rules|visible|masked|duties|up|down". */
export function textOf(answer: Answer): string {
  const count = (number: number): string => (number === all ? "all" : String(number));
  return [
    answer.permitted ? "permit" : "deny",
    answer.rule,
    answer.rules.join(","),
    answer.visible.join(","),
    answer.masked.join(","),
    answer.duties.join(","),
    count(answer.up),
    count(answer.down),
  ].join("|");
}
