// SPDX-License-Identifier: Apache-2.0
//
// How things of an import are called on screen.

import type { BothLanguages, FileImport, ImportState } from '../api/types';
import { groupDigits } from '../format/amount';
import { isEnglish } from '../state/settings';
import { capital, t } from '../wording/words';

export const inLanguage = (text: BothLanguages): string => (isEnglish() ? text.en : text.zh);
export const titleIn = (text: BothLanguages): string => capital(inLanguage(text));
export const countText = (count: number): string => groupDigits(String(count));

const steps = ['B', 'KB', 'MB', 'GB'] as const;

export function bytesText(bytes: number): string {
  let step = 0;
  let amount = bytes;
  while (amount >= 1024 && step < steps.length - 1) {
    amount /= 1024;
    step += 1;
  }
  return `${step > 0 && amount < 100 ? amount.toFixed(1) : Math.round(amount)} ${steps[step]}`;
}

export const stateTone: Record<ImportState, '' | 'good' | 'bad' | 'warn' | 'info'> = {
  uploading: 'info',
  ready: 'warn',
  checking: 'info',
  publishing: 'info',
  done: 'good',
  refused: 'bad',
  stopped: '',
  failed: 'bad',
};

const isKnown = (found: FileImport): boolean => found.duplicates > 0 && found.stored === 0 && !found.registry_rows;

export function headline(found: FileImport): string {
  const n = countText(found.bad_rows);
  switch (found.state) {
    case 'done':
      return found.bad_rows > 0 ? t('headDoneBad', { n }) : t(isKnown(found) ? 'headDoneKnown' : 'headDone');
    case 'refused':
      return found.bad_rows > 0 ? t('headRefused', { n }) : t('headRefusedFile');
    case 'stopped':
      return t('headStopped');
    case 'failed':
      return t('headFailed');
    default:
      return t(`import_${found.state}`);
  }
}
