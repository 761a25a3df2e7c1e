// SPDX-License-Identifier: Apache-2.0
//
// A store with an account of several roles, and who signs in to it: through the page, or beside it where a test is about
// what comes afterwards.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { browser, cookieOf, createAccount, importDocument, uscc } from '../http/support/people.mjs';

const shop = uscc('91110105MA01ABCD1X');
export const longName = '经营主体负责人账号名很长看版面撑破否-owner';

const county = ['--region', '110105', '--department', 'market_regulation'];
const accounts = {
  'owner-1': ['--kind', 'operator', '--role', 'operator_owner', '--operator', shop],
  'owner-2': ['--kind', 'operator', '--role', 'operator_owner', '--operator', uscc('91110106MA01ABCD2X')],
  'owner-3': ['--kind', 'operator', '--role', 'operator_owner', '--operator', shop],
  'owner-4': ['--kind', 'operator', '--role', 'operator_owner', '--operator', shop],
  'clerk-1': ['--kind', 'operator', '--role', 'operator_clerk', '--operator', shop],
  'inspector-1': ['--kind', 'regulator', '--role', 'regulator_county', ...county],
  'security-1': ['--kind', 'officer', '--role', 'security_officer'],
  'audit-1': ['--kind', 'officer', '--role', 'audit_officer'],
  'system-1': ['--kind', 'officer', '--role', 'system_officer'],
  [longName]: ['--kind', 'operator', '--role', 'operator_owner', '--operator', shop],
};

export const cabbage = 'https://ns.suyuan.example/lot/shop-1-cabbage';

export const people = {};

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const site = 'https://ns.suyuan.example/site/shop-1';
const region = { id: 'https://ns.suyuan.example/epcis/region', attribute: '110105' };

// The shop and its site lie in the inspector's county.
const register = {
  '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-09T00:00:00Z',
  epcisHeader: { epcisMasterData: { vocabularyList: [
    { type: 'urn:epcglobal:epcis:vtype:Party', vocabularyElementList: [{ id: shop, attributes: [{ id: 'cbvmda:name', attribute: 'shop 1' }, region] }] },
    { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: [{ id: site, attributes: [{ id: 'https://ns.suyuan.example/epcis/operator', attribute: shop }, region] }] },
  ] } },
  epcisBody: { eventList: [] },
};

export function makeAccounts(folder) {
  importDocument(folder, register);
  for (const [name, options] of Object.entries(accounts)) {
    people[name] = createAccount(folder, name, ...options);
  }
}

export const newPassword = (name) => `seven quiet boats for ${people[name].id}`;

export const recoveryCode = (name) => people[name].recovery_codes.pop();

const post = (url, path, body, headers = {}) =>
  fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });

const proof = (name) => (people[name].recovery_codes.length ? { code: recoveryCode(name) } : {});

const cookies = {};

// Signs in beside the page, changing the password that was handed out; once for each account.
export async function cookieFor(url, name) {
  if (!cookies[name]) {
    const first = await post(url, '/api/v1/sign-in', { name, password: people[name].password, ...proof(name) });
    assert.equal(first.status, 200, await first.clone().text());
    const change = { password: people[name].password, new_password: newPassword(name), ...proof(name) };
    const changed = await post(url, '/api/v1/password', change, browser(url, cookieOf(first)));
    assert.equal(changed.status, 200, await changed.clone().text());
    cookies[name] = cookieOf(changed);
  }
  return cookies[name];
}

// A further session of an account whose password was changed.
export async function anotherCookie(url, name) {
  await cookieFor(url, name);
  const done = await post(url, '/api/v1/sign-in', { name, password: newPassword(name), ...proof(name) });
  assert.equal(done.status, 200, await done.clone().text());
  return cookieOf(done);
}

// A harvest that the shop of owner-1 records.
export async function recordHarvest(url) {
  const event = {
    '@context': context,
    type: 'ObjectEvent', eventID: `urn:uuid:${randomUUID()}`, eventTime: '2026-01-03T08:00:00.000+08:00', eventTimeZoneOffset: '+08:00',
    action: 'ADD', bizStep: 'commissioning', readPoint: { id: site },
    quantityList: [{ epcClass: cabbage, quantity: 10, uom: 'KGM' }],
  };
  const done = await post(url, '/epcis/events', event, browser(url, await cookieFor(url, 'owner-1')));
  assert.equal(done.status, 201, await done.clone().text());
}

// An inspector of the county looks at what is recorded.
export async function inspect(url, times = 1) {
  const headers = { ...browser(url, await cookieFor(url, 'inspector-1')), 'Suyuan-Purpose': 'supervision' };
  for (let i = 0; i < times; i += 1) {
    const seen = await fetch(`${url}/epcis/events?perPage=5`, { headers });
    assert.equal(seen.status, 200, await seen.clone().text());
  }
}
