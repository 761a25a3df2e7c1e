// SPDX-License-Identifier: Apache-2.0
//
// Files on their way to the server, in parts, one after the other. They go on while other pages are
// looked at, and end with the tab.

import { shallowReactive } from 'vue';
import { isAbort, post, putBytes, Refusal, segment } from '../api/client';
import type { FileImport } from '../api/types';

export interface Upload {
  import: FileImport;
  isRunning: boolean;
  refusal: Refusal | null;
  stop: () => void;
}

// Half of what the server takes in one request.
const partBytes = 4 * 1024 * 1024;

export const uploads = shallowReactive(new Map<string, Upload>());

export const importPath = (id: string): string => `/api/v1/imports/${segment(id)}`;

async function sendParts(upload: Upload, file: File, signal: AbortSignal): Promise<void> {
  const path = `${importPath(upload.import.id)}/content`;
  do {
    const { received } = upload.import;
    upload.import = await putBytes<FileImport>(`${path}?offset=${received}`, file.slice(received, received + partBytes), signal);
  } while (upload.import.received < file.size);
}

// Sends what the server does not have yet. Returns at once; uploads tells how far it is.
export function send(file: File, found: FileImport): void {
  const controller = new AbortController();
  const upload = shallowReactive<Upload>({ import: found, isRunning: true, refusal: null, stop: () => controller.abort() });
  uploads.set(found.id, upload);
  sendParts(upload, file, controller.signal)
    .catch((error: unknown) => {
      if (error instanceof Refusal) {
        upload.refusal = error;
      } else if (!isAbort(error)) {
        throw error;
      }
    })
    .finally(() => {
      upload.isRunning = false;
    });
}

// Fails with a Refusal.
export async function begin(file: File): Promise<FileImport> {
  const created = await post<FileImport>('/api/v1/imports', { file_name: file.name, size: file.size });
  send(file, created);
  return created;
}
