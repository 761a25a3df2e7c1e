// SPDX-License-Identifier: Apache-2.0
//
// Tables in GB18030 with bytes that are none of its characters: they spoil their row and no other.
// Every character there is goes through the unit tests of the decoder.

// In GB18030, all of two bytes.
const words = { 黄瓜: 'bbc6b9cf', 南山农场: 'c4cfc9bdc5a9b3a1', 公斤: 'b9abbdef', 北郊菜地: 'b1b1bdbcb2cbb5d8' };
const titles = { 单据号: 'b5a5beddbac5', 行号: 'd0d0bac5', 进货时间: 'bdf8bbf5cab1bce4', 品名: 'c6b7c3fb', 批号: 'c5fabac5', 生产者: 'c9fab2fad5df', 数量: 'cafdc1bf', 单位: 'b5a5cebb', 供货者名称: 'b9a9bbf5d5dfc3fbb3c6' };
const bytes = (...pieces) => Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)));
const hex = (digits) => Buffer.from(digits, 'hex');
const head = bytes(...Object.values(titles).flatMap((title, at) => (at === 0 ? [hex(title)] : [',', hex(title)])), '\n');

let number = 0;
const line = (goods, lot = `G${(number += 1)}`) => bytes(`DN-1,${number},2026-03-02 08:30,`, goods, `,${lot},`, hex(words.南山农场), ',10,', hex(words.公斤), ',', hex(words.北郊菜地), '\n');
const good = () => line(hex(words.黄瓜));

const all = [];
const add = (kind, name, content, expected) => all.push({ class: `GB18030: ${kind}`, name, bytes: content, expected, fileName: 'lines.csv' });
// `sequence` is between two characters, in a row between good ones.
const spoilt = (kind, digits) =>
  add(kind, digits, bytes(head, good(), line(bytes(hex('bbc6'), hex(digits), hex('b9cf'))), good()), { stored: 2, bad: 1, row: 3 });

// Single bytes that are none, and leads before what is no trail.
for (const digits of ['80', 'ff', 'ff41', '80ff', 'ffff', 'ffffff']) spoilt('single bytes', digits);
for (let lead = 0x81; lead <= 0xfe; lead += 1) spoilt('a lead before a blank', `${lead.toString(16)}20`);
for (let lead = 0x81; lead <= 0xfe; lead += 1) spoilt('a lead before 0x7F', `${lead.toString(16)}7f`);
for (let lead = 0x82; lead <= 0xfe; lead += 4) spoilt('a lead before 0xFF', `${lead.toString(16)}ff`);
// Four bytes: cut off, with a wrong one, of no character.
for (const digits of ['8130', '813081', '81308120', '8130812e', '8139fe', '8430a4', '9039fe2f']) spoilt('four bytes cut off', `${digits}20`);
for (const second of ['30', '35', '39']) for (const third of ['20', '7f', '80', 'ff']) spoilt('a wrong third byte', `81${second}${third}20`);
for (const third of ['81', 'a0', 'fe']) for (const fourth of ['20', '2f', '3a', '7f', '80']) spoilt('a wrong fourth byte', `8130${third}${fourth}`);
for (const digits of ['e3329a36', 'e3329a37', 'e3329b30', 'e4308130', 'f0308130', 'fe39fe39', 'fd308130', 'fe308130', '8431a530', '8431a539', '85308130', '8f39fe39']) spoilt('four bytes of no character', digits);

// A cut at the end of a row or file takes nothing else along.
for (const digits of ['bb', '81', '8130', '813081', 'fe', 'c4cfc9']) {
  add('the file ends within a character', digits, bytes(head, good(), line(hex(words.黄瓜)).subarray(0, -1), hex(digits)), { stored: 1, bad: 1, row: 3 });
}
for (const digits of ['bb', '81', '8130', '813081', 'fe']) {
  add('a cell ends within a character', digits, bytes(head, good(), line(bytes(hex('bbc6'), hex(digits))), good()), { stored: 2, bad: 1, row: 3 });
}

// What is right: characters of two and four bytes, of the edition of 2022 and the one before, and
// private ones.
for (const [name, digits, letter] of [
  ['first of two bytes', '8140', '丂'], ['last of two bytes', 'fea0', '\u{9fbb}'], ['U+4DAE', 'fe9f', '\u{4dae}'], ['euro', 'a2e3', '€'],
  ['U+3400', '8139ee39', '㐀'], ['U+20000', '95328236', '\u{20000}'], ['U+2A6D6', '9835f336', '\u{2a6d6}'], ['U+10FFFF', 'e3329a35', '\u{10ffff}'], ['emoji', '9439fc36', '😀'],
  ['U+9FB4 in 2022', 'fe59', '\u{9fb4}'], ['U+9FBA in 2022', 'fe90', '\u{9fba}'],
]) {
  add('characters', name, bytes(head, line(bytes(hex('bbc6'), hex(digits))), good()), { stored: 2, bad: 0, goods: [`黄${letter}`, '黄瓜'] });
}

// Whose encoding is not what the rest's is.
const utf8 = (goods) => Buffer.from(`DN-1,${(number += 1)},2026-03-02 08:30,${goods},U${number},南山农场,10,公斤,北郊菜地\n`);
add('mixed', 'UTF-8 with a mark, then GB18030', bytes(Buffer.from('\ufeff单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称\n'), utf8('黄瓜'), good(), utf8('黄瓜')), { stored: 2, bad: 1, row: 3 });
add('mixed', 'UTF-8, then GB18030', bytes(Buffer.from('单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称\n'), utf8('黄瓜'), good(), utf8('黄瓜')), { stored: 2, bad: 1, row: 3 });
add('mixed', 'titles in ASCII alone, lines in GB18030', bytes('document,line,received,goods,lot,producer,quantity,unit,supplier\n', good()), { refused: /./ });
add('mixed', 'UTF-8 that says it is GB18030 by its name', Buffer.concat([Buffer.from('单据号,行号,进货时间,品名,批号,生产者,数量,单位,供货者名称\n'), utf8('黄瓜')]), { stored: 1, bad: 0, goods: ['黄瓜'] });
add('mixed', 'GB18030 behind 100 KB of ASCII', bytes(head, ...Array.from({ length: 10 }, () => line('x'.repeat(1_000))), good()), { stored: 11, bad: 0 });
add('mixed', 'HZ', Buffer.from('~{5%>]:E~},~{PP:E~}\n1,2\n'), { refused: /./ });
add('mixed', 'Big5', hex('b3e6bedab8b92ca6e6b8b90a312c320a'), { refused: /./ });

export const gb18030Cases = all;
