// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it, vi } from 'vitest';

interface Sent {
  path: string;
  headers: Record<string, string>;
}

const problem = (kind: string, status: number, detail = 'no'): Response =>
  new Response(JSON.stringify({ type: `https://ns.suyuan.example/problems/${kind}`, title: kind, status, detail, instance: 'urn:uuid:0' }), { status });
const ok = (body: object = {}): Response => new Response(JSON.stringify(body), { status: 200 });
const session = { came: 'session', account: { name: 'inspector-1', kind: 'regulator', operator: '', department: 'market_regulation' }, operations: ['getRecord'] };
const needed = (): Response => problem('purpose-needed', 403, 'Say why, in the header Suyuan-Purpose: supervision, case.');

let sent: Sent[];
let answers: ((request: Sent) => Response)[];
let client: typeof import('../api/client');
let questions: typeof import('./questions');
let door: typeof import('./door');
let visiting: typeof import('./session');

// The next question that is put; answered as a person would.
async function answerNext(answer: Parameters<typeof questions.answerQuestion>[0]): Promise<unknown> {
  await vi.waitFor(() => expect(questions.asking.question).not.toBeNull());
  const { question } = questions.asking;
  questions.answerQuestion(answer);
  return question;
}

const supervision = { name: 'supervision', caseNumber: '' };

beforeEach(async () => {
  sent = [];
  answers = [];
  vi.stubGlobal('location', { search: '', reload: vi.fn(), replace: vi.fn() });
  vi.stubGlobal('fetch', (path: string, { headers }: { headers: Record<string, string> }) => {
    const request = { path, headers };
    sent.push(request);
    return Promise.resolve(answers.shift()!(request));
  });
  vi.resetModules();
  client = await import('../api/client');
  questions = await import('./questions');
  door = await import('./door');
  visiting = await import('./session');
  client.keepDoor(door.doorkeeper);
  answers = [() => ok(session)];
  await visiting.readSession();
  sent = [];
});

describe('a reason', () => {
  it('is asked for once, told where it is needed, and nowhere else', async () => {
    answers = [needed, () => ok({ a: 1 }), () => ok(), () => ok()];
    const asked = client.get('/api/v1/events/1');
    expect(await answerNext(supervision)).toEqual({ kind: 'purpose', offered: ['supervision', 'case'] });
    expect(await asked).toEqual({ a: 1 });
    await client.get('/api/v1/events/2');
    await client.get('/api/v1/sheets');
    expect(sent.map(({ headers }) => headers['Suyuan-Purpose'])).toEqual([undefined, 'supervision', 'supervision', undefined]);
  });
  it('that was told before is given to the next place that wants one', async () => {
    answers = [needed, () => ok(), needed, () => ok()];
    const first = client.get('/api/v1/events/1');
    await answerNext({ name: 'case', caseNumber: '17' });
    await first;
    await client.get('/api/v1/trace');
    expect(sent[3]!.headers).toMatchObject({ 'Suyuan-Purpose': 'case', 'Suyuan-Case': '17' });
  });
  it('that does not fit is asked for anew', async () => {
    answers = [needed, () => ok(), () => problem('purpose-needed', 403, 'Say why, in the header Suyuan-Purpose: security.'), () => ok()];
    const first = client.get('/api/v1/events/1');
    await answerNext(supervision);
    await first;
    const second = client.get('/api/v1/audit');
    expect(await answerNext({ name: 'security', caseNumber: '' })).toEqual({ kind: 'purpose', offered: ['security'] });
    await second;
    expect(sent[3]!.headers['Suyuan-Purpose']).toBe('security');
  });
  it('is asked for once by requests that are refused together', async () => {
    answers = [needed, needed, () => ok(), () => ok()];
    const both = Promise.all([client.get('/api/v1/events/1'), client.get('/api/v1/events/2')]);
    await answerNext(supervision);
    await both;
    expect(sent).toHaveLength(4);
    expect(questions.asking.question).toBeNull();
  });
  it('that nobody gives leaves the refusal', async () => {
    answers = [needed];
    const asked = expect(client.get('/api/v1/events/1')).rejects.toMatchObject({ kind: 'purpose-needed', status: 403 });
    await answerNext(null);
    await asked;
  });
  it('is no longer asked for when the request was given up', async () => {
    answers = [needed];
    const controller = new AbortController();
    const asked = expect(client.get('/api/v1/events/1', {}, controller.signal)).rejects.toBeTruthy();
    await vi.waitFor(() => expect(questions.asking.question).not.toBeNull());
    controller.abort();
    expect(questions.asking.question).toBeNull();
    await asked;
  });
  it('is forgotten on demand', async () => {
    answers = [needed, () => ok(), () => ok()];
    const asked = client.get('/api/v1/events/1');
    await answerNext(supervision);
    await asked;
    door.forgetPurpose();
    await client.get('/api/v1/events/1');
    expect(sent[2]!.headers).not.toHaveProperty('Suyuan-Purpose');
  });
});

describe('a proof', () => {
  it('is asked for, and the same is sent again', async () => {
    answers = [() => problem('reauthentication-needed', 403), () => ok({ id: 'k1' })];
    const made = client.post('/api/v1/keys', { name: 'till' });
    expect(await answerNext(true)).toEqual({ kind: 'proof' });
    expect(await made).toEqual({ id: 'k1' });
  });
  it('that does not help is not asked for without end', async () => {
    const again = (): Response => problem('reauthentication-needed', 403);
    answers = [again, again, again];
    const made = expect(client.post('/api/v1/keys')).rejects.toMatchObject({ kind: 'reauthentication-needed' });
    await answerNext(true);
    await answerNext(true);
    await made;
    expect(sent).toHaveLength(3);
  });
});

describe('a session', () => {
  it('that ended brings the sign-in', async () => {
    answers = [() => problem('unauthenticated', 401)];
    await expect(client.get('/api/v1/keys')).rejects.toMatchObject({ status: 401 });
    expect(visiting.visit.session?.came).toBe('nobody');
    expect(visiting.visit.hasEnded).toBe(true);
    expect(visiting.may('getRecord')).toBe(false);
  });
  it('does not end by a wrong password', async () => {
    answers = [() => problem('unauthenticated', 401)];
    await expect(client.post(visiting.proofPath, { password: 'x' })).rejects.toMatchObject({ status: 401 });
    expect(visiting.isSignedIn()).toBe(true);
  });
  it('of somebody else begins the page anew', () => {
    visiting.sessionHasEnded();
    visiting.takeSession({ ...session, account: { ...session.account, name: 'clerk-1' } } as never);
    expect(location.reload).toHaveBeenCalled();
    expect(visiting.isSignedIn()).toBe(false);
  });
  it('is nobody\'s need where the server knows none', async () => {
    vi.resetModules();
    const fresh = await import('./session');
    answers = [() => problem('no-such-route', 404)];
    await fresh.readSession();
    expect(fresh.isLocal()).toBe(true);
    expect(fresh.may('anything')).toBe(true);
  });
  it('says what it is open to, and for whom', async () => {
    expect(visiting.may('getRecord')).toBe(true);
    expect(visiting.may('searchAudit')).toBe(false);
    expect(visiting.whereText()).toBe('市场监督管理');
    visiting.takeSession({ ...session, roles: [{ name: 'regulator_county', zh: '县级监管人员', region: '110105' }] } as never);
    expect(visiting.roleName()).toBe('县级监管人员');
    expect(visiting.whereText()).toBe('110105');
    expect(visiting.whereText({ 110105: '朝阳区' })).toBe('朝阳区');
  });
});
