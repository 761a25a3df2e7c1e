// SPDX-License-Identifier: Apache-2.0
//
// Tables by the real program: in whole or not at all, columns of one's own, what was not read, through a
// server too.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { exit, serve, suyuan, temporaryFolder } from './program.mjs';

const folder = temporaryFolder('tables');

const lines = (name, ...rows) => {
  const file = join(folder, name);
  writeFileSync(file, ['单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称', ...rows, ''].join('\n'));
  return file;
};

test('a table is imported whole or not at all, and a second time changes nothing', () => {
  const data = join(folder, 'tables');
  const file = lines('in.csv', 'DN-1,1,2026-03-02 08:30,黄瓜,L1,南山农场,10,公斤,北郊菜地', 'DN-1,2,昨天,黄瓜,L2,南山农场,-3,公斤,');
  const faults = join(folder, 'faults.xlsx');
  const options = ['--data', data, '--operator', '91410100MA45X2TP0T'];
  const refused = suyuan('import', ...options, '--errors', faults, file);
  assert.equal(refused.status, exit.problems);
  assert.match(refused.stderr, /3 进货时间 no date or time/);
  assert.equal(readFileSync(faults).subarray(0, 2).toString(), 'PK');
  const taken = JSON.parse(suyuan('import', ...options, '--proceed', '--json', file).stdout);
  assert.deepEqual([taken.stored, taken.refused], [1, 1]);
  assert.deepEqual(taken.reports[0].problems.map((problem) => [problem.row, problem.column, problem.value]), [[3, '进货时间', '昨天'], [3, '数量', '-3']]);
  const again = JSON.parse(suyuan('import', ...options, '--proceed', '--json', file).stdout);
  assert.deepEqual([again.stored, again.duplicates], [0, 1]);
  assert.equal(suyuan('trace', '--data', data, 'https://ns.suyuan.example/lot/南山农场/黄瓜/L1').status, exit.done);
});

test('columns with names of their own are told', () => {
  const file = join(folder, 'own.csv');
  writeFileSync(file, 'wann,was,los,menge\n2026-03-02,黄瓜,L9,5\n');
  const data = join(folder, 'tables');
  const unknown = suyuan('import', '--data', data, file);
  assert.equal(unknown.status, exit.problems);
  assert.match(unknown.stderr, /titles of a sheet/);
  const wrong = suyuan('import', '--data', data, '--sheet', 'inbound', '--map', 'wann', file);
  assert.match(wrong.stderr, /write title=column/);
  const map = ['wann=time', 'was=goods', 'los=lot', 'menge=quantity'].flatMap((pair) => ['--map', pair]);
  const unit = suyuan('import', '--data', data, '--sheet', 'inbound', ...map, '--operator', '91410100MA45X2TP0T', file);
  assert.match(unit.stderr, /the unit is missing/);
});

test('columns that are not read are told', async () => {
  const file = join(folder, 'more.csv');
  writeFileSync(file, '单据号,行号,进货时间,品名,批号,数量,单位,单价,备注\nDN-9,1,2026-03-02,黄瓜,L9,5,公斤,3.20,早市\n');
  const options = ['--data', join(folder, 'unused'), '--operator', '91410100MA45X2TP0T'];
  const told = suyuan('import', ...options, file);
  assert.equal(told.status, exit.done, told.stderr);
  assert.match(told.stderr, /columns that were not read: 单价, 备注 \(--map TITLE=COLUMN/);
  assert.deepEqual(JSON.parse(suyuan('import', ...options, '--json', file).stdout).reports[0].unused_columns, ['单价', '备注']);
  const chosen = suyuan('import', ...options, '--map', '备注=', file);
  assert.match(chosen.stderr, /not read: 单价 \(/);
  assert.doesNotMatch(suyuan('import', ...options, '--quiet', file).stderr, /单价/);
  const server = await serve(join(folder, 'unused'));
  const there = suyuan('import', ...options, '--json', file);
  await server.stop();
  // That 备注 is none was said last, and is remembered.
  assert.deepEqual(JSON.parse(there.stdout).reports[0].unused_columns, ['单价'], there.stderr);
});

test('a table for a directory that a server holds goes through the server', async () => {
  const data = join(folder, 'held');
  const server = await serve(data);
  const file = lines('held.csv', 'DN-1,1,2026-03-02 08:30,黄瓜,L1,南山农场,10,公斤,北郊菜地');
  const done = suyuan('import', '--data', data, '--operator', '91410100MA45X2TP0T', '--json', file);
  assert.equal(done.status, exit.done, done.stderr);
  assert.equal(JSON.parse(done.stdout).stored, 1);
  const bad = lines('held-bad.csv', 'DN-2,1,gestern,黄瓜,L1,南山农场,10,公斤,北郊菜地');
  const faults = join(folder, 'held-faults.xlsx');
  const refused = suyuan('import', '--data', data, '--operator', '91410100MA45X2TP0T', '--errors', faults, bad);
  assert.equal(refused.status, exit.problems);
  assert.match(refused.stderr, /the bad rows are in .*held-faults\.xlsx/);
  assert.ok(existsSync(faults));
  assert.match(suyuan('trace', '--data', data, 'L1').stdout, /10/);
  await server.stop();
});
