// SPDX-License-Identifier: Apache-2.0
//
// Holds the engine against the evaluator on random questions:
//
//   node build/compare.js [COUNT [FIRST]]
//
// COUNT 10,000,000 if left out. Environment: SUYUAN_POLICY, another file than the product's; SUYUAN_EVIDENCE, a file of
// JSON lines to which the result is added, and SUYUAN_COMMIT, named there. Ends with 1 at a disagreement, if a defect was
// not noticed, or if one decision in a hundred takes 50 µs.

import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

import { Evaluator, textOf, type Question } from "./evaluator.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const policyFile = process.env["SUYUAN_POLICY"] ?? `${root}policy/suyuan-policy.toml`;
export const questionsProgram = process.env["SUYUAN_POLICY_PROGRAM"] ?? `${root}build/release/tests/policy/policy_questions`;

export interface Comparison {
  questions: number;
  disagreements: number;
  permitted: number;
  rulesSeen: Set<string>; // took part at least once
  firstDisagreement?: string;
}

export interface Request {
  file?: string;
  first?: number;
  count: number;
  defect?: number;
  /** Stop at the first disagreement. */
  stopsEarly?: boolean;
}

type Asked = Question & { answer: string };

/** Text between line ends; the engine's lines all have one. */
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** Asks the engine `count` questions and evaluates each again. */
export async function compare(request: Request): Promise<Comparison> {
  const file = request.file ?? policyFile;
  const evaluator = new Evaluator(readFileSync(file, "utf8"));
  const defect = request.defect === undefined ? "-" : String(request.defect);
  const engine = spawn(questionsProgram, [String(request.count), String(request.first ?? 0), defect], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, SUYUAN_POLICY: file },
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    engine.on("error", reject);
    engine.on("close", resolve);
  });
  const result: Comparison = { questions: 0, disagreements: 0, permitted: 0, rulesSeen: new Set() };
  for await (const line of linesOf(engine.stdout)) {
    const asked = JSON.parse(line) as Asked;
    const answer = evaluator.decide(asked);
    const text = textOf(answer);
    result.questions += 1;
    if (answer.permitted) result.permitted += 1;
    for (const rule of answer.rules) result.rulesSeen.add(rule);
    if (text !== asked.answer) {
      result.disagreements += 1;
      result.firstDisagreement ??= `${line}\n  engine:    ${asked.answer}\n  evaluator: ${text}`;
      if (request.stopsEarly === true) {
        engine.kill();
        break;
      }
    }
  }
  const status = await exit;
  if (request.stopsEarly !== true && (status !== 0 || result.questions !== request.count)) {
    throw new Error(`policy_questions ended with ${status} after ${result.questions} answers`);
  }
  return result;
}

/** The names of the defects that policy_questions can be given. */
export function defectNames(): string[] {
  return execFileSync(questionsProgram, { encoding: "utf8" }).trimEnd().split("\n");
}

/** Whether each defect was noticed within `count` questions. */
export async function unnoticedDefects(count: number): Promise<string[]> {
  const unnoticed: string[] = [];
  for (const [defect, name] of defectNames().entries()) {
    const { disagreements } = await compare({ count, defect, stopsEarly: true });
    if (disagreements === 0) unnoticed.push(name);
  }
  return unnoticed;
}

interface Cost {
  decisions: number;
  p50_ns: number;
  p99_ns: number;
  max_ns: number;
}

export function costOf(count: number): Cost {
  const text = execFileSync(questionsProgram, ["cost", String(count)], {
    encoding: "utf8",
    env: { ...process.env, SUYUAN_POLICY: policyFile },
  });
  return JSON.parse(text) as Cost;
}

/** compare() on a thread of its own. */
function compareAside(request: Request): Promise<Comparison> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: request });
    worker.on("message", resolve);
    worker.on("error", reject);
  });
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000_000);
  const first = Number(process.argv[3] ?? 0);
  if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(first) || first < 0) {
    throw new Error("compare.js [COUNT [FIRST]]: whole numbers, COUNT at least 1");
  }
  const began = process.hrtime.bigint();
  const shares = Math.min(availableParallelism(), 2, count);
  const parts = await Promise.all(
    Array.from({ length: shares }, (_, i) => {
      const from = Math.floor((count * i) / shares);
      return compareAside({ first: first + from, count: Math.floor((count * (i + 1)) / shares) - from });
    }),
  );
  const questions = parts.reduce((sum, part) => sum + part.questions, 0);
  const disagreements = parts.reduce((sum, part) => sum + part.disagreements, 0);
  const permitted = parts.reduce((sum, part) => sum + part.permitted, 0);
  const seen = new Set(parts.flatMap((part) => [...part.rulesSeen]));
  const text = readFileSync(policyFile, "utf8");
  const names = new Evaluator(text).ruleNames;
  const unseen = names.filter((name) => !seen.has(name));
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
  for (const part of parts) {
    if (part.firstDisagreement !== undefined) console.log(part.firstDisagreement);
  }
  console.log(
    `${questions} questions, ${permitted} permitted, ${disagreements} disagreements; ` +
      `${names.length - unseen.length} of ${names.length} rules took part (${seconds} s)`,
  );
  if (unseen.length > 0) console.log(`took nothing away, second walls: ${unseen.join(", ")}`);
  const defects = defectNames();
  const unnoticed = await unnoticedDefects(200_000);
  console.log(`${defects.length - unnoticed.length} of ${defects.length} defects noticed`);
  if (unnoticed.length > 0) console.log(`not noticed: ${unnoticed.join(", ")}`);
  const cost = costOf(1_000_000);
  console.log(`a decision costs p50 ${cost.p50_ns} ns, p99 ${cost.p99_ns} ns, at most ${cost.max_ns} ns (${cost.decisions} decisions)`);
  const passed = disagreements === 0 && unnoticed.length === 0 && cost.p99_ns < 50_000;
  const evidence = process.env["SUYUAN_EVIDENCE"];
  if (evidence !== undefined) {
    const line = {
      test: "policy",
      date: new Date().toISOString(),
      commit: process.env["SUYUAN_COMMIT"] ?? "unknown",
      policy_sha256: createHash("sha256").update(text).digest("hex"),
      rules: names.length,
      first,
      questions,
      permitted,
      disagreements,
      rules_seen: names.length - unseen.length,
      defects: defects.length,
      defects_noticed: defects.length - unnoticed.length,
      cost,
      processor: cpus()[0]?.model ?? "unknown",
      passed,
    };
    appendFileSync(evidence, `${JSON.stringify(line)}\n`);
  }
  process.exitCode = passed ? 0 : 1;
}

if (!isMainThread) {
  parentPort?.postMessage(await compare(workerData as Request));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main();
}
