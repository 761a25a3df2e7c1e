// SPDX-License-Identifier: Apache-2.0
//
// The program under test, serving a store of its own.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
export const program = process.env.SUYUAN_PROGRAM ?? join(repository, 'build/release/suyuan');
const patienceMs = 60_000;

// Crawls ask faster than people: unless told otherwise nobody is slowed down. Starts a server over an empty store, or over what `prepare(folder)` put into it. `stop(look)` ends it,
// lets `look(folder)` see the store, removes it and gives the exit code. A store in `kept` is the caller's: it stays.
export async function startServer({ prepare, args = ['--pace', '1000000'], kept } = {}) {
  const folder = kept ?? await mkdtemp(join(tmpdir(), 'suyuan-http-'));
  await prepare?.(folder);
  const child = spawn(program, ['serve', '--data', folder, '--listen', '127.0.0.1:0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address from ${program}: ${output}`)), patienceMs);
    const listen = (chunk) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}: ${output}`)));
  });
  return {
    url,
    pid: child.pid,
    async stop(look) {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      const code = await ended;
      await look?.(folder);
      if (kept === undefined) {
        await rm(folder, { recursive: true });
      }
      return code;
    },
  };
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Polls until `probe` gives something truthy.
export async function eventually(probe, what) {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const found = await probe();
    if (found) {
      return found;
    }
    await wait(5);
  }
  throw new Error(`not in time: ${what}`);
}
