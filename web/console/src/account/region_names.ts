// SPDX-License-Identifier: Apache-2.0
//
// How the regions of whoever signed in are called; their codes, where that cannot be had.

import { shallowReactive, watchEffect } from 'vue';
import { get, Refusal, segment } from '../api/client';
import { findProvince } from '../regions/provinces';
import { isEnglish } from '../state/settings';
import { may, visit } from './session';

export const regionNames = shallowReactive<{ byCode: Record<string, string> }>({ byCode: {} });

interface Regions {
  regions: { code: string; name: string | null; valid_to: string | null }[];
}

async function nameOf(code: string): Promise<string | null> {
  try {
    const { regions } = await get<Regions>(`/api/v1/regions/${segment(code)}`);
    return regions.find((region) => region.code === code)?.name ?? null;
  } catch (error) {
    if (error instanceof Refusal) {
      return null;
    }
    throw error;
  }
}

const asked = new Set<string>();

// Of those that were not asked for before.
export function learnRegionNames(codes: readonly string[]): void {
  const unknown = [...new Set(codes)].filter((code) => code && !asked.has(code));
  for (const code of may('getRegion') ? unknown : []) {
    asked.add(code);
    void nameOf(code).then((name) => {
      if (name) {
        regionNames.byCode = { ...regionNames.byCode, [code]: name };
      }
    });
  }
}

export function followRegionNames(): void {
  watchEffect(() => learnRegionNames((visit.session?.roles ?? []).map((role) => role.region)));
}

// Behind its province where the register has no name for it.
export function placeText(code: string): string {
  const province = findProvince(code);
  return regionNames.byCode[code] ?? [province?.[isEnglish() ? 'en' : 'zh'], code].filter(Boolean).join(' ');
}
