// SPDX-License-Identifier: Apache-2.0
//
// What was asked to be imported in this tab, by import: the server lets a stored file go, and the result
// page offers traces of its first rows.

import type { ImportPreview } from '../api/types';
import type { Mapping } from './mapping';

export interface AskedFor {
  preview: ImportPreview;
  mapping: Mapping;
}

export const askedFor = new Map<string, AskedFor>();
