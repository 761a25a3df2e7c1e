// SPDX-License-Identifier: Apache-2.0

import { isEnglish, t } from './text.js';

// What the server, or the way to it, had to say against a request.
export class Refusal extends Error {
  constructor(detail, problem) {
    super(detail);
    this.problem = problem;
  }
}

export async function get(path, parameters, signal) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value) {
      query.set(name, value);
    }
  }
  const target = query.size ? `${path}?${query}` : path;
  let response;
  try {
    response = await fetch(target, { signal, headers: { 'Accept-Language': isEnglish() ? 'en' : 'zh' } });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refusal(t('offline'));
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Refusal(body?.detail ?? body?.title ?? `HTTP ${response.status}`, body);
  }
  return body;
}
