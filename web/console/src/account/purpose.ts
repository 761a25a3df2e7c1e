// SPDX-License-Identifier: Apache-2.0
//
// Why somebody looks: said once, kept for the tab, told to the server where it asks for it.

import { shallowReactive } from 'vue';

export interface Purpose {
  name: string;
  caseNumber: string;
}

const kept = 'purpose';

function read(): Purpose | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
    const isPurpose = typeof found === 'object' && found !== null && 'name' in found && typeof found.name === 'string' && 'caseNumber' in found && typeof found.caseNumber === 'string';
    return isPurpose ? { name: found.name as string, caseNumber: found.caseNumber as string } : null;
  } catch {
    return null;
  }
}

export const told = shallowReactive<{ purpose: Purpose | null }>({ purpose: read() });

export function tellPurpose(purpose: Purpose | null): void {
  told.purpose = purpose;
  try {
    if (purpose) {
      sessionStorage.setItem(kept, JSON.stringify(purpose));
    } else {
      sessionStorage.removeItem(kept);
    }
  } catch {
    return;
  }
}

// The names at the end of "须说明目的：请在 Suyuan-Purpose 头中写明其一：supervision, case。"
export function purposesIn(detail: string): string[] {
  const list = /[：:]\s*([a-z_]+(?:\s*,\s*[a-z_]+)*)\s*[.。]?\s*$/.exec(detail)?.[1] ?? '';
  return list.split(',').map((name) => name.trim()).filter(Boolean);
}
