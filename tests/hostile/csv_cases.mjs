// SPDX-License-Identifier: Apache-2.0
//
// Tables of text that are wrong, or look wrong: each with what must become of it.
//
// A case: name, class, bytes, and `expected`:
//   refused: /words/          the file is no table, or too much: nothing of it lands
//   stored, bad               how many lines land, how many are told as bad
//   goods                     what the preview shows of the goods of each row, in order
//   reason: /words/           of the first bad row, `row` its number as a spreadsheet counts

const long = (bytes) => 'x'.repeat(bytes);
const titles = ['单据号', '行号', '进货时间', '品名', '批号', '生产者', '数量', '单位', '供货者名称'];
const head = titles.join(',');
let number = 0;

// The cells of a good line, `goods` as it stands in the file.
const cells = (goods, lot = `L${(number += 1)}`) => ['DN-1', String(number), '2026-03-02 08:30', goods, lot, '南山农场', '10', '公斤', '北郊菜地'];
const line = (goods) => cells(goods).join(',');
const good = () => line('黄瓜');
const file = (...lines) => Buffer.from(`${[head, ...lines].join('\n')}\n`);

const all = [];
const add = (kind, name, bytes, expected) => all.push({ class: `CSV: ${kind}`, name, bytes, expected, fileName: 'lines.csv' });
// One row whose goods are written like this, a good one after it.
const written = (kind, raw, goods) =>
  add(kind, JSON.stringify(raw).slice(0, 40), file(line(raw), good()), { stored: 2, bad: 0, goods: [goods, '黄瓜'] });
const spoilt = (kind, raw, reason, expected = {}) =>
  add(kind, JSON.stringify(raw).slice(0, 40), file(line(raw), good()), { stored: 1, bad: 1, row: 2, reason, ...expected });

// Quotes: they open only at the start of a cell.
for (const [raw, goods] of [
  ['"黄瓜"', '黄瓜'], ['"黄,瓜"', '黄,瓜'], ['"黄""瓜"', '黄"瓜'], ['"""黄瓜"""', '"黄瓜"'], ['黄"瓜', '黄"瓜'], ['黄瓜"', '黄瓜"'], ["'黄瓜'", "'黄瓜'"],
  ['“黄瓜”', '“黄瓜”'], ['「黄瓜」', '「黄瓜」'], ['黄""瓜', '黄""瓜'], ['"黄，瓜"', '黄，瓜'], ['"黄;瓜"', '黄;瓜'], ['"黄\t瓜"', '黄\t瓜'], ['"""",', null],
  ['"黄\n瓜"', '黄\n瓜'], ['"黄\r\n瓜"', '黄\r\n瓜'], ['"黄\n\n瓜"', '黄\n\n瓜'], ['`黄瓜`', '`黄瓜`'], ['\\"黄瓜\\"', '\\"黄瓜\\"'], ['黄 "瓜" 条', '黄 "瓜" 条'],
]) {
  if (goods !== null) written('quotes', raw, goods);
}
spoilt('quotes', '"黄"瓜', /引号|quote/i);
spoilt('quotes', '"黄瓜"x"', /引号|quote/i);
spoilt('quotes', '""', /必填|不能为空|缺|required|品名/);
spoilt('quotes', '"黄瓜', /引号|quote/i);
spoilt('quotes', '"', /引号|quote/i);
spoilt('quotes', '"黄瓜""', /引号|quote/i);
add('quotes', 'a quote that the end of the file closes not', Buffer.from(`${head}\n${good()}\n${line('"黄瓜')}`), { stored: 1, bad: 1, row: 3, reason: /引号|quote/i });
add('quotes', 'titles in quotes', Buffer.from(`${titles.map((title) => `"${title}"`).join(',')}\n${good()}\n`), { stored: 1, bad: 0 });
add('quotes', 'every cell in quotes', Buffer.from(`${head}\n${cells('黄瓜').map((cell) => `"${cell}"`).join(',')}\n`), { stored: 1, bad: 0 });
add('quotes', 'a title that holds a line end', Buffer.from(`${head.replace('品名', '"品\n名"')}\n${good()}\n`), { stored: 1, bad: 0 });

// Line ends.
const ended = (name, end, rows = 2) => add('line ends', name, Buffer.from([head, ...Array.from({ length: rows }, good)].join(end) + end), { stored: rows, bad: 0 });
ended('LF', '\n');
ended('CRLF', '\r\n');
ended('CR alone', '\r');
ended('blank lines between', '\n\n');
ended('blank CRLF lines between', '\r\n\r\n');
ended('LF and CR', '\n\r');
ended('three CR', '\r\r\r');
ended('lines of separators between', '\n,,,,,,,,\n');
ended('lines of blanks between', '\n   \n');
add('line ends', 'none at the end', Buffer.from(`${head}\n${good()}`), { stored: 1, bad: 0 });
add('line ends', 'many at the end', Buffer.from(`${head}\n${good()}${'\r\n'.repeat(1_000)}`), { stored: 1, bad: 0 });
add('line ends', 'many at the start', Buffer.from(`${'\n'.repeat(1_000)}${head}\n${good()}\n`), { stored: 1, bad: 0 });
add('line ends', 'all three in one file', Buffer.from(`${head}\r${good()}\n${good()}\r\n${good()}`), { stored: 3, bad: 0 });
for (const [name, text] of [['line separator', '\u2028'], ['paragraph separator', '\u2029']]) written('line ends', `黄${text}瓜`, `黄${text}瓜`, name);

// Rows of other widths than the titles.
const shaped = (name, text, expected) => add('ragged rows', name, file(text, good()), expected);
const bad = { stored: 1, bad: 1, row: 2 };
shaped('the last cell is missing', cells('黄瓜').slice(0, 8).join(','), { ...bad, reason: /8.*9|格|cell/ });
shaped('half of the cells are missing', cells('黄瓜').slice(0, 4).join(','), { ...bad, reason: /格|cell/ });
shaped('one cell', 'DN-1', { ...bad, reason: /格|cell/ });
shaped('one cell and all separators', 'DN-1,,,,,,,,', { ...bad });
shaped('an empty cell more', `${good()},`, { stored: 2, bad: 0 });
shaped('a hundred empty cells more', `${good()}${','.repeat(100)}`, { stored: 2, bad: 0 });
shaped('a full cell more', `${good()},x`, { ...bad, reason: /10.*9|格|cell/ });
shaped('two lines in one', `${good()},${good()}`, { ...bad, reason: /格|cell/ });
shaped('a separator in front', `,${good()}`, { ...bad, reason: /格|cell/ });
shaped('a name with an unquoted comma', line('黄瓜,大'), { ...bad, reason: /格|cell/ });
shaped('the titles once more', head, { ...bad });
shaped('a line of dashes', '---------', { ...bad });
shaped('a sum below', '合计,,,,,,20,公斤,', { stored: 1, bad: 0 });
shaped('a note below', '制表人：见附页', { ...bad, reason: /格|cell/ });
add('ragged rows', 'separators after the titles', Buffer.from(`${head},,,\n${good()},,,\n`), { stored: 1, bad: 0 });
add('ragged rows', 'separators after the titles alone', Buffer.from(`${head},,,\n${good()}\n`), { stored: 0, bad: 1, row: 2 });

// Controls. NUL is no text; of the others nobody sees anything, and nothing is left of them.
for (let code = 0; code < 32; code += 1) {
  if (code === 0 || code === 9 || code === 10 || code === 13) continue;
  add('controls', `U+${code.toString(16).padStart(4, '0')} within a name`, file(line(`黄${String.fromCharCode(code)}瓜`), good()), { stored: 2, bad: 0 });
}
add('controls', 'U+007F within a name', file(line('黄\u007f瓜'), good()), { stored: 2, bad: 0 });
add('controls', 'NUL within a name', file(line('黄\0瓜'), good()), { stored: 1, bad: 1, row: 2, reason: /NUL/ });
add('controls', 'NUL in a title', Buffer.from(`${head.replace('品名', '品\0名')}\n${good()}\n`), { refused: /./ });
add('controls', 'NUL between lines', Buffer.from(`${head}\n\0\n${good()}\n`), { stored: 1, bad: 1, row: 2 });

// Separators are found out.
for (const [name, separator] of [['tab', '\t'], ['semicolon', ';']]) {
  add('separators', name, Buffer.from(`${titles.join(separator)}\n${cells('黄瓜').join(separator)}\n`), { stored: 1, bad: 0 });
  add('separators', `${name}, commas within`, Buffer.from(`${titles.join(separator)}\n${cells('黄,瓜').join(separator)}\n`), { stored: 1, bad: 0, goods: ['黄,瓜'] });
  add('separators', `${name}, below a name of the ledger`, Buffer.from(`进货台账\n${titles.join(separator)}\n${cells('黄瓜').join(separator)}\n`), { stored: 1, bad: 0 });
  add('separators', `${name} in quotes among commas`, file(line(`"黄${separator}瓜"`)), { stored: 1, bad: 0, goods: [`黄${separator}瓜`] });
  add('separators', `titles by comma, lines by ${name}`, Buffer.from(`${head}\n${cells('黄瓜').join(separator)}\n`), { stored: 0, bad: 1, row: 2, reason: /格|cell/ });
}
for (const [name, separator] of [['bar', '|'], ['full-width comma', '，'], ['colon', ':'], ['blank', ' '], ['U+001F', '\u001f']]) {
  add('separators', `${name} is none`, Buffer.from(`${titles.join(separator)}\n${cells('黄瓜').join(separator)}\n`), { refused: /./ });
}
add('separators', 'none at all', Buffer.from('品名\n黄瓜\n'), { refused: /./ });

// What a spreadsheet would calculate stays text, here and in the workbook of faults.
for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
  written('formulas', `${sign}1+1`, `${sign}1+1`);
  add('formulas', `${sign}cmd in a bad row`, file(line(`"${sign}cmd|' /C calc'!A0"`).replace('2026-03-02 08:30', '昨天'), good()), { stored: 1, bad: 1, row: 2, text: `${sign}cmd|' /C calc'!A0` });
}
for (const raw of ['=HYPERLINK(""http://127.0.0.1/"")', '=WEBSERVICE(""http://127.0.0.1/"")', '=1+1', '@SUM(1)']) {
  written('formulas', `"'${raw}"`, raw.replaceAll('""', '"'));
}

// Sizes, each at its bound and beyond.
add('sizes', 'a cell of 128 KiB', file(line(long(128 * 1024)), good()), { stored: 1, bad: 1, row: 2 });
add('sizes', 'a cell beyond 128 KiB', file(line(long(128 * 1024 + 1)), good()), { refused: /128|131072|131,072|字节|bytes/ });
add('sizes', 'a line beyond 1 MiB', file(Array.from({ length: 9 }, () => long(127 * 1024)).join(','), good()), { refused: /./ });
add('sizes', 'a quoted cell of 2 MiB', file(line(`"${long(2 << 20)}"`), good()), { refused: /./ });
add('sizes', 'an open quote before 300 KB', file(line('"黄瓜'), ...Array.from({ length: 300 }, () => line(long(1_000)))), { stored: 300, bad: 1, row: 2, reason: /引号|quote/i });
add('sizes', '1,000 columns', Buffer.from(`${head}${',x'.repeat(991)}\n${good()}${','.repeat(991)}\n`), { stored: 1, bad: 0 });
add('sizes', '1,001 columns', Buffer.from(`${head}${',x'.repeat(992)}\n${good()}${','.repeat(992)}\n`), { refused: /1000|1,000|列|column/ });
add('sizes', '10,000,000 columns of titles', Buffer.from(','.repeat(10_000_000)), { refused: /列|column|空|empty/ });
add('sizes', '10,000,000 columns of a line', Buffer.concat([file(good()), Buffer.from(','.repeat(10_000_000))]), { refused: /列|column/ });
add('sizes', '10,000,000 full columns', Buffer.from(`${head}\n${'1,'.repeat(10_000_000)}\n`), { refused: /列|column/ });
add('sizes', 'a million empty lines', Buffer.from(`${head}\n${'\n'.repeat(1_000_000)}${good()}\n`), { stored: 1, bad: 0 });
add('sizes', '8 MiB of quotes', Buffer.from('"'.repeat(8 << 20)), { refused: /./ });
add('sizes', '8 MiB of one letter', Buffer.from(long(8 << 20)), { refused: /./ });
add('sizes', 'an amount of 10,000 digits', file(line('黄瓜').replace(',10,', `,${'9'.repeat(10_000)},`), good()), { stored: 1, bad: 1, row: 2 });
add('sizes', 'a lot of 10,000 letters', file(cells('黄瓜', long(10_000)).join(','), good()), { stored: 1, bad: 1, row: 2 });

// Nothing to read.
for (const [name, bytes] of [['no byte', ''], ['a byte order mark', '\ufeff'], ['a line end', '\n'], ['blanks', '   \t  '], ['separators', ',,,,'], ['a NUL', '\0'], ['titles alone', `${head}\n`]]) {
  add('nothing', name, Buffer.from(bytes), name === 'titles alone' ? { stored: 0, bad: 0 } : { refused: /./ });
}

// Something else by the name of a table.
for (const [name, bytes] of [
  ['PDF', '%PDF-1.7\n'], ['PNG', '\x89PNG\r\n\x1a\n'], ['JPEG', '\xff\xd8\xff\xe0'], ['RAR', 'Rar!\x1a\x07'], ['7z', '7z\xbc\xaf\x27\x1c'], ['gzip', '\x1f\x8b\x08\x00'],
  ['old Excel', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], ['older Excel', '\x09\x08\x10\x00\x00\x06\x05\x00'], ['web page', '<!DOCTYPE html><table>'], ['table of a web page', '<table><tr><td>'],
  ['XML', '<?xml version="1.0"?><a/>'], ['RTF', '{\\rtf1'], ['JSON', '{"a": [1, 2]}'], ['a program', '\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00'], ['empty zip', 'PK\x05\x06'.padEnd(22, '\0')], ['SQLite', 'SQLite format 3\0\x10\0'],
]) {
  add('disguises', name, Buffer.from(`${bytes}${' '.repeat(64)}`, 'latin1'), { refused: /./ });
}

// Titles.
const titled = (name, replaced, expected) => add('titles', name, Buffer.from(`${replaced}\n${good()}\n`), expected);
titled('a title twice', head.replace('批号', '品名'), { refused: /品名/ });
titled('a required one is missing', head.replace('进货时间', '备用'), { refused: /进货时间/ });
titled('none is known', '甲,乙,丙,丁,戊,己,庚,辛,壬', { refused: /./ });
titled('numbers', '1,2,3,4,5,6,7,8,9', { refused: /./ });
titled('with stars, brackets and blanks', '单据号, 行号 ,*进货时间,品名（必填）,批号(可空),生产者,数量,单位,供货者名称', { stored: 1, bad: 0 });
titled('below a ledger\'s name', `进货台账,,,,,,,,\n单位：南山市场,,日期：3月,,,,,,\n${head}`, { stored: 1, bad: 0 });
titled('in the tenth row', `${'说明\n'.repeat(9)}${head}`, { stored: 1, bad: 0 });
titled('in the eleventh row', `${'说明,说明\n'.repeat(10)}${head}`, { refused: /./ });
titled('of 100,000 letters', `${head},${'长'.repeat(30_000)}`, { stored: 0, bad: 1 });
titled('of a formula', `${head},=1+1`, { stored: 0, bad: 1 });

// Encodings that are none of GB18030's business.
const encoded = (name, bytes, expected) => add('encodings', name, bytes, expected);
const text = () => `${head}\n${good()}\n`;
const swapped = (buffer) => Buffer.from(buffer).swap16();
encoded('UTF-8 with a mark', Buffer.from(`\ufeff${text()}`), { stored: 1, bad: 0 });
encoded('UTF-16LE with a mark', Buffer.from(`\ufeff${text()}`, 'utf16le'), { stored: 1, bad: 0 });
encoded('UTF-16BE with a mark', swapped(Buffer.from(`\ufeff${text()}`, 'utf16le')), { stored: 1, bad: 0 });
encoded('UTF-16LE without a mark', Buffer.from(text(), 'utf16le'), { refused: /UTF-16|文本|text/ });
encoded('UTF-16LE with half a character', Buffer.concat([Buffer.from(`\ufeff${text()}${line('黄瓜')}`, 'utf16le'), Buffer.from([0x30])]), { stored: 1, bad: 1, row: 3 });
encoded('UTF-16LE with half a pair', Buffer.concat([Buffer.from(`\ufeff${head}\n${line('黄\ud840瓜')}\n${good()}\n`, 'utf16le')]), { stored: 1, bad: 1, row: 2 });
encoded('UTF-32LE', Buffer.concat([...`\ufeff${text()}`].map((letter) => { const four = Buffer.alloc(4); four.writeUInt32LE(letter.codePointAt(0)); return four; })), { refused: /./ });
encoded('two marks', Buffer.from(`\ufeff\ufeff${text()}`), { stored: 1, bad: 0 });
for (const [name, hex] of [
  ['overlong slash', 'c0af'], ['overlong NUL', 'c080'], ['three-byte overlong', 'e08080'], ['four-byte overlong', 'f0808080'], ['high surrogate', 'eda080'], ['low surrogate', 'edb080'], ['pair of surrogates', 'eda080edb080'],
  ['beyond U+10FFFF', 'f4908080'], ['five bytes', 'f888808080'], ['six bytes', 'fc8480808080'], ['a continuation alone', '80'], ['a lead alone', 'e9bb'], ['0xFE', 'fe'], ['0xFF', 'ff'],
]) {
  encoded(`UTF-8: ${name}`, Buffer.concat([Buffer.from(`${head}\n${good()}\n${cells('').slice(0, 3).join(',')},黄`), Buffer.from(hex, 'hex'), Buffer.from(`瓜,LX,南山农场,10,公斤,北郊菜地\n${good()}\n`)]), { stored: 2, bad: 1, row: 3 });
}

export const csvCases = all;
