// SPDX-License-Identifier: Apache-2.0
//
// Workbooks that are wrong, or look wrong: each is a right one with one lie told.

import { deflateRawSync } from 'node:zlib';
import { archive, cell, column, part, row, sheet, sheetName, workbookParts } from './workbook.mjs';

const titles = ['单据号', '行号', '进货时间', '品名', '批号', '生产者', '数量', '单位', '供货者名称'];
const headRow = row(1, titles);
let number = 0;
const cells = (goods = '黄瓜') => ['DN-1', String((number += 1)), '2026-03-02 08:30', goods, `X${number}`, '南山农场', '10', '公斤', '北郊菜地'];
const goodRow = (at = 2) => row(at, cells());
const good = () => headRow + goodRow();

const all = [];
const add = (kind, name, bytes, expected) => all.push({ class: `XLSX: ${kind}`, name, bytes, expected, fileName: 'lines.xlsx' });
const landed = { stored: 1, bad: 0 };
const refused = { refused: /./ };
// A right workbook after `change(parts)`.
const changed = (kind, name, change, expected = refused, how = {}) => {
  const parts = workbookParts(good());
  add(kind, name, archive(change(parts) ?? parts, how), expected);
};
const find = (parts, name) => parts.find((entry) => entry.name === name);
const lie = (kind, name, what, expected = refused, of = sheetName) => changed(kind, name, (parts) => void Object.assign(find(parts, of), what(find(parts, of), parts)), expected);
const rows = (kind, name, text, expected, options = {}) => add(kind, name, archive(workbookParts(text, options)), expected);
const sheetText = (kind, name, text, expected) => rows(kind, name, '', expected, { sheetText: text });
const replaced = (kind, name, of, text, expected = refused) => changed(kind, name, (parts) => void parts.splice(parts.indexOf(find(parts, of)), 1, part(of, text)), expected);

// The archive lies about an entry.
lie('an entry', 'its checksum', (entry) => ({ checksum: entry.checksum ^ 1 }));
lie('an entry', 'its checksum in its own header', () => ({ localLie: 1 }));
lie('an entry', 'its name in its own header', () => ({ localName: 'xl/worksheets/sheet2.xml' }));
lie('an entry', 'a path in its own header', () => ({ localName: '../../../sheet.xml' }));
lie('an entry', 'more packed bytes', (entry) => ({ packedBytes: entry.packedBytes + 100 }));
lie('an entry', 'a gigabyte of packed bytes', () => ({ packedBytes: 1 << 30 }));
lie('an entry', 'fewer packed bytes', (entry) => ({ packedBytes: entry.packedBytes - 10 }));
lie('an entry', 'no packed bytes', () => ({ packedBytes: 0 }));
lie('an entry', 'more unpacked bytes', (entry) => ({ unpackedBytes: entry.unpackedBytes + 100 }));
lie('an entry', 'fewer unpacked bytes', (entry) => ({ unpackedBytes: entry.unpackedBytes - 10 }));
lie('an entry', 'four gigabytes unpacked', () => ({ unpackedBytes: 0xffff_fffe }));
lie('an entry', 'zip64 sizes without their field', () => ({ unpackedBytes: 0xffff_ffff, packedBytes: 0xffff_ffff }));
lie('an entry', 'zip64 sizes of exabytes', () => ({ unpackedBytes: 0xffff_ffff, packedBytes: 0xffff_ffff, extra: Buffer.from('01001000ffffffffffffff7fffffffffffffff7f', 'hex') }));
lie('an entry', 'zip64 sizes cut off', () => ({ unpackedBytes: 0xffff_ffff, packedBytes: 0xffff_ffff, extra: Buffer.from('01001000ffff', 'hex') }));
lie('an entry', 'an offset beyond the file', () => ({ offset: 0x7fff_fff0 }));
lie('an entry', 'an offset into the directory', () => ({ offset: 0xffff_ffff }));
lie('an entry', 'an offset of one byte more', () => ({ offset: 1 }));
lie('an entry', 'the bytes of another', (entry, parts) => ({ bytesOf: parts[0] }));
lie('an entry', 'encrypted', () => ({ flags: 1 }));
lie('an entry', 'strongly encrypted', () => ({ flags: 0x41 }));
lie('an entry', 'an encrypted directory', () => ({ flags: 0x2000 }));
lie('an entry', 'patched data', () => ({ flags: 0x20 }));
for (const method of [1, 6, 9, 12, 14, 93, 95, 97, 98, 99]) lie('an entry', `method ${method}`, () => ({ method }));
lie('an entry', 'stored, but packed', () => ({ method: 0 }));
lie('an entry', 'packed, but stored', (entry) => ({ packed: Buffer.from('<worksheet/>'), packedBytes: 12 }));
lie('an entry', 'a bit flipped in its bytes', (entry) => ({ packed: Buffer.from(entry.packed.map((byte, at) => (at === 5 ? byte ^ 0x40 : byte))) }));
lie('an entry', 'bytes of nothing', (entry) => ({ packed: Buffer.alloc(entry.packed.length) }));
changed('an entry', 'stored, rightly', (parts) => void parts.splice(parts.indexOf(find(parts, sheetName)), 1, part(sheetName, sheet(good()), { method: 0 })), landed);

// The directory.
const wrapped = (name, how, expected = refused) => changed('the directory', name, () => undefined, expected, how);
wrapped('65,535 entries announced', { count: 0xffff });
wrapped('none announced', { count: 0 });
wrapped('one more announced', { count: 6 });
wrapped('beyond the file', { directory: 0x7fff_ffff });
wrapped('at its start', { directory: 0 });
wrapped('longer than the file', { size: 0x7fff_ffff });
wrapped('of no bytes', { size: 0 });
wrapped('on another disk', { disk: 1 });
wrapped('a comment cut off: every part is whole', { commentBytes: 500 }, landed);
wrapped('a comment', { comment: 'made by hand' }, landed);
wrapped('a comment of 60,000 bytes', { comment: 'x'.repeat(60_000) }, landed);
changed('the directory', '65,536 entries', (parts) => void parts.push(...Array.from({ length: 65_536 - parts.length }, (_, at) => part(`x${at}`, ''))));
changed('the directory', '2,001 entries', (parts) => void parts.push(...Array.from({ length: 2_001 - parts.length }, (_, at) => part(`x${at}`, ''))));
changed('the directory', '500 entries', (parts) => void parts.push(...Array.from({ length: 500 - parts.length }, (_, at) => part(`x${at}`, ''))), landed);
for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
  const whole = archive(workbookParts(good()));
  add('the directory', `a file cut off at ${share}`, whole.subarray(0, Math.floor(whole.length * share)), refused);
}
add('the directory', 'a file cut off by its last byte: every part is whole', archive(workbookParts(good())).subarray(0, -1), landed);
add('the directory', 'a file cut off by 22 bytes', archive(workbookParts(good())).subarray(0, -22), refused);

// Names are no paths, and one name is one part.
for (const name of ['../../etc/passwd', '/etc/passwd', 'C:\\windows\\x', 'a/../../b', '..', 'a/', './x']) {
  changed('names', `a part ${name}`, (parts) => void parts.push(part(name, 'x')), landed);
}
changed('names', 'a symbolic link', (parts) => void parts.push(part('link', '/etc/passwd', { madeBy: 0x031e, attributes: 0xa1ff_0000 })), landed);
changed('names', 'a link in place of the sheet', (parts) => void parts.splice(parts.indexOf(find(parts, sheetName)), 1, part(sheetName, '/etc/passwd', { madeBy: 0x031e, attributes: 0xa1ff_0000 })));
changed('names', 'the sheet twice', (parts) => void parts.push(part(sheetName, sheet(good()))));
changed('names', 'the sheet twice, in capitals', (parts) => void parts.push(part(sheetName.toUpperCase(), sheet(good()))));
changed('names', 'the sheet twice, by the other slash', (parts) => void parts.push(part(sheetName.replaceAll('/', '\\'), sheet(good()))));
changed('names', 'a part of 300 letters', (parts) => void parts.push(part('n'.repeat(300), 'x')));
changed('names', 'a part with NUL', (parts) => void parts.push(part('a\0b', 'x')), landed);
changed('names', 'a part without a name', (parts) => void parts.push(part('', 'x')), landed);
for (const target of ['../../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1/sheet.xml', '\\\\\\\\host\\share\\sheet.xml']) {
  changed('names', `the sheet is at ${target}`, (parts) => {
    const at = parts.findIndex((entry) => entry.name === 'xl/_rels/workbook.xml.rels');
    parts[at] = part(parts[at].name, `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="${target}"/></Relationships>`);
  });
}

// Bombs stop at their bounds.
const megabyte = ' '.repeat(1 << 20);
const bomb = (text) => sheet(good(), '', '').replace('</sheetData>', `${text}</sheetData>`);
sheetText('bombs', '64 MiB of blanks in a sheet', bomb(megabyte.repeat(64)), refused);
sheetText('bombs', '300 MiB of blanks in a sheet', bomb(megabyte.repeat(300)), refused);
rows('bombs', '100 MiB of shared strings', good(), refused, { strings: `<si><t>${'x'.repeat(100 << 20)}</t></si>` });
replaced('bombs', '32 MiB of the list of sheets', 'xl/workbook.xml', `<workbook>${megabyte.repeat(32)}</workbook>`);
replaced('bombs', '32 MiB of relationships', '_rels/.rels', `<Relationships>${megabyte.repeat(32)}</Relationships>`);
rows('bombs', '32 MiB of styles', good(), refused, { styles: megabyte.repeat(32) });
changed('bombs', 'fifty sheets that share bytes', (parts) => {
  const core = part('bomb', megabyte);
  parts.push(core, ...Array.from({ length: 50 }, (_, at) => ({ ...core, name: `b${at}`, bytesOf: core })));
});
changed('bombs', 'archives within', (parts) => void parts.push(part('inner.zip', archive([part('inner.zip', archive([part('x', megabyte)]))]))), landed);
changed('bombs', 'an archive in place of the sheet', (parts) => void parts.splice(parts.indexOf(find(parts, sheetName)), 1, part(sheetName, archive(workbookParts(good())))));
changed('bombs', 'a stream without an end', (parts) => void Object.assign(find(parts, sheetName), { packed: deflateRawSync(Buffer.from(sheet(good()))).subarray(0, 40) }));

// XML within.
for (const [name, type] of [
  ['billion laughs', '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'], ['an entity of a file', '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
  ['an entity of the net', '<!DOCTYPE a [<!ENTITY a SYSTEM "http://127.0.0.1/">]>'], ['a parameter entity', '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]>'], ['a document type', '<!DOCTYPE worksheet>'],
  ['a document type elsewhere', '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">'],
]) {
  sheetText('XML', `${name} in the sheet`, sheet(good()).replace('<worksheet', `${type}<worksheet`), refused);
  replaced('XML', `${name} in the list of sheets`, 'xl/workbook.xml', `${type}<workbook/>`);
  rows('XML', `${name} in the strings`, good(), refused, { strings: `<si><t>1</t></si>${type}` });
}
sheetText('XML', 'a million deep', `<worksheet>${'<a>'.repeat(1_000_000)}`, refused);
sheetText('XML', '100,000 attributes', `<worksheet ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`, refused);
sheetText('XML', 'an attribute of 4 MiB', `<worksheet a="${'x'.repeat(4 << 20)}"><sheetData>${good()}</sheetData></worksheet>`, refused);
sheetText('XML', 'a tag that does not end', '<worksheet><sheetData><row', refused);
sheetText('XML', 'tags that cross', `<worksheet><sheetData>${good()}</worksheet></sheetData>`, refused);
sheetText('XML', 'an unknown entity', sheet(good()).replace('黄瓜', '&cucumber;'), refused);
sheetText('XML', 'bytes that are no UTF-8', Buffer.concat([Buffer.from(sheet(headRow).slice(0, -30)), Buffer.from('fffe', 'hex')]), refused);
sheetText('XML', 'a control character', sheet(good()).replace('黄瓜', '黄\u0001瓜'), refused);
sheetText('XML', 'no text at all', '', refused);
sheetText('XML', 'no sheet data', '<worksheet/>', refused);
sheetText('XML', 'UTF-16', Buffer.from(`\ufeff${sheet(good()).replace('UTF-8', 'UTF-16')}`, 'utf16le'), landed);
sheetText('XML', 'UTF-7', sheet(good()).replace('UTF-8', 'UTF-7'), refused);
sheetText('XML', 'XInclude', sheet(good()).replace('</worksheet>', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></worksheet>'), landed);

// Rows and cells that lie.
const cellOf = (text) => `<row r="2">${text}</row>`;
const stringsOf = (list) => list.map((text) => `<si><t>${text}</t></si>`).join('');
rows('cells', 'a shared string beyond the list', headRow + cellOf('<c r="A2" t="s"><v>7</v></c>'), refused, { strings: stringsOf(['a']) });
rows('cells', 'a shared string below zero', headRow + cellOf('<c r="A2" t="s"><v>-1</v></c>'), refused, { strings: stringsOf(['a']) });
rows('cells', 'a shared string by a word', headRow + cellOf('<c r="A2" t="s"><v>one</v></c>'), refused, { strings: stringsOf(['a']) });
rows('cells', 'a shared string without a list', headRow + cellOf('<c r="A2" t="s"><v>0</v></c>'), refused);
rows('cells', 'a style beyond the list', headRow + cellOf('<c r="A2" s="99"><v>1</v></c>'), refused, { styles: '<cellXfs><xf numFmtId="0"/></cellXfs>' });
rows('cells', 'a row beyond 1,048,576', headRow + row(1_048_577, cells()), refused);
rows('cells', 'a row of no number', headRow + goodRow('x'), refused);
rows('cells', 'rows that go back', row(5, titles) + goodRow(3), refused);
rows('cells', 'a row twice', headRow + goodRow(2) + goodRow(2), refused);
rows('cells', 'a column beyond XFD', headRow + cellOf('<c r="XFE2"><v>1</v></c>'), refused);
rows('cells', 'a column of ten letters', headRow + cellOf('<c r="AAAAAAAAAA2"><v>1</v></c>'), refused);
rows('cells', 'a cell of another row', headRow + cellOf('<c r="A9"><v>1</v></c>'), refused);
rows('cells', 'a cell twice', headRow + cellOf(cells().map((text, at) => cell(2, at, text)).join('') + cell(2, 8, 'x')), { stored: 0, bad: 1, row: 2 });
rows('cells', '1,001 columns', row(1, [...titles, ...Array.from({ length: 992 }, () => 'x')]) + goodRow(), refused);
rows('cells', '16,384 columns', headRow + cellOf(`<c r="${column(16_383)}2"><v>1</v></c>`), refused);
rows('cells', 'a false dimension', '', landed, { sheetText: sheet(good(), '<dimension ref="A1:XFD1048576"/>') });
rows('cells', 'a dimension of one cell', '', landed, { sheetText: sheet(good(), '<dimension ref="A1"/>') });
rows('cells', 'a million empty rows', headRow + Array.from({ length: 100_000 }, (_, at) => `<row r="${at + 2}"/>`).join('') + goodRow(200_000), landed);
rows('cells', 'a cell of 200 KiB', headRow + row(2, cells('x'.repeat(200 << 10))), refused);
rows('cells', 'an error value', headRow + cellOf(cells().map((text, at) => (at === 6 ? '<c r="G2" t="e"><v>#REF!</v></c>' : cell(2, at, text))).join('')), { stored: 0, bad: 1, row: 2, reason: /公式出错/ });
rows('cells', 'a number that is none', headRow + cellOf(cells().map((text, at) => (at === 6 ? '<c r="G2"><v>ten</v></c>' : cell(2, at, text))).join('')), { stored: 0, bad: 1, row: 2 });
rows('cells', 'an endless number', headRow + cellOf(cells().map((text, at) => (at === 6 ? '<c r="G2"><v>1e999</v></c>' : cell(2, at, text))).join('')), { stored: 0, bad: 1, row: 2 });
rows('cells', 'a formula is what it last gave', headRow + cellOf(cells().map((text, at) => (at === 6 ? '<c r="G2"><f>WEBSERVICE("http://127.0.0.1/")</f><v>10</v></c>' : cell(2, at, text))).join('')), landed);
rows('cells', 'a formula in a name', headRow + row(2, cells('=1+1').with(2, '昨天')), { stored: 0, bad: 1, row: 2, text: '=1+1' });
rows('cells', 'a formula that was never calculated', headRow + cellOf(cells().map((text, at) => (at === 6 ? '<c r="G2"><f>1+1</f></c>' : cell(2, at, text))).join('')), { stored: 0, bad: 1, row: 2 });

// Merged cells: below the first of a column they say what it says, whatever else is listed.
const merged = (name, text, ranges, expected) => rows('merged cells', name, '', expected, { sheetText: sheet(text, '', `<mergeCells>${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`) });
const twoLines = headRow + goodRow(2) + row(3, cells('白菜').with(0, '').with(2, ''));
merged('a paper and a day of two lines', twoLines, ['A2:A3', 'C2:C3'], { stored: 2, bad: 0 });
merged('ranges that overlap or are none', twoLines, ['A2:A3', 'A2:A3', 'A1:XFD1048576', 'C2:C3', 'x', 'C3:C2', 'A2:XFE9'], { stored: 2, bad: 0 });
merged('an amount of two lines', headRow + goodRow(2) + row(3, cells('白菜').with(6, '')), ['G2:G3'], { stored: 1, bad: 1, row: 3 });
merged('200,001 ranges', good(), Array.from({ length: 200_001 }, (_, at) => `A${at + 1}:A${at + 2}`), refused);
merged('200,000 ranges of every cell', good(), Array.from({ length: 200_000 }, () => 'A2:XFD1048576'), landed);

// What would be read again and again.
sheetText('bombs', 'a hundred tags of 3 MiB', `<worksheet><sheetData>${`<row a="${'x'.repeat(3 << 20)}"/>`.repeat(100)}</sheetData></worksheet>`, refused);
rows('bombs', 'a thousand names of one sheet', good(), refused, { sheets: Array.from({ length: 1_000 }, (_, at) => [`s${at}`, 'rId1', '']) });
rows('bombs', 'one name of two sheets', good(), refused, { sheets: [['s', 'rId1', ''], ['s', 'rId1', '']] });

// Other workbooks than are read.
changed('kinds', 'with macros', (parts) => void parts.push(part('xl/vbaProject.bin', 'x')));
changed('kinds', 'with a link to another workbook', (parts) => void parts.push(part('xl/externalLinks/externalLink1.xml', '<externalLink/>')), landed);
changed('kinds', 'with an embedded object', (parts) => void parts.push(part('xl/embeddings/oleObject1.bin', '\xd0\xcf\x11\xe0')), landed);
changed('kinds', 'a text document', (parts) => parts.filter((entry) => !entry.name.startsWith('xl/')).concat(part('word/document.xml', '<document/>')));
changed('kinds', 'an open document', () => [part('mimetype', 'application/vnd.oasis.opendocument.spreadsheet', { method: 0 }), part('content.xml', '<a/>')]);
changed('kinds', 'a folder of tables', () => [part('lines.csv', '品名\n黄瓜\n')]);
changed('kinds', 'an archive of nothing', () => []);
replaced('kinds', 'of no sheet', 'xl/workbook.xml', '<workbook><sheets/></workbook>');
replaced('kinds', 'a sheet without a relationship', 'xl/workbook.xml', '<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>');
for (const name of ['_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', sheetName]) changed('kinds', `without ${name}`, (parts) => parts.filter((entry) => entry.name !== name));
changed('kinds', 'without its content types', (parts) => parts.filter((entry) => entry.name !== '[Content_Types].xml'), landed);
changed('kinds', 'behind a program', () => undefined, refused, { prefix: 'MZ'.padEnd(64, '\0') });

export const xlsxCases = all;
