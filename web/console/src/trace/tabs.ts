// SPDX-License-Identifier: Apache-2.0

import { t, type Word } from '../wording/words';

export const tabs = [
  'flow',
  'map',
  'timeline',
  'positions',
  'violations',
  'open_ends',
  'balance',
  'operators',
  'sites',
  'vehicles',
  'people',
  'sources',
] as const;
export type Tab = (typeof tabs)[number];

const titles: Record<Tab, Word> = {
  flow: 'tabFlow',
  map: 'tabMap',
  timeline: 'tabTimeline',
  positions: 'positions',
  violations: 'violations',
  open_ends: 'openEnds',
  balance: 'tabBalance',
  operators: 'operators',
  sites: 'sites',
  vehicles: 'vehicles',
  people: 'people',
  sources: 'sources',
};

export const tabTitle = (tab: Tab): string => t(titles[tab]);
export const isTab = (text: string | undefined): text is Tab => tabs.some((tab) => tab === text);
