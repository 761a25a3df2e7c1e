// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import policy from '../../../../policy/suyuan-policy.toml?raw';
import { actions, departments, fields, purposes, roles, things } from './policy_words';

// The page's Chinese word of every name of a table "[name]" of the policy.
function tableOf(name: string): Record<string, string> {
  const body = policy.split(`\n[${name}]\n`)[1]!.split(/\n\[/)[0]!;
  return Object.fromEntries([...body.matchAll(/^(\w+)\s*= \["([^"]*)"/gm)].map((found) => [found[1]!, found[2]!]));
}

const blocksOf = (name: string): Record<string, string> =>
  Object.fromEntries([...policy.matchAll(new RegExp(`\\[\\[${name}\\]\\]\\nname = "(\\w+)".*\\nzh = "([^"]*)"`, 'g'))].map((found) => [found[1]!, found[2]!]));

describe('words of the policy', () => {
  it.each([
    ['actions', actions, tableOf('actions')],
    ['purposes', purposes, tableOf('purposes')],
    ['departments', departments, tableOf('departments')],
    ['fields', fields, tableOf('fields')],
    ['roles', roles, blocksOf('role')],
    ['resources', things, blocksOf('resource')],
  ])('are those of its %s', (_, ours, theirs) => {
    expect(Object.keys(theirs).length).toBeGreaterThan(5);
    expect(Object.fromEntries(Object.entries(ours).map(([name, [zh]]) => [name, zh]))).toEqual(theirs);
  });
});
