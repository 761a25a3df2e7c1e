// SPDX-License-Identifier: Apache-2.0
//
// Goal: the report is one click away, as a file that other programs open. Method: the real program on the
// demo story; the files are read back by their heads.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { answered, leave, onDemo, sizes } from './visit.mjs';

const story = '/?q=A20260301&direction=full';
const formats = {
  pdf: { zh: '报告 PDF', en: 'Report PDF', head: Buffer.from('%PDF-1.') },
  xlsx: { zh: '报告 XLSX', en: 'Report XLSX', head: Buffer.from('PK\u0003\u0004') },
};

const { open } = onDemo();
async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  assert.equal(await file.failure(), null);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

for (const size of Object.keys(sizes)) {
  for (const language of ['zh', 'en']) {
    describe(`${size} ${language}`, () => {
      for (const [format, expected] of Object.entries(formats)) {
        test(`${format} is downloaded under the number of the report`, async () => {
          const page = await open(story, { size, language });
          await answered(page);
          const { name, bytes } = await download(page, expected[language]);
          assert.match(name, new RegExp(`(^| )TR-\\d{8}-[0-9a-f]{8}\\.${format}$`));
          assert.deepEqual(bytes.subarray(0, expected.head.length), expected.head);
          assert.ok(bytes.length > 4_000, `${bytes.length} bytes`);
          if (format === 'pdf') {
            assert.match(bytes.subarray(-16).toString('latin1'), /%%EOF\s*$/);
          }
          await leave(page);
        });
      }
    });
  }
}

test('the report is of the question on screen', async () => {
  const page = await open('/?q=A20260301&direction=back');
  await answered(page);
  const back = await download(page, formats.xlsx.zh);
  await page.getByRole('radio', { name: '全链' }).click();
  await page.waitForURL(/direction=full/);
  await answered(page);
  const full = await download(page, formats.xlsx.zh);
  assert.notEqual(back.name, full.name);
  assert.ok(full.bytes.length > back.bytes.length);
  await leave(page);
});
