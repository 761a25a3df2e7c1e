// SPDX-License-Identifier: Apache-2.0
//
// Archives and workbooks made byte by byte, right ones and liars.

import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const little = (value, count) => {
  const bytes = Buffer.alloc(count);
  let rest = BigInt(value);
  for (let i = 0; i < count; i += 1) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
};

// An entry; what is written about it may be changed afterwards, and then lies.
export function part(name, text, changes = {}) {
  const bytes = Buffer.from(text);
  const isStored = changes.method === 0;
  const packed = isStored ? bytes : deflateRawSync(bytes);
  return { name, packed, checksum: crc32(bytes), packedBytes: packed.length, unpackedBytes: bytes.length, method: 8, flags: 0, version: 20, extra: Buffer.alloc(0), attributes: 0, ...changes };
}

const described = (entry, checksum = entry.checksum) =>
  Buffer.concat([little(entry.version, 2), little(entry.flags, 2), little(entry.method, 2), little(0, 4), little(checksum >>> 0, 4), little(entry.packedBytes, 4), little(entry.unpackedBytes, 4)]);

// `changes`: prefix, gap (before the directory), comment, and lies about the directory.
export function archive(parts, changes = {}) {
  const pieces = [Buffer.from(changes.prefix ?? '')];
  let at = pieces[0].length;
  const push = (...more) => {
    for (const piece of more) {
      pieces.push(piece);
      at += piece.length;
    }
  };
  const offsets = new Map();
  for (const entry of parts) {
    offsets.set(entry, at);
    const name = Buffer.from(entry.localName ?? entry.name);
    push(Buffer.from('PK\x03\x04'), described(entry, (entry.checksum + (entry.localLie ?? 0)) >>> 0), little(name.length, 2), little(0, 2), name, entry.packed);
  }
  push(Buffer.from(changes.gap ?? ''));
  const directory = at;
  for (const entry of parts) {
    const name = Buffer.from(entry.name);
    push(Buffer.from('PK\x01\x02'), little(entry.madeBy ?? 20, 2), described(entry), little(name.length, 2), little(entry.extra.length, 2), little(0, 2), little(0, 2), little(0, 2), little(entry.attributes, 4), little(entry.offset ?? offsets.get(entry.bytesOf ?? entry), 4), name, entry.extra);
  }
  const size = at - directory;
  const comment = Buffer.from(changes.comment ?? '');
  const count = changes.count ?? parts.length;
  push(Buffer.from('PK\x05\x06'), little(changes.disk ?? 0, 2), little(changes.disk ?? 0, 2), little(count & 0xffff, 2), little(count & 0xffff, 2), little(changes.size ?? size, 4), little(changes.directory ?? directory, 4), little(changes.commentBytes ?? comment.length, 2), comment);
  return Buffer.concat(pieces);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const sheetName = 'xl/worksheets/sheet1.xml';

export const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const column = (index) => (index >= 26 ? column(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
export const cell = (row, index, text) => `<c r="${column(index)}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
export const row = (number, cells) => `<row r="${number}">${cells.map((text, index) => cell(number, index, text)).join('')}</row>`;
export const sheet = (rows, before = '', after = '') => `${xml}<worksheet xmlns="${main}" xmlns:r="${office}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;

// The parts of a workbook with one sheet of these rows.
export function workbookParts(rows, { strings, styles, sheets = [['台账', 'rId1', '']], sheetText } = {}) {
  const relationships = (...list) => `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  const parts = [
    part('[Content_Types].xml', `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`),
    part('_rels/.rels', relationships(['rId1', 'officeDocument', 'xl/workbook.xml'])),
    part('xl/workbook.xml', `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(([name, id, more], index) => `<sheet name="${name}" sheetId="${index + 1}" ${more} r:id="${id}"/>`).join('')}</sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', relationships(['rId1', 'worksheet', 'worksheets/sheet1.xml'], ...(strings === undefined ? [] : [['rId8', 'sharedStrings', 'sharedStrings.xml']]), ...(styles === undefined ? [] : [['rId9', 'styles', 'styles.xml']]))),
    part(sheetName, sheetText ?? sheet(rows)),
  ];
  if (strings !== undefined) parts.push(part('xl/sharedStrings.xml', `${xml}<sst xmlns="${main}">${strings}</sst>`));
  if (styles !== undefined) parts.push(part('xl/styles.xml', `${xml}<styleSheet xmlns="${main}">${styles}</styleSheet>`));
  return parts;
}

// The sheets and strings of a right workbook, as one text.
export function readWorkbook(bytes) {
  let text = '';
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16);
  while (bytes.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [packed, nameBytes, extra, comment, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(start, start + packed);
    text += bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(body).toString() : body.toString();
    at += 46 + nameBytes + extra + comment;
  }
  return text;
}
