// SPDX-License-Identifier: Apache-2.0
//
// The program under test at the command line.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export const program = process.env.SUYUAN_PROGRAM;

export const exit = { done: 0, problems: 1, usage: 2, failed: 3 };

// Removed after the tests of the file.
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `suyuan-${name}-`));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

// Under a locale.
export function run(language, ...args) {
  return spawnSync(program, args, { encoding: 'utf8', timeout: 60_000, env: { ...process.env, LANG: language, LC_ALL: '' } });
}

export const suyuan = (...args) => run('en_US.UTF-8', ...args);

// A server of a directory, told more by `options`; it listens on this machine unless they say otherwise.
export async function serve(data, options = ['--listen', '127.0.0.1:0']) {
  const server = spawn(program, ['serve', '--data', data, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise((resolve, reject) => {
    server.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
    server.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  const stop = async (signal = 'SIGTERM') => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    return ended;
  };
  return { url, pid: server.pid, stop };
}
