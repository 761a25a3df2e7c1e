// SPDX-License-Identifier: Apache-2.0
//
// How a row of the trail reads: who, what, which parts of it.

import { shortCode } from '../format/code';
import { minuteOf } from '../format/moment';
import { isEnglish } from '../state/settings';
import { acts, departments, fields, roles, termIn, things } from '../wording/policy_words';
import { t } from '../wording/words';
import type { LookRow } from './types';

export const organisationName = (organisation: string): string => (organisation in departments ? termIn(departments, organisation) : shortCode(organisation));

export const whoOf = (row: Pick<LookRow, 'organisation' | 'role'>): string =>
  [organisationName(row.organisation), row.role && termIn(roles, row.role)].filter(Boolean).join(' · ');

export const actName = (row: Pick<LookRow, 'act'>): string => termIn(acts, row.act);

export const thingName = (row: Pick<LookRow, 'thing'>): string => termIn(things, row.thing);

// "item lot quantity*": those that were shown masked bear a star.
export function fieldsText(text: string): string {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => (word.endsWith('*') ? t('masked', { field: termIn(fields, word.slice(0, -1)) }) : termIn(fields, word)))
    .join(isEnglish() ? ', ' : '、');
}

// Days of whoever looks, from their first moment to their last, as the server asks for them.
export function rangeOf(from: string, to: string): { from?: string; to?: string } {
  const start = from ? new Date(`${from}T00:00:00.000`) : null;
  const end = to ? new Date(`${to}T23:59:59.999`) : null;
  return { from: start?.toISOString(), to: end?.toISOString() };
}

// The trail tells seconds, as several acts are of one minute.
export function secondText(moment: string): string {
  const date = new Date(moment);
  return `${minuteOf(date)}:${String(date.getSeconds()).padStart(2, '0')}`;
}

// What can be chosen: each value once, in the order of how it reads.
export function choicesOf<Row>(rows: readonly Row[], value: (row: Row) => string, text: (value: string) => string): { value: string; text: string }[] {
  const values = [...new Set(rows.map(value))].filter(Boolean);
  return values.map((one) => ({ value: one, text: text(one) })).sort((a, b) => a.text.localeCompare(b.text, 'zh'));
}
