// SPDX-License-Identifier: Apache-2.0
//
// docs/guides/integrator.md does what it says: its blocks run in order, in one folder, against a fresh server.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startServer } from './support/server.mjs';

const guide = readFileSync(new URL('../../docs/guides/integrator.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/^```(sh|js)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));

let server;
let folder;

before(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'suyuan-guide-'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

function run({ language, text }) {
  const [command, args] =
    language === 'sh' ? ['bash', ['-euo', 'pipefail', '-c', text]] : [process.execPath, ['--input-type=module', '-e', text]];
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: 60_000, env: { ...process.env, SUYUAN: server.url } });
}

test('the guide has blocks to run', () => assert.ok(blocks.length >= 5));

blocks.forEach((block, i) => {
  test(`block ${i + 1} (${block.language}) of the integrator's guide runs`, () => {
    const { status, stdout, stderr } = run(block);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
  });
});
