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

export function followAddress(): void {
  const read = (): void => {
    state.current = parseAddress(location.search);
  };
  read();
  addEventListener('popstate', read);
}

export function go(address: Address): void {
  history.pushState(null, '', addressText(address));
  state.current = { ...address };
  scrollTo(0, 0);
}

// Another tab of the same page is no step of its own in the history.
export function goTab(tab: string): void {
  const next = { ...state.current, tab };
  history.replaceState(null, '', addressText(next));
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
