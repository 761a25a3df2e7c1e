// SPDX-License-Identifier: Apache-2.0
//
// Accounts, keys and the audit trail by the real program.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { get } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { exit, run, serve, suyuan, temporaryFolder } from './program.mjs';

const folder = temporaryFolder('access');
const store = join(folder, 'store');

function told(...args) {
  const { status, stdout, stderr } = suyuan(...args, '--data', store, '--json');
  assert.equal(status, exit.done, stdout + stderr);
  return JSON.parse(stdout);
}

const inspector = ['--kind', 'regulator', '--role', 'regulator_county', '--region', '110105', '--department', 'market_regulation'];
const officer = (role) => ['--kind', 'officer', '--role', role];

test('every command explains itself', () => {
  for (const command of [
    ['account', 'create'], ['account', 'disable'], ['account', 'enable'], ['account', 'reset'], ['account', 'grant'], ['account', 'revoke'],
    ['account', 'list'], ['key', 'create'], ['key', 'rotate'], ['key', 'revoke'], ['key', 'list'], ['audit', 'search'],
  ]) {
    const { status, stdout } = suyuan(...command, '--help');
    assert.equal(status, exit.done, command.join(' '));
    assert.match(stdout, /--data/);
    assert.match(stdout, /[\u4e00-\u9fff]/);
  }
});

test('wrong use ends with 2 and says what is wrong, in either language', () => {
  for (const [args, en, zh] of [
    [['account'], /create \| disable/, /create \| disable/],
    [['account', 'creat'], /no command 'creat'.*create/, /没有“creat”这个命令.*create/],
    [['account', 'list', '--jsno', '--data', store], /--jsno.*--json/, /--jsno.*--json/],
    [['key', 'create', '--data', store], /required/, /缺少/],
    [['account', 'create', 'x', '--data', store, '--kind', 'king', '--role', 'x'], /king not in/, /king 不在/],
    [['account', 'create', 'x', '--data', store, ...inspector.slice(0, 3), 'king', '--region', '1', '--department', 'market_regulation'], /no role 'king'/, /没有角色“king”/],
    [['account', 'create', 'x', '--data', store, '--kind', 'operator', '--role', 'operator_owner', '--operator', '123'], /neither a USCC/, /不是统一社会信用代码/],
    [['audit', 'search', '--data', store, '--from', 'yesterday'], /./, /./],
  ]) {
    for (const [language, words] of [['en_US.UTF-8', en], ['zh_CN.UTF-8', zh]]) {
      const { status, stderr } = run(language, ...args);
      assert.equal(status, exit.usage, args.join(' '));
      assert.match(stderr, words);
    }
  }
});

test('a question makes no store', () => {
  for (const command of [['account', 'list'], ['key', 'list'], ['audit', 'search']]) {
    assert.equal(suyuan(...command, '--data', join(folder, 'nowhere')).status, exit.problems);
  }
});

test('an account is made, and what its holder needs is told once', () => {
  const made = told('account', 'create', '王五', ...inspector, '--function', 'emergency');
  assert.match(made.password, /^[A-Za-z2-9]{22}$/);
  assert.match(made.enrolment, /^otpauth:\/\/totp\/Suyuan:%E7%8E%8B%E4%BA%94\?secret=[A-Z2-7]{32}&issuer=Suyuan$/);
  assert.equal(made.recovery_codes.length, 10);
  const [account] = told('account', 'list');
  assert.equal(account.id, made.id);
  assert.equal(account.name, '王五');
  assert.equal(account.grants[0].role, 'regulator_county');
  assert.deepEqual(account.grants[0].functions, ['emergency']);
  assert.equal(account.grants[0].region, '110105');
  assert.doesNotMatch(JSON.stringify(told('account', 'list')), new RegExp(made.password));
  const bytes = readFileSync(join(store, 'suyuan.db'), 'latin1');
  for (const secret of [made.password, made.enrolment, made.recovery_codes[0]]) {
    assert.ok(!bytes.includes(secret));
  }
  assert.equal(statSync(join(store, 'access.key')).mode & 0o077, 0);
  const again = suyuan('account', 'create', '王五', ...inspector, '--data', store);
  assert.equal(again.status, exit.failed);
  assert.match(again.stderr, /taken/);
});

test('in words: Chinese and English', () => {
  for (const [language, words] of [['zh_CN.UTF-8', /^账号: .*\n初始密码: /], ['en_US.UTF-8', /^account: .*\ninitial password: /]]) {
    const { status, stdout, stderr } = run(language, 'account', 'reset', '王五', '--data', store);
    assert.equal(status, exit.done, stderr);
    assert.match(stdout, words);
    assert.match(stdout, /otpauth/);
    assert.notEqual(stderr, '');
  }
});

test('the three officers are three people', () => {
  told('account', 'create', 'sys', ...officer('system_officer'));
  told('account', 'create', 'aud', ...officer('audit_officer'));
  const both = suyuan('account', 'grant', 'sys', '--role', 'audit_officer', '--data', store);
  assert.equal(both.status, exit.failed);
  assert.match(both.stderr, /separation of duties/);
  assert.match(run('zh_CN.UTF-8', 'account', 'grant', 'sys', '--role', 'audit_officer', '--data', store).stderr, /三员分立/);
  assert.equal(suyuan('account', 'grant', '王五', '--role', 'audit_officer', '--data', store).status, exit.usage);
  assert.equal(suyuan('account', 'create', 'x', ...officer('regulator_city'), '--data', store).status, exit.usage);
});

test('a grant is given and taken back', () => {
  const { status, stdout } = suyuan(
    'account', 'grant', '王五', '--role', 'regulator_city', '--region', '110100', '--department', 'market_regulation', '--until', '2030-12-31', '--data', store,
  );
  assert.equal(status, exit.done);
  const id = stdout.trim();
  const grant = () => told('account', 'list').find(({ name }) => name === '王五').grants.find((one) => one.id === id);
  assert.equal(grant().until, '2031-01-01 00:00:00');
  assert.equal(grant().revoked, '');
  assert.equal(suyuan('account', 'revoke', id, '--data', store).status, exit.done);
  assert.notEqual(grant().revoked, '');
  assert.equal(suyuan('account', 'revoke', id, '--data', store).status, exit.problems);
});

test('an account is disabled and opened again', () => {
  const state = () => told('account', 'list').find(({ name }) => name === '王五').disabled;
  assert.equal(suyuan('account', 'disable', '王五', '--data', store).status, exit.done);
  assert.notEqual(state(), '');
  assert.match(suyuan('account', 'list', '--data', store).stdout, /王五.*disabled/);
  assert.equal(suyuan('account', 'enable', '王五', '--data', store).status, exit.done);
  assert.equal(state(), '');
  assert.equal(suyuan('account', 'disable', 'nobody', '--data', store).status, exit.problems);
});

test('a key is made, followed by another, and taken back', () => {
  const made = told('key', 'create', '--name', 'ERP', '--role', 'integrator', '--action', 'capture', '--action', 'read', '--allow', '10.0.0.0/8');
  assert.equal(Buffer.from(made.secret, 'base64').length, 32);
  assert.equal(made.use, 'hmac-sha256');
  assert.equal(createHmac('sha256', Buffer.from(made.secret, 'base64')).update('x').digest().length, 32);
  const bytes = readFileSync(join(store, 'suyuan.db'));
  assert.equal(bytes.indexOf(Buffer.from(made.secret, 'base64')), -1, 'the secret lies sealed');
  const next = told('key', 'rotate', made.id, '--overlap-hours', '1');
  assert.notEqual(next.secret, made.secret);
  assert.deepEqual(next.addresses, ['10.0.0.0/8']);
  assert.equal(suyuan('key', 'rotate', next.id, '--data', store).status, exit.problems, 'two of a family at most');
  assert.equal(suyuan('key', 'revoke', made.id, '--data', store).status, exit.done);
  assert.equal(suyuan('key', 'revoke', made.id, '--data', store).status, exit.problems);
  const keys = told('key', 'list');
  assert.equal(keys.length, 2);
  assert.ok(keys.every((key) => !('secret' in key)));
  assert.notEqual(keys.find(({ id }) => id === made.id).revoked, '');
  const bearer = suyuan('key', 'create', '--name', 'dev', '--role', 'integrator', '--action', 'read', '--use', 'bearer', '--data', store);
  assert.match(bearer.stdout, /secret: suyuan_k[a-z2-7]{16}_[a-z2-7]{52}\n/);
  assert.match(bearer.stderr, /this machine alone/);
});

test('a key that nobody should have is not made', () => {
  for (const [args, words] of [
    [['--role', 'regulator_county', '--action', 'read'], /nobody comes by key/],
    [['--role', 'integrator', '--action', 'fly'], /no action 'fly'/],
    [['--role', 'integrator', '--action', 'read', '--allow', '10.0.0.1/8'], /no range/],
    [['--role', 'integrator', '--action', 'read', '--days', '0'], /days/],
  ]) {
    const { status, stderr } = suyuan('key', 'create', '--name', 'x', '--data', store, ...args);
    assert.equal(status, exit.usage);
    assert.match(stderr, words);
  }
});

test('everything is in the trail, the search too, and the chain holds', () => {
  const rows = told('audit', 'search', '--limit', '1000');
  assert.deepEqual(rows.map(({ number }) => number), rows.map((_, place) => rows.length - place));
  const acts = new Set(rows.map(({ act }) => act));
  for (const act of ['account_create', 'account_reset', 'account_disable', 'account_enable', 'grant_add', 'grant_revoke', 'key_create', 'key_rotate', 'key_revoke']) {
    assert.ok(acts.has(act), act);
  }
  assert.ok(rows.every(({ actor, digest }) => actor === 'local' && /^[0-9a-f]{64}$/.test(digest)));
  assert.ok(!JSON.stringify(rows).includes('王五'), 'ids, not names');
  const [search] = told('audit', 'search', '--act', 'audit');
  assert.equal(search.number, rows.length + 1);
  assert.equal(told('audit', 'search', '--act', 'account_create', '--limit', '1')[0].act, 'account_create');
  assert.equal(told('audit', 'search', '--until', '2020-01-01').length, 0);
  assert.equal(told('audit', 'search', '--before', '3').length, 2);
  const verified = suyuan('verify', '--data', store);
  assert.equal(verified.status, exit.done, verified.stdout + verified.stderr);
});

test('once there is a security officer the server listens on any address', async () => {
  const open = join(folder, 'open');
  const listen = ['--listen', '0.0.0.0:0', '--host', 'trace.example'];
  const made = (role) => suyuan('account', 'create', role, ...officer(`${role}_officer`), '--data', open).status;
  assert.equal(made('audit'), exit.done);
  assert.equal(suyuan('serve', '--data', open, ...listen).status, exit.usage, 'an audit officer lets nobody in');
  assert.equal(made('security'), exit.done);
  const server = await serve(open, listen);
  const port = /0\.0\.0\.0:(\d+)/.exec(server.url)?.[1];
  const status = (path, host) => new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { Host: host } }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
  for (const [host, code] of [['127.0.0.1', 200], ['trace.example', 200], ['10.1.2.3:80', 200], ['evil.example', 421]]) {
    assert.equal(await status('/healthz', host), code, host);
  }
  assert.equal(await status('/api/v1/stats', '127.0.0.1'), 401);
  await server.stop();
});

test('while a server holds the directory, its process is named', async () => {
  const server = await serve(store);
  const { status, stderr } = suyuan('account', 'list', '--data', store);
  await server.stop();
  assert.equal(status, exit.failed);
  assert.match(stderr, new RegExp(String(server.pid)));
});
