// SPDX-License-Identifier: Apache-2.0
//
// Starts the real program on a fresh demo in a temporary folder, and a browser.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const program = process.env.SUYUAN_PROGRAM;

// `demo` is what "suyuan demo" is asked for: nothing for the demo story, else a province. `prepare` is given the folder
// before the server holds it.
export async function startServer(demo = [], prepare = () => undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'suyuan-e2e-'));
  const loaded = spawnSync(program, ['demo', ...demo, '--data', folder], { encoding: 'utf8' });
  if (loaded.status !== 0) {
    throw new Error(`suyuan demo: ${loaded.stderr}`);
  }
  prepare(folder);
  const server = spawn(program, ['serve', '--data', folder, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    server.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
    server.once('exit', (code) => reject(new Error(`suyuan serve ended with ${code}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { url: url.replace(/\/$/, ''), stop };
}

export const startBrowser = () =>
  chromium.launch({
    executablePath: process.env.SUYUAN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
