// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Entry {
  state: unknown;
  search: string;
}

// A history as browsers keep it; back() is told at once.
class Past {
  entries: Entry[] = [{ state: null, search: '' }];
  at = 0;
  listener: ((event: { state: unknown }) => void) | null = null;

  get state(): unknown {
    return this.entries[this.at]!.state;
  }

  pushState(state: unknown, _: string, url: string): void {
    this.entries = [...this.entries.slice(0, this.at + 1), { state, search: url.slice(1) }];
    this.at += 1;
  }

  replaceState(state: unknown, _: string, url: string): void {
    this.entries[this.at] = { state, search: url.slice(1) };
  }

  back(): void {
    this.move(-1);
  }

  move(by: number): void {
    if (this.entries[this.at + by]) {
      this.at += by;
      this.listener?.({ state: this.state });
    }
  }
}

let past: Past;
let sheets: string[];
let address: typeof import('./address');

beforeEach(async () => {
  past = new Past();
  sheets = [];
  vi.stubGlobal('history', past);
  vi.stubGlobal('location', {
    get search(): string {
      return past.entries[past.at]!.search;
    },
  });
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('addEventListener', (_: string, listener: (event: { state: unknown }) => void) => {
    past.listener = listener;
  });
  vi.resetModules();
  address = await import('./address');
  address.coverWith({ depth: () => sheets.length, closeTo: (depth) => sheets.splice(depth) });
  address.followAddress();
  address.go({ q: 'A1' });
});

afterEach(() => vi.unstubAllGlobals());

function open(sheet: string): void {
  sheets.push(sheet);
  address.catchWayBack();
}

describe('the way back', () => {
  it('closes the uppermost sheet, one after the other, and then leaves the page', () => {
    open('position');
    open('event');
    past.back();
    expect(sheets).toEqual(['position']);
    past.back();
    expect(sheets).toEqual([]);
    expect(address.place.current.q).toBe('A1');
    past.back();
    expect(address.place.current.q).toBeUndefined();
  });

  it('leaves the page at once after the sheet was closed by its button', () => {
    open('position');
    sheets = [];
    past.back();
    expect(address.place.current.q).toBeUndefined();
  });

  it('keeps the tab that was turned to below the sheet', () => {
    open('position');
    address.goTab('map');
    past.back();
    expect(sheets).toEqual([]);
    expect(address.place.current).toEqual({ q: 'A1', tab: 'map' });
    expect(past.entries[past.at]!.search).toBe('?q=A1&tab=map');
  });

  it('comes back from a page that a sheet led to, past the sheet', () => {
    open('position');
    address.go({ q: 'B2' });
    sheets = [];
    past.back();
    expect(address.place.current.q).toBe('A1');
    past.move(1);
    expect(address.place.current.q).toBe('B2');
  });

  it('passes over what was closed by its button, however deep it was', () => {
    open('position');
    open('event');
    sheets.pop();
    past.back();
    expect(sheets).toEqual([]);
    expect(address.place.current.q).toBe('A1');
    open('position');
    open('event');
    sheets = [];
    past.back();
    expect(address.place.current.q).toBeUndefined();
  });

  it('needs no new entry for a sheet that opens again', () => {
    open('position');
    sheets = [];
    open('position');
    expect(past.entries).toHaveLength(3);
    past.back();
    expect(sheets).toEqual([]);
    expect(address.place.current.q).toBe('A1');
  });
});
