// SPDX-License-Identifier: Apache-2.0
//
// Accounts made by the command line, and people who sign in over HTTP.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { program } from './server.mjs';

export const uscc = (code) => `https://ns.suyuan.example/uscc/${code}`;

// What the program says.
export function said(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 28 });
  assert.equal(status, 0, `${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

export const suyuan = (...args) => JSON.parse(said(...args, '--json'));

// Puts a document into a store that no server holds.
export function importDocument(folder, document) {
  const file = join(folder, 'register.json');
  writeFileSync(file, JSON.stringify(document));
  return suyuan('import', '--data', folder, file);
}

export const createAccount = (folder, name, ...options) => suyuan('account', 'create', name, '--data', folder, ...options);
export const createKey = (folder, ...options) => suyuan('key', 'create', '--data', folder, ...options);

// What `suyuan verify` finds wrong with a store that no server holds, the trail's chain included.
export const findings = (folder) => suyuan('verify', '--data', folder).findings;

// RFC 6238, six digits of 30 seconds, SHA-1.
export function oneTimePassword(enrolment, at = Date.now()) {
  const letters = new URL(enrolment).searchParams.get('secret');
  const bits = [...letters].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const place = digest.at(-1) & 15;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export const cookieOf = (response) => response.headers.get('Set-Cookie').split(';')[0];

// What a browser sends with a session.
export const browser = (url, cookie) => ({ Cookie: cookie, Origin: url });

// Somebody who has signed in and changed the password that was handed out: { cookie, password, code }.
export async function signIn(call, url, made) {
  const codes = [...made.recovery_codes];
  const proof = () => (codes.length > 0 ? { code: codes.pop() } : {});
  const first = await call('signIn', { body: { name: made.name, password: made.password, ...proof() } });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal(first.body.must_change_password, true);
  const password = `long enough for ${made.id} and nobody else`;
  const changed = await call('changePassword', {
    headers: browser(url, cookieOf(first)),
    body: { password: made.password, new_password: password, ...proof() },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  return { name: made.name, cookie: cookieOf(changed), password, proof };
}
