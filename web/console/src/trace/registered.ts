// SPDX-License-Identifier: Apache-2.0
//
// What the register knows of a plate, a person at work or a paper, as lines of a header.

import { segment } from '../api/client';
import type { PersonDays, Reading, RegisteredPaper, RegisteredPerson, RegisteredVehicle } from '../api/types';
import { shortCode } from '../format/code';
import { stepName } from '../wording/steps';
import { capital, t } from '../wording/words';

export interface RegisteredLine {
  label: string;
  text: string;
  // Of the operator that the text names.
  operator: string | null;
}

export type Registered = RegisteredPaper | RegisteredVehicle | RegisteredPerson;

// Where the server tells it; null for a seed of another kind.
export function registeredPath(seed: Reading): string | null {
  const pages: Partial<Record<Reading['kind'], string>> = { paper: 'papers', vehicle: 'vehicles', person: 'people' };
  const page = pages[seed.kind];
  return page ? `/api/v1/${page}/${segment(seed.code)}` : null;
}

function operatorLine(label: string, code: string | null, name: string | null): RegisteredLine {
  return { label, text: code ? (name ?? shortCode(code)) : '', operator: code };
}

function validityText(row: RegisteredPaper | PersonDays): string {
  const { valid_from: first, valid_to: last } = row;
  return first && last ? `${first} – ${last}` : first ? t('since', { day: first }) : last ? t('until', { day: last }) : '';
}

// The header has room for so many; the rest is told by the server.
const daysShown = 10;

// "2026-01-05 起 仓库主管；2024-03-01 – 2026-01-04 收货员 某公司": another employer is named.
function historyText(person: RegisteredPerson): string {
  const told = person.history.filter((days) => days.valid_from || days.valid_to);
  const lines = told.slice(0, daysShown).map((days) => {
    const employer = days.operator && days.operator !== person.operator ? (days.operator_name ?? shortCode(days.operator)) : '';
    return [validityText(days), days.title, employer].filter(Boolean).join(' ');
  });
  const isCut = told.length > daysShown || person.has_more_history;
  return [...lines, ...(isCut ? ['…'] : [])].join(t('listSemicolon'));
}

// Those that say something.
export function registeredLines(row: Registered): RegisteredLine[] {
  let lines: RegisteredLine[];
  if ('number' in row) {
    lines = [
      { label: t('paperKind'), text: capital(stepName(row.kind)), operator: null },
      operatorLine(t('issuer'), row.issuer, row.issuer_name),
      operatorLine(t('holder'), row.holder, row.holder_name),
      { label: t('validity'), text: validityText(row), operator: null },
    ];
  } else if ('plate' in row) {
    lines = [operatorLine(t('carrier'), row.operator, row.operator_name)];
  } else {
    lines = [
      { label: t('personName'), text: row.name ?? '', operator: null },
      { label: t('phone'), text: row.phone ?? '', operator: null },
      operatorLine(t('employer'), row.operator, row.operator_name),
      { label: t('jobTitle'), text: row.title ?? '', operator: null },
      { label: t('workHistory'), text: historyText(row), operator: null },
    ];
  }
  return lines.filter((line) => line.text);
}
