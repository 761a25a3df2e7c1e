// SPDX-License-Identifier: Apache-2.0
//
// The address bar is the one place that says what is shown: "/?q=CODE&direction=full" asks a trace,
// "/?page=item&code=CODE" opens a page about one thing. Only "/" is asked of the server.

import { reactive, readonly } from 'vue';

const traceNames = ['q', 'direction', 'kind', 'owner', 'site', 'from', 'to', 'asOf', 'escalate'] as const;
const pageNames = ['page', 'code', 'tab'] as const;

type Name = (typeof traceNames)[number] | (typeof pageNames)[number];
export type Address = Partial<Record<Name, string>>;

export function parseAddress(search: string): Address {
  const given = new URLSearchParams(search);
  const address: Address = {};
  for (const name of [...traceNames, ...pageNames]) {
    const value = given.get(name)?.trim();
    if (value) {
      address[name] = value;
    }
  }
  return address;
}

export function addressText(address: Address): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text ? `/?${text}` : '/';
}

// The parameters of /api/v1/trace that an address stands for.
export function traceParameters(address: Address): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const name of traceNames) {
    const value = address[name];
    if (value) {
      parameters[name === 'q' ? 'code' : name] = value;
    }
  }
  return parameters;
}

const state = reactive<{ current: Address }>({ current: {} });
export const place = readonly(state);

// What lies over a page (sheets, on the phone) is closed by the way back. The history has an entry of
// the page for each of them, which says how many there are: whoever comes from it to one of fewer
// closes those above. Entries whose sheet was closed by its button are passed over. Each is made while
// somebody touches the page: browsers pass over others.
interface Cover {
  depth: () => number;
  closeTo: (depth: number) => void;
}

let cover: Cover = { depth: () => 0, closeTo: () => undefined };
// Of the entry that is shown.
let level = 0;

function levelOf(kept: unknown): number {
  return typeof kept === 'object' && kept !== null && 'sheets' in kept && typeof kept.sheets === 'number' ? kept.sheets : 0;
}

const isSamePage = (a: Address, b: Address): boolean => addressText({ ...a, tab: undefined }) === addressText({ ...b, tab: undefined });

export function coverWith(what: Cover): void {
  cover = what;
}

// The next ways back close what lies over the page.
export function catchWayBack(): void {
  while (level < cover.depth()) {
    level += 1;
    history.pushState({ sheets: level }, '', addressText(state.current));
  }
}

function onWay(event: PopStateEvent): void {
  const address = parseAddress(location.search);
  const before = level;
  level = levelOf(event.state);
  if (level >= before || !isSamePage(address, state.current)) {
    state.current = address;
    return;
  }
  if (cover.depth() <= level) {
    history.back();
    return;
  }
  // The tab that was turned to meanwhile stays.
  history.replaceState(event.state, '', addressText(state.current));
  cover.closeTo(level);
}

export function followAddress(): void {
  state.current = parseAddress(location.search);
  level = levelOf(history.state);
  addEventListener('popstate', onWay);
}

export function go(address: Address): void {
  // The entry of what lay over the page becomes the next page's.
  if (level > 0) {
    history.replaceState(null, '', addressText(address));
  } else {
    history.pushState(null, '', addressText(address));
  }
  level = 0;
  state.current = { ...address };
  scrollTo(0, 0);
}

// Another tab of the same page is no step of its own in the history.
export function goTab(tab: string): void {
  const next = { ...state.current, tab };
  history.replaceState(history.state, '', addressText(next));
  state.current = next;
}

// For links: a click with a modifier stays the browser's.
export function follow(event: MouseEvent, address: Address): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) {
    return;
  }
  event.preventDefault();
  go(address);
}
