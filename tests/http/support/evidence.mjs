// SPDX-License-Identifier: Apache-2.0
//
// Adds a result, as a line of JSON, to the file that SUYUAN_EVIDENCE names; without it nothing is written.

import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';

export function keepEvidence(test, result) {
  if (process.env.SUYUAN_EVIDENCE) {
    const line = {
      test,
      date: new Date().toISOString(),
      commit: process.env.SUYUAN_COMMIT ?? 'unknown',
      ...result,
      processor: cpus()[0]?.model ?? 'unknown',
    };
    appendFileSync(process.env.SUYUAN_EVIDENCE, `${JSON.stringify(line)}\n`);
  }
}
