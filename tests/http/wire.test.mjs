// SPDX-License-Identifier: Apache-2.0
//
// What no client library sends: raw bytes to the built program, which must refuse, close and live on.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

import { startServer } from './support/server.mjs';

let server;
let port;

before(async () => {
  server = await startServer();
  port = Number(new URL(server.url).port);
});

after(() => server?.stop());

// Everything that the server sends until it closes, or has been quiet for a moment.
function converse(bytes, quietMs = 300) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let answer = '';
    let isClosed = false;
    const finish = () => {
      socket.destroy();
      const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
      resolve({ statuses, isClosed, answer });
    };
    socket.setTimeout(quietMs, finish);
    socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
    socket.on('end', () => { isClosed = true; finish(); });
    socket.on('error', () => { isClosed = true; });
    socket.on('close', () => { isClosed = true; finish(); });
  });
}

const host = 'Host: 127.0.0.1\r\n';
const head = (line, ...headers) => `${line}\r\n${host}${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
const smuggled = head('GET /healthz HTTP/1.1');

const refused = [
  // Two lengths of one body: whoever believes the other one sees a request in it.
  ['length and chunks', head('POST /epcis/events HTTP/1.1', 'Content-Length: 6', 'Transfer-Encoding: chunked') + `0\r\n\r\n${smuggled}`],
  ['chunks and length', head('POST /epcis/events HTTP/1.1', 'Transfer-Encoding: chunked', 'Content-Length: 6') + `0\r\n\r\n${smuggled}`],
  ['two lengths', head('POST /epcis/events HTTP/1.1', 'Content-Length: 5', 'Content-Length: 6') + 'abcdef'],
  ['a list of lengths', head('POST /epcis/events HTTP/1.1', 'Content-Length: 5, 6') + 'abcdef'],
  ['a length in words', head('POST /epcis/events HTTP/1.1', 'Content-Length: five') + 'abcde'],
  ['a hexadecimal length', head('POST /epcis/events HTTP/1.1', 'Content-Length: 0x5') + 'abcde'],
  ['a negative length', head('POST /epcis/events HTTP/1.1', 'Content-Length: -5') + 'abcde'],
  ['a signed length', head('POST /epcis/events HTTP/1.1', 'Content-Length: +5') + 'abcde'],
  ['an immense length', head('POST /epcis/events HTTP/1.1', 'Content-Length: 18446744073709551616')],
  ['chunks twice', head('POST /epcis/events HTTP/1.1', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + `0\r\n\r\n`],
  ['chunks not last', head('POST /epcis/events HTTP/1.1', 'Transfer-Encoding: chunked, gzip') + `0\r\n\r\n`],
  ['an unknown coding', head('POST /epcis/events HTTP/1.1', 'Transfer-Encoding: xchunked') + `0\r\n\r\n`],
  ['a blank before the colon', head('POST /epcis/events HTTP/1.1', 'Content-Length : 5') + 'abcde'],
  ['a tab before the colon', head('GET /healthz HTTP/1.1', 'X\t: y')],
  ['a name with a blank', head('GET /healthz HTTP/1.1', 'X Y: z')],
  ['a name of no characters', head('GET /healthz HTTP/1.1', ': z')],
  ['a line without colon', head('GET /healthz HTTP/1.1', 'nothing')],
  ['a NUL in a value', head('GET /healthz HTTP/1.1', 'X: a\0b')],
  ['a control in a value', head('GET /healthz HTTP/1.1', 'X: a\x07b')],
  ['a bare CR in a value', head('GET /healthz HTTP/1.1', 'X: a\rb')],
  ['a NUL in a name', head('GET /healthz HTTP/1.1', 'X\0: a')],
  // Request lines.
  ['no version', `GET /healthz\r\n${host}\r\n`],
  ['version 0.9', `GET /healthz HTTP/0.9\r\n${host}\r\n`],
  ['version 2', `GET /healthz HTTP/2.0\r\n${host}\r\n`],
  ['version 1.2', `GET /healthz HTTP/1.2\r\n${host}\r\n`],
  ['a lower-case version', `GET /healthz http/1.1\r\n${host}\r\n`],
  ['two blanks before the version', `GET /healthz  HTTP/1.1\r\n${host}\r\n`],
  ['a tab', `GET\t/healthz\tHTTP/1.1\r\n${host}\r\n`],
  ['a blank in the target', `GET /health z HTTP/1.1\r\n${host}\r\n`],
  ['a control in the target', `GET /health\x01z HTTP/1.1\r\n${host}\r\n`],
  ['no target', `GET HTTP/1.1\r\n${host}\r\n`],
  ['a method in brackets', `(GET) /healthz HTTP/1.1\r\n${host}\r\n`],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['noise', '\xff\xfe\xfd\xfc\r\n\r\n'],
  ['a redis command', '*1\r\n$4\r\nPING\r\n'],
  ['an empty line first', `\r\n${head('GET /healthz HTTP/1.1')}`],
  ['a relative target', head('GET healthz HTTP/1.1')],
  ['an authority', head('CONNECT 127.0.0.1:80 HTTP/1.1')],
  ['another scheme', head('GET ftp://127.0.0.1/healthz HTTP/1.1')],
  ['no authority', head('GET http:///healthz HTTP/1.1')],
  // Whose server?
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['no Host in 1.0', 'GET /healthz HTTP/1.0\r\n\r\n'],
  ['an empty Host', 'GET /healthz HTTP/1.1\r\nHost:\r\n\r\n'],
  ['two Hosts', `GET /healthz HTTP/1.1\r\n${host}${host}\r\n`],
  ['a foreign Host', 'GET /healthz HTTP/1.1\r\nHost: rebind.example.com\r\n\r\n'],
  ['a Host that starts like ours', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1.example.com\r\n\r\n'],
  ['a Host with a user', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1@example.com\r\n\r\n'],
  ['a foreign absolute form', head('GET http://example.com/healthz HTTP/1.1')],
  ['a foreign Host under an absolute form', 'GET http://127.0.0.1/healthz HTTP/1.1\r\nHost: example.com\r\n\r\n'],
  // Whose page?
  ['a foreign Origin', head('POST /epcis/capture HTTP/1.1', 'Origin: http://example.com', 'Content-Length: 2') + '{}'],
  ['another port', head('POST /epcis/capture HTTP/1.1', 'Origin: http://127.0.0.1:1', 'Content-Length: 2') + '{}'],
  ['no Origin to speak of', head('POST /epcis/capture HTTP/1.1', 'Origin: null', 'Content-Length: 2') + '{}'],
  ['another site', head('POST /epcis/capture HTTP/1.1', 'Sec-Fetch-Site: cross-site', 'Content-Length: 2') + '{}'],
  ['a sister site', head('POST /epcis/capture HTTP/1.1', 'Sec-Fetch-Site: same-site', 'Content-Length: 2') + '{}'],
  // Sizes and codings.
  ['an announced body of 65 MiB', head('POST /epcis/capture HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 68157440')],
  ['a compressed body', head('POST /epcis/capture HTTP/1.1', 'Content-Encoding: gzip', 'Content-Length: 2') + '{}'],
  ['a header of 64 KiB', head('GET /healthz HTTP/1.1', `X: ${'x'.repeat(65_536)}`)],
  ['ten thousand headers', head('GET /healthz HTTP/1.1', ...Array.from({ length: 10_000 }, (_, i) => `X${i}: y`))],
  ['a target of 20 KiB', head(`GET /${'x'.repeat(20_480)} HTTP/1.1`)],
  ['a miracle', head('GET /healthz HTTP/1.1', 'Expect: miracle')],
];

for (const [what, bytes] of refused) {
  test(`${what}: refused once, and closed`, async () => {
    const { statuses, isClosed, answer } = await converse(bytes, 5_000);
    assert.ok(statuses.length <= 1, `answered ${statuses.length} times: ${answer}`);
    assert.ok(statuses.every((status) => status >= 400 && status < 600), answer);
    assert.ok(isClosed, `still open after: ${answer}`);
  });
}

const brokenBodies = [
  ['a chunk of no size', ';\r\n'], ['a chunk in words', 'five\r\nabcde\r\n'], ['a negative chunk', '-1\r\n'],
  ['a chunk without end', '5\r\nabcdef\r\n'], ['an immense chunk', 'ffffffffffffffff1\r\n'], ['a chunk with 0x', '0x5\r\nabcde\r\n'],
  ['a bare LF', '5\nabcde\n0\n\n'], ['a blank before the size', ' 5\r\nabcde\r\n0\r\n\r\n'],
];

for (const [what, chunks] of brokenBodies) {
  test(`${what}: nothing is taken from it`, async () => {
    const { statuses } = await converse(
      `${head('POST /epcis/events HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}${chunks}0\r\n\r\n${smuggled}`, 500,
    );
    assert.ok(!statuses.includes(200), `the rest was taken for a request: ${statuses}`);
  });
}

const served = [
  ['an absolute form of ours', head('GET http://127.0.0.1/healthz HTTP/1.1'), [200]],
  ['a pipeline', head('GET /healthz HTTP/1.1') + head('GET /readyz HTTP/1.1') + head('GET /nowhere/at/all HTTP/1.1'), [200, 200, 404]],
  ['a request after a body', head('POST /epcis/events HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 2') + '{}' + smuggled, [400, 200]],
  ['a body with GET', head('GET /healthz HTTP/1.1', 'Content-Length: 5') + 'abcde' + smuggled, [200, 200]],
  ['a request for HTTP/2', head('GET /healthz HTTP/1.1', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'), [200]],
  ['a request for a web socket', head('GET /healthz HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='), [200]],
  ['HTTP/1.0', `GET /healthz HTTP/1.0\r\n${host}\r\n`, [200]],
  ['an unknown method', head('BREW /healthz HTTP/1.1'), [405]],
  ['TRACE', head('TRACE /healthz HTTP/1.1'), [405]],
  ['PUT', head('PUT /epcis/events HTTP/1.1', 'Content-Length: 2') + '{}', [405]],
  ['a lower-case method', head('get /healthz HTTP/1.1'), [405]],
  ['OPTIONS of everything', head('OPTIONS * HTTP/1.1'), [404]],
  ['an encoded NUL', head('GET /epcis/events/%00 HTTP/1.1'), [400]],
  ['an overlong dot', head('GET /%c0%ae%c0%ae/etc/passwd HTTP/1.1'), [404]],
  ['an overlong dot in a name', head('GET /%c0%ae HTTP/1.1'), [400]],
  ['dots', head('GET /../../etc/passwd HTTP/1.1'), [404]],
  ['encoded dots', head('GET /%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1'), [404]],
  ['a backslash', head('GET /..\\..\\etc HTTP/1.1'), [404]],
  ['half an encoding', head('GET /epcis/events/% HTTP/1.1'), [400]],
  ['half an encoding in the query', head('GET /epcis/events?EQ_action=%4 HTTP/1.1'), [400]],
  ['a hundred and one parameters', head(`GET /epcis/events?${'a=1&'.repeat(101)} HTTP/1.1`), [400]],
  ['a line feed in a parameter', head('GET /api/v1/search?q=%0d%0aX-Injected:%201 HTTP/1.1'), [200]],
  ['a folded header', `GET /healthz HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`, [200]],
];

for (const [what, bytes, expected] of served) {
  test(`${what}: ${expected.join(', ')}`, async () => {
    const { statuses, answer } = await converse(bytes);
    assert.deepEqual(statuses, expected, answer);
    assert.doesNotMatch(answer, /^X-Injected/m);
  });
}

test('a client that trickles its request does not hold the others up', async () => {
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => {});
  slow.write('GET /healthz HT');
  const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${server.url}/healthz`)));
  assert.ok(answers.every((answer) => answer.status === 200));
  slow.destroy();
});

test('three hundred idle connections leave it answering', async () => {
  const idle = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((resolve) => setTimeout(resolve, 300));
  idle.forEach((socket) => socket.destroy());
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});

test('every answer carries the headers that guard the browser', async () => {
  for (const target of ['/', '/healthz', '/epcis', '/nowhere/at/all', '/api/v1/trace']) {
    const response = await fetch(`${server.url}${target}`);
    assert.match(response.headers.get('Content-Security-Policy'), /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.equal(response.headers.get('Referrer-Policy'), 'no-referrer');
    assert.equal(response.headers.get('Cross-Origin-Resource-Policy'), 'same-origin');
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
    assert.equal(response.headers.get('Cache-Control'), target === '/' ? 'no-cache' : 'no-store');
    assert.match(response.headers.get('X-Request-Id'), /^[0-9a-f-]{36}$/);
  }
});

test('SIGTERM ends it well', async () => {
  const other = await startServer();
  assert.equal((await fetch(`${other.url}/healthz`)).status, 200);
  assert.equal(await other.stop(), 0);
});
