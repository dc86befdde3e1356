import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '#auth';
import type { Account } from '#mfa';
import { createCustomer, outcome, wrongCode, type Answer } from '#testing';
import { BackOffice, claimsOf, type Session } from './back-office.js';
import { storedMfa, storeFactor } from './stored-factors.js';

const TYPE = 'multi-factor-auth-types';
const REASON = 'Lost the mailbox; identity checked by phone';

describe('The removal of MFA from a customer', () => {
  let office: BackOffice;
  let admin: Session;
  let code: string;

  beforeAll(async () => {
    office = await BackOffice.open();
    admin = await office.session('administrator');
    code = await office.enableMfa(admin);
  });
  afterAll(() => office.app.stop());

  const accountOf = ({ id }: Customer): Account => ({ kind: 'customer', id });
  const path = (reference: string, method?: string): string =>
    `/customers/${reference}/${TYPE}${method === undefined ? '' : `/${method}`}`;

  /** A customer with an active method, and a grant. */
  async function customer(overrides: Partial<Customer> = {}): Promise<Customer> {
    const stored = await createCustomer(office.app.dataSource, overrides);
    await storeFactor(office.app.dataSource, accountOf(stored));
    return stored;
  }
  const stored = (one: Customer) => storedMfa(office.app.dataSource, accountOf(one));
  const list = (reference: string): Promise<Answer> => office.app.api.get(path(reference), { token: admin.token });
  const remove = (
    target: string,
    attributes: object = { reason: REASON },
    overrides: { token?: string; code?: string } = { token: admin.token, code },
  ): Promise<Answer> =>
    office.app.api.call('DELETE', target, { body: { data: { type: TYPE, attributes } }, ...overrides });

  it('shows every method that customers can set up, with its status and without an id', async () => {
    const { customerReference, id } = await createCustomer(office.app.dataSource);
    const { status, json, headers } = await list(customerReference);
    const self = `${office.app.api.url}${path(customerReference)}`;
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(json).toEqual({
      data: ['email', 'totp', 'recovery-code'].map((type) => ({
        type: TYPE,
        attributes: { type, status: 0 },
        links: { self },
      })),
      links: { self },
    });
    await storeFactor(office.app.dataSource, { kind: 'customer', id }, { status: 1 });
    expect((await list(customerReference)).json.data[0].attributes).toEqual({ type: 'email', status: 1 });
    expect((await list((await customer()).customerReference)).json.data[0].attributes.status).toBe(2);
  });

  it('shows until when an account is locked, while it is', async () => {
    const { customerReference, id } = await customer();
    const until = new Date(office.app.clock.now().getTime() + 60_000);
    await office.app.dataSource.query(
      `UPDATE mfa_account SET locked_until = $2 WHERE account_kind = 'customer' AND account_id = $1`,
      [id, until],
    );
    expect((await list(customerReference)).json.meta).toEqual({ lockedUntil: until.toISOString() });
    office.app.clock.advance(61);
    expect((await list(customerReference)).json).not.toHaveProperty('meta');
  });

  it('ends one method with all codes and grants, and keeps who did it, when and why', async () => {
    const one = await customer();
    await storeFactor(office.app.dataSource, accountOf(one), { method: 'another', status: 1 });
    const answer = await remove(path(one.customerReference, 'email'));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await stored(one)).toEqual({ factors: ['another'], codes: 0 });
    const entries = await office.app.dataSource.query(
      `SELECT event, method, actor_kind, actor_id, session_id, reason, client_address, request_id, occurred_at
       FROM mfa_audit_event WHERE account_kind = 'customer' AND account_id = $1`,
      [one.id],
    );
    expect(entries).toEqual([
      {
        event: 'removed',
        method: 'email',
        actor_kind: 'user',
        actor_id: admin.user.id,
        session_id: claimsOf(admin.token)['sid'],
        reason: REASON,
        client_address: '127.0.0.1',
        request_id: answer.headers.get('x-request-id'),
        occurred_at: office.app.clock.now(),
      },
    ]);
    expect((await remove(path(one.customerReference, 'another'))).status).toBe(204);
    expect(await stored(one)).toEqual({ factors: [], codes: 0 });
  });

  it('ends all methods, also begun ones, with an entry for each; again it changes nothing', async () => {
    const one = await customer();
    await storeFactor(office.app.dataSource, accountOf(one), { method: 'another', status: 1 });
    for (const _ of [1, 2]) expect(outcome(await remove(path(one.customerReference)))).toBe('204');
    expect(await stored(one)).toEqual({ factors: [], codes: 0 });
    const entries = `SELECT event, method FROM mfa_audit_event WHERE account_id = $1 AND account_kind = 'customer' ORDER BY 2`;
    expect(await office.app.dataSource.query(entries, [one.id])).toEqual([
      { event: 'removed', method: 'another' },
      { event: 'removed', method: 'email' },
    ]);
  });

  it.each([
    ['en_US', 'Multi-factor authentication was removed from your account', 'An administrator removed'],
    ['de_DE', 'Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt', 'Ein Administrator hat'],
  ])('is told to the person by mail, in %s', async (locale, subject, text) => {
    const one = await customer({ locale });
    expect(outcome(await remove(path(one.customerReference)))).toBe('204');
    await office.app.mailsSent();
    const mails = office.app.mailbox.mails.filter(({ to }) => to.includes(one.email));
    expect(mails.map((mail) => mail.subject)).toEqual([subject]);
    expect(mails[0]!.text).toContain(text);
    expect(mails[0]!.text).not.toContain(REASON);
  });

  it('is 400 / 5906 for a method that is unknown, or not set up', async () => {
    const { customerReference } = await createCustomer(office.app.dataSource);
    const { json, status } = await remove(path(customerReference, 'email'));
    expect([status, json.errors]).toEqual([
      400,
      [{ status: 400, code: '5906', detail: 'MFA type is not found.', message: 'MFA type is not found.' }],
    ]);
    const one = await customer();
    for (const method of ['magic', 'EMAIL', '%00', 'email%00', "'"]) {
      expect(outcome(await remove(path(one.customerReference, method)))).toBe('400 5906');
    }
    expect((await stored(one)).factors).toEqual(['email']);
  });

  it.each(['#', '#x', '?#'])('does not take the empty name of a method for all of them before "%s"', async (rest) => {
    const one = await customer();
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(office.app.api.url);
      const headers = {
        authorization: `Bearer ${admin.token}`,
        'x-mfa-code': code,
        'content-type': 'application/json',
      };
      const target = `${path(one.customerReference, '')}${rest}`;
      request({ hostname, port, method: 'DELETE', path: target, headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end(JSON.stringify({ data: { type: TYPE, attributes: { reason: REASON } } }));
    });
    expect(answer).toBe(400);
    expect((await stored(one)).factors).toEqual(['email']);
  });

  it('does not take the empty name of a method for all of them', async () => {
    const one = await customer();
    for (const end of ['/', '/?include=none']) {
      const { status, json } = await remove(`${path(one.customerReference)}${end}`);
      expect([status, json.errors[0].detail]).toEqual([400, 'Resource id is not specified.']);
    }
    expect((await stored(one)).factors).toEqual(['email']);
  });

  it('is 404 / 009 for a customer that is unknown, or was anonymised', async () => {
    const gone = await customer({ anonymizedAt: new Date() });
    for (const reference of ['DE--none', '%00', gone.customerReference, gone.id]) {
      expect(outcome(await list(reference))).toBe('404 009');
      expect(outcome(await remove(path(reference)))).toBe('404 009');
      expect(outcome(await remove(path(reference, 'email')))).toBe('404 009');
    }
    expect((await stored(gone)).factors).toEqual(['email']);
  });

  it('needs a reason', async () => {
    const one = await customer();
    const refusals: [object, string][] = [
      [{}, 'reason => This field is missing.'],
      [{ reason: null }, 'reason => This value should not be blank.'],
      [{ reason: '' }, 'reason => This value should not be blank.'],
      [{ reason: ' \n ' }, 'reason => This value should not be blank.'],
      [{ reason: 7 }, 'reason => This value should be of type string.'],
      [{ reason: 'x'.repeat(501) }, 'reason => This value is too long. It should have 500 characters or less.'],
      [{ reason: 'a\0b' }, 'reason => This value contains a character that is not allowed.'],
    ];
    for (const [attributes, detail] of refusals) {
      for (const target of [path(one.customerReference), path(one.customerReference, 'email')]) {
        const { status, json } = await remove(target, attributes);
        expect([status, json.errors[0].code, json.errors[0].detail]).toEqual([422, '901', detail]);
      }
    }
    expect((await stored(one)).factors).toEqual(['email']);
    expect(outcome(await remove(path(one.customerReference), { reason: 'ü'.repeat(500) }))).toBe('204');
  });

  it('needs a document of its type', async () => {
    const { customerReference } = await customer();
    const { token } = admin;
    const call = async (body: unknown): Promise<string> =>
      outcome(await office.app.api.call('DELETE', path(customerReference), { token, code, body }));
    for (const body of [undefined, '', '{', { data: { type: TYPE } }, { data: { attributes: { reason: REASON } } }]) {
      expect(await call(body)).toBe('400 Post data is invalid.');
    }
    expect(await call({ data: { type: 'customers', attributes: { reason: REASON } } })).toBe('400 Invalid type.');
  });

  it('needs a code of the administrator, who must have a method', async () => {
    const one = await customer();
    for (const target of [path(one.customerReference), path(one.customerReference, 'email')]) {
      const { token } = admin;
      expect(outcome(await remove(target, {}, { token }))).toBe('403 5900');
      expect(outcome(await remove(target, {}, { token, code: wrongCode(code) }))).toBe('403 5901');
      const other = await office.session('administrator');
      expect(outcome(await remove(target, { reason: REASON }, { token: other.token }))).toBe('403 5913');
      expect(outcome(await remove(target, { reason: REASON }, { token: other.token, code }))).toBe('403 5913');
    }
    expect((await stored(one)).factors).toEqual(['email']);
  });

  it('is for administrators only: others are not even asked for a code', async () => {
    const one = await customer();
    for (const role of ['back-office', 'agent', 'warehouse', 'merchant', 'merchant-agent']) {
      const other = await office.session(role, { isWarehouseUser: role === 'warehouse' });
      const theirs = await office.enableMfa(other);
      for (const target of [path(one.customerReference), path(one.customerReference, 'email')]) {
        for (const overrides of [{ token: other.token }, { token: other.token, code: theirs }]) {
          expect(outcome(await remove(target, { reason: REASON }, overrides))).toBe('403 Forbidden.');
        }
      }
      const read = await office.app.api.get(path(one.customerReference), { token: other.token });
      expect(outcome(read)).toBe('403 Forbidden.');
    }
    expect(outcome(await remove(path(one.customerReference), {}, {}))).toBe('401 Unauthorized request.');
    expect((await stored(one)).factors).toEqual(['email']);
  });
});
