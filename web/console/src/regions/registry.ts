// SPDX-License-Identifier: Apache-2.0
//
// Which region a place is registered in. An answer does not say, so the pages of its sites and owners
// are asked once each, a few at a time, when a view first needs them.

import { reactive, shallowRef } from 'vue';
import { get, Refusal, segment } from '../api/client';
import type { PlacePage, Regions } from '../api/types';
import { isEnglish } from '../state/settings';
import type { PositionRow } from '../trace/answer_index';
import { findProvince } from './provinces';

const atOnce = 6;
// Some ten seconds of look-ups; larger answers show the regions of the first places.
export const placesMost = 3000;

type PlaceKind = 'operators' | 'sites';

const regionOfPlace = new Map<string, string | null>();
const nameOfRegion = new Map<string, string | null>();

// Grows as look-ups come in; what depends on regions watches it.
export const regionsKnown = shallowRef(0);
export const lookup = reactive({ isRunning: false, done: 0, total: 0, isCut: false });

export function regionOf(row: PositionRow): string | null {
  const { site, owner } = row.position;
  return (site ? regionOfPlace.get(site.code) : null) ?? (owner ? regionOfPlace.get(owner.code) : null) ?? null;
}

async function inTurns<Task>(tasks: readonly Task[], run: (task: Task) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length) {
      const task = tasks[next]!;
      next += 1;
      await run(task);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function readPlace(kind: PlaceKind, code: string): Promise<void> {
  try {
    const page = await get<PlacePage>(`/api/v1/${kind}/${segment(code)}`, { perPage: '1' });
    regionOfPlace.set(code, page.registered?.region ?? null);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    regionOfPlace.set(code, null);
  }
  lookup.done += 1;
}

async function readName(code: string): Promise<void> {
  try {
    const page = await get<Regions>(`/api/v1/regions/${segment(code)}`);
    nameOfRegion.set(code, page.regions.find((region) => region.code === code)?.name ?? null);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    nameOfRegion.set(code, null);
  }
}

function placesOf(rows: readonly PositionRow[], kind: 'site' | 'owner'): string[] {
  const codes = new Set<string>();
  for (const { position } of rows) {
    const code = position[kind]?.code;
    if (code && !regionOfPlace.has(code)) {
      codes.add(code);
    }
  }
  return [...codes];
}

async function readPlaces(kind: PlaceKind, codes: string[]): Promise<void> {
  const taken = codes.slice(0, Math.max(0, placesMost - lookup.total));
  lookup.isCut ||= taken.length < codes.length;
  lookup.total += taken.length;
  await inTurns(taken, (code) => readPlace(kind, code));
}

// Sites first; owners only where the site did not say.
export async function learnRegions(rows: readonly PositionRow[]): Promise<void> {
  if (lookup.isRunning) {
    return;
  }
  Object.assign(lookup, { isRunning: true, done: 0, total: 0, isCut: false });
  try {
    await readPlaces('sites', placesOf(rows, 'site'));
    await readPlaces('operators', placesOf(rows.filter((row) => regionOf(row) === null), 'owner'));
    const codes = new Set<string>();
    for (const row of rows) {
      const code = regionOf(row);
      if (code) {
        codes.add(code);
        codes.add(`${code.slice(0, 4)}00`);
      }
    }
    await inTurns([...codes].filter((code) => !nameOfRegion.has(code)), readName);
  } finally {
    lookup.isRunning = false;
    regionsKnown.value += 1;
  }
}

// Beside its province's name a region needs no more than its own.
export const regionOwnName = (code: string): string => nameOfRegion.get(code) ?? code;

export function regionName(code: string): string {
  const name = nameOfRegion.get(code);
  if (name) {
    return name;
  }
  const province = findProvince(code);
  const provinceName = province ? province[isEnglish() ? 'en' : 'zh'] : '';
  return code.endsWith('0000') || code.length === 2 ? provinceName || code : `${provinceName} ${code}`.trim();
}
