// SPDX-License-Identifier: Apache-2.0
//
// Calls by operationId, each answer held against openapi/suyuan.yaml: status, media type, headers, body.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

export const document = parse(readFileSync(new URL('../../../openapi/suyuan.yaml', import.meta.url), 'utf8'));

// operationId → { method, path, ...operation }
export const operations = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [operation.operationId, { method, path, ...operation }]),
  ),
);

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema({ $id: 'openapi', components: document.components }, undefined, undefined, false);
ajv.addKeyword('components');

export const schemaNames = Object.keys(document.components.schemas);

export function validatorOf(name) {
  return ajv.getSchema(`openapi#/components/schemas/${name}`) ??
    ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
}

const inlineValidators = new Map();

function validatorFor(schema) {
  const key = JSON.stringify(schema);
  if (!inlineValidators.has(key)) {
    const absolute = JSON.parse(key.replaceAll('"$ref":"#/', '"$ref":"openapi#/'));
    inlineValidators.set(key, ajv.compile(absolute));
  }
  return inlineValidators.get(key);
}

export function dereference(value) {
  if (!value?.$ref) {
    return value;
  }
  return value.$ref.slice(2).split('/').reduce((node, name) => node[name], document);
}

function assertValid(schema, value, what) {
  const validate = validatorFor(schema);
  assert.ok(
    validate(value),
    `${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)?.slice(0, 2000)}`,
  );
}

function checkHeaders(described, headers, what) {
  for (const [name, reference] of Object.entries(described.headers ?? {})) {
    const header = dereference(reference);
    const value = headers.get(name);
    assert.ok(value !== null || !header.required, `${what}: ${name} is missing`);
    if (value !== null) {
      assertValid(header.schema, value, `${what} ${name}`);
    }
  }
}

function checkBody(described, type, text, what) {
  if (!described.content) {
    assert.equal(text, '', `${what} has a body`);
    return undefined;
  }
  const media = described.content[type] ?? described.content['*/*'] ??
    (type === 'application/ld+json' ? described.content['application/json'] : undefined);
  assert.ok(media, `${what}: ${type} is not described`);
  if (!/json$/.test(type)) {
    return text;
  }
  const body = JSON.parse(text);
  assertValid(media.schema, body, what);
  return body;
}

// What was called and answered well, for the test that nothing was left out.
export const answered = new Set();

// Sends a request to an operation. `path`: values of the template's parameters; `query`: object or
// URLSearchParams; `body`: text, or a value to be sent as JSON.
export function caller(url) {
  return async (operationId, { path = {}, query = {}, headers = {}, body, method } = {}) => {
    const operation = operations.get(operationId);
    assert.ok(operation, `no operation ${operationId}`);
    const target = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${url}${target}${search && `?${search}`}`, {
      method: method ?? operation.method.toUpperCase(),
      headers: { 'Accept-Language': 'en', ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const what = `${operationId} ${response.status}`;
    const described = dereference(operation.responses[response.status] ?? operation.responses.default);
    assert.ok(response.status < 300 ? operation.responses[response.status] : described, `${what} is not described`);
    const type = (response.headers.get('Content-Type') ?? '').split(';')[0];
    const text = await response.text();
    checkHeaders(described, response.headers, what);
    const value = method === 'HEAD' ? undefined : checkBody(described, type, text, what);
    if (response.status < 300) {
      answered.add(operationId);
    } else if (response.status >= 400) {
      assert.equal(value.status, response.status, what);
    }
    return { status: response.status, headers: response.headers, body: value };
  };
}
