// SPDX-License-Identifier: Apache-2.0
//
// What the register knows of a plate, a person at work or a paper, as lines of a header.

import { segment } from '../api/client';
import type { Reading, RegisteredPaper, RegisteredPerson, RegisteredVehicle } from '../api/types';
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

function validityText(paper: RegisteredPaper): string {
  const { valid_from: first, valid_to: last } = paper;
  return first && last ? `${first} – ${last}` : first ? t('since', { day: first }) : last ? t('until', { day: last }) : '';
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
    ];
  }
  return lines.filter((line) => line.text);
}
