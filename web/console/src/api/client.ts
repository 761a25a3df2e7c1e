// SPDX-License-Identifier: Apache-2.0
//
// One door to the server: asks in the user's language and turns every failure into a Refusal.

import { settings } from '../state/settings';
import { t } from '../wording/words';
import type { Problem } from './types';

// What the server, or the way to it, had to say against a request.
export class Refusal extends Error {
  constructor(
    readonly title: string,
    readonly detail: string,
    readonly status: number,
    readonly reasons: string[] = [],
    readonly instance: string | null = null,
    // The last word of the problem's type: "purpose-needed".
    readonly kind: string = '',
  ) {
    super(detail || title);
  }
}

export type Parameters = Record<string, string | undefined>;

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'detail' in body;
}

function refusalOf(response: Response, body: unknown): Refusal {
  if (!isProblem(body)) {
    return new Refusal(t('failed'), `HTTP ${response.status}`, response.status);
  }
  // The server calls what was asked by its parameter; people know it by its field.
  const detail = body.detail.replace(/^(from|to|as_of)(?=[:：])/, (name) => t(name === 'as_of' ? 'asOf' : (name as 'from' | 'to')));
  const reasons = (body.errors ?? []).map((reason) => `${reason.parameter ?? reason.pointer ?? ''} ${reason.detail}`.trim());
  return new Refusal(body.title, detail, body.status, reasons, body.instance, body.type.split('/').at(-1));
}

export function targetOf(path: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

// Who stands at the door: says what a request bears besides, and whether a refusal was mended, so that the same may
// be asked again.
export interface Doorkeeper {
  headers: (target: string) => Record<string, string>;
  mend: (refusal: Refusal, target: string, signal?: AbortSignal | null) => Promise<boolean>;
}

let doorkeeper: Doorkeeper = { headers: () => ({}), mend: () => Promise.resolve(false) };

export function keepDoor(keeper: Doorkeeper): void {
  doorkeeper = keeper;
}

// A purpose is asked for, then a proof; whoever is still refused then is refused.
const mendedMost = 2;

async function ask<Body>(target: string, request: RequestInit): Promise<Body> {
  for (let mended = 0; ; mended += 1) {
    try {
      return await askOnce<Body>(target, request);
    } catch (error) {
      if (!(error instanceof Refusal) || mended === mendedMost || !(await doorkeeper.mend(error, target, request.signal))) {
        throw error;
      }
    }
  }
}

async function askOnce<Body>(target: string, request: RequestInit): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(target, { ...request, headers: { 'Accept-Language': settings.language, ...doorkeeper.headers(target), ...request.headers } });
  } catch (error) {
    if (isAbort(error)) {
      throw error;
    }
    throw new Refusal(t('failed'), t('offline'), 0);
  }
  let body: unknown;
  try {
    body = response.status === 204 ? null : await response.json();
  } catch (error) {
    if (isAbort(error)) {
      throw error;
    }
    body = null;
  }
  if (!response.ok) {
    throw refusalOf(response, body);
  }
  return body as Body;
}

export const get = <Body>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<Body> => ask<Body>(targetOf(path, parameters), { signal });

export const post = <Body>(path: string, body: object = {}): Promise<Body> =>
  ask<Body>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const putBytes = <Body>(target: string, bytes: Blob, signal: AbortSignal): Promise<Body> =>
  ask<Body>(target, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes, signal });

export const remove = (path: string): Promise<null> => ask<null>(path, { method: 'DELETE' });

// A code as one segment of a path.
export const segment = encodeURIComponent;
