import type { EntityManager } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, createUser, startTestApp, type TestApp, mailsTo } from '#testing';
import { createStorefront } from '../src/storefront.js';

const AT = '2026-10-01T14:05:09.123Z';
const UNTIL = '2026-10-01T14:35:09.123Z';

/** What is told of each event, in English and in German: subject, and parts of the text. */
const TOLD: readonly (readonly [event: string, locale: string, subject: string, parts: readonly string[]])[] = [
  ['activated', 'en_US', 'Multi-factor authentication was switched on', ['“e-mail”', 'on 1 October 2026 at 14:05 UTC']],
  [
    'activated',
    'de_DE',
    'Die Multi-Faktor-Authentifizierung wurde eingeschaltet',
    ['„E-Mail“', '1. Oktober 2026 um 14:05 UTC'],
  ],
  ['deactivated', 'en_US', 'Multi-factor authentication was switched off', ['“e-mail”', '1 October 2026 at 14:05 UTC']],
  ['deactivated', 'de_DE', 'Die Multi-Faktor-Authentifizierung wurde ausgeschaltet', ['„E-Mail“', '14:05 UTC']],
  [
    'removed',
    'en_US',
    'Multi-factor authentication was removed from your account',
    ['An administrator', '“e-mail”', '14:05 UTC'],
  ],
  [
    'removed',
    'de_DE',
    'Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt',
    ['Ein Administrator', '„E-Mail“'],
  ],
  [
    'locked',
    'en_US',
    'Multi-factor authentication of your account is locked',
    ['14:05 UTC', 'until 1 October 2026 at 14:35 UTC'],
  ],
  [
    'locked',
    'de_DE',
    'Die Multi-Faktor-Authentifizierung Ihres Kontos ist gesperrt',
    ['bis zum 1. Oktober 2026 um 14:35 UTC'],
  ],
  ['password-changed', 'en_US', 'The password of your account was changed', ['on 1 October 2026 at 14:05 UTC']],
  ['password-changed', 'de_DE', 'Das Passwort Ihres Kontos wurde geändert', ['am 1. Oktober 2026 um 14:05 UTC']],
  ['address-changed', 'en_US', 'The e-mail address of your account was changed', ['1 October 2026 at 14:05 UTC']],
  ['address-changed', 'de_DE', 'Die E-Mail-Adresse Ihres Kontos wurde geändert', ['1. Oktober 2026 um 14:05 UTC']],
];

/** What is told of methods and lists of codes: event, method, codes left; in each language the subject, and the text. */
const TOLD_OF_METHODS: readonly (readonly [
  event: string,
  method: string,
  remaining: number | null,
  english: readonly [string, string],
  german: readonly [string, string],
])[] = [
  [
    'activated',
    'totp',
    null,
    ['Multi-factor authentication was switched on', 'The method “authenticator app” of'],
    ['Die Multi-Faktor-Authentifizierung wurde eingeschaltet', 'Die Methode „Authenticator-App“ der'],
  ],
  [
    'removed',
    'recovery-code',
    null,
    ['Multi-factor authentication was removed from your account', 'removed the method “recovery codes” of'],
    ['Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt', 'die Methode „Wiederherstellungscodes“ der'],
  ],
  [
    'deactivated',
    'carrier-pigeon',
    null,
    ['Multi-factor authentication was switched off', 'The method “carrier-pigeon” of'],
    ['Die Multi-Faktor-Authentifizierung wurde ausgeschaltet', 'Die Methode „carrier-pigeon“ der'],
  ],
  [
    'activated',
    'recovery-code',
    10,
    ['Recovery codes for your account were made', '10 recovery codes for your account were made on 1 October 2026'],
    ['Wiederherstellungscodes für Ihr Konto wurden erstellt', 'wurden 10 Wiederherstellungscodes'],
  ],
  [
    'renewed',
    'recovery-code',
    10,
    ['New recovery codes for your account were made', 'The former ones are not good any more.'],
    ['Neue Wiederherstellungscodes für Ihr Konto wurden erstellt', 'Die bisherigen gelten nicht mehr.'],
  ],
  [
    'backup-used',
    'recovery-code',
    4,
    ['A recovery code of your account was used', 'at 14:05 UTC. 4 are left.'],
    ['Ein Wiederherstellungscode Ihres Kontos wurde benutzt', '4 sind noch übrig.'],
  ],
  ...(
    [
      [3, '3 are', '3 sind noch'],
      [1, 'One is', 'Einer ist noch'],
      [0, 'None is', 'Keiner ist'],
    ] as const
  ).map(
    ([left, english, german]) =>
      [
        'backup-used',
        'recovery-code',
        left,
        ['A recovery code of your account was used, and few are left', `${english} left: make new ones soon.`],
        [
          'Ein Wiederherstellungscode Ihres Kontos wurde benutzt, wenige sind übrig',
          `${german} übrig: Erstellen Sie bald neue.`,
        ],
      ] as const,
  ),
];

const REASON = 'lost the phone in the harbour';

describe('Notices', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());
  afterEach(() => app.mailbox.clear());

  /** Writes an entry of the audit trail; changes of the account are none, and add their jobs themselves. */
  const tell = async (
    event: string,
    kind: string,
    id: string,
    method: string | null = 'email',
    manager: Pick<EntityManager, 'query'> = app.dataSource,
    remaining: number | null = null,
  ) => {
    if (event === 'password-changed' || event === 'address-changed') {
      const payload = JSON.stringify({ accountKind: kind, accountId: id, event, at: AT });
      await manager.query(`SELECT graphile_worker.add_job('notice', $1::json)`, [payload]);
      return;
    }
    const details = event === 'locked' ? { lockedUntil: UNTIL } : remaining === null ? null : { remaining };
    await manager.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, reason, actor_kind, actor_id, details)
       VALUES ($1, $2, $3, $4, $5, $6, 'user', '7', $7)`,
      [kind, id, event, AT, event === 'locked' ? null : method, REASON, details && JSON.stringify(details)],
    );
  };

  it.each(TOLD)('tell of the event %s in the language of %s', async (event, locale, subject, parts) => {
    const { id, email } = await createCustomer(app.dataSource, { locale });
    await tell(event, 'customer', id);
    const [mail, ...others] = await mailsTo(app, email);
    expect([mail!.subject, mail!.headers['content-language'], others]).toEqual([subject, locale.slice(0, 2), []]);
    for (const content of [mail!.text.replace(/\s+/g, ' '), mail!.html]) {
      for (const part of parts) expect(content).toContain(part);
      expect(content).toMatch(/It was not you|You do not know why|Sie waren es nicht|Sie wissen nicht/);
      expect(content).not.toMatch(/https?:|href|harbour/);
    }
  });

  it.each(TOLD_OF_METHODS)('tell of the event %s of %s (codes left: %j) in words of people', async (...told) => {
    const [event, method, remaining, ...texts] = told;
    for (const [n, locale] of ['en_US', 'de_DE'].entries()) {
      const { id, email } = await createCustomer(app.dataSource, { locale });
      await tell(event, 'customer', id, method, app.dataSource, remaining);
      const [mail, ...others] = await mailsTo(app, email);
      const [subject, part] = texts[n]!;
      expect([mail!.subject, others]).toEqual([subject, []]);
      for (const content of [mail!.text.replace(/\s+/g, ' '), mail!.html]) expect(content).toContain(part);
    }
  });

  it.each([
    ['the person', 'customer', (id: string) => id, true],
    ['a user with the number of the customer', 'user', (id: string) => id, false],
    ['another customer', 'customer', (id: string) => `${id}0`, false],
    ['an operator', 'operator', () => 'root', false],
  ])('tell from where it was done, if %s did it', async (_, actorKind, actorOf, isTold) => {
    const { id, email } = await createCustomer(app.dataSource);
    await app.dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, actor_kind, actor_id, client_address)
       VALUES ('customer', $1, 'deactivated', $2, 'email', $3, $4, '2001:db8::7')`,
      [id, AT, actorKind, actorOf(id)],
    );
    const [mail] = await mailsTo(app, email);
    expect(mail!.text.includes('\nFrom: 2001:db8::7\n')).toBe(isTold);
    expect(mail!.html.includes('2001:db8::7')).toBe(isTold);
  });

  it('name no method when all are removed', async () => {
    const { id, email } = await createCustomer(app.dataSource);
    await tell('removed', 'customer', id, null);
    const [mail] = await mailsTo(app, email);
    expect(mail!.text.replace(/\s+/g, ' ')).toContain('removed multi-factor authentication from your account on');
  });

  it('go to users as well, also to inactive ones', async () => {
    const { id, username } = await createUser(app.dataSource, { status: 'inactive', locale: 'de_DE' });
    await tell('removed', 'user', id);
    expect((await mailsTo(app, username)).map(({ subject }) => subject)).toEqual([
      'Die Multi-Faktor-Authentifizierung wurde von Ihrem Konto entfernt',
    ]);
  });

  it('go to nobody when the customer is anonymised, or the account is unknown', async () => {
    const gone = await createCustomer(app.dataSource, { anonymizedAt: new Date() });
    await tell('locked', 'customer', gone.id);
    await tell('locked', 'user', '999999');
    await tell('locked', 'customer', 'no number');
    await app.mailsSent();
    expect(app.mailbox.mails).toEqual([]);
    expect(await app.dataSource.query('SELECT FROM graphile_worker.jobs')).toEqual([]);
  });

  it('tell of nothing else that the audit trail has', async () => {
    const { id } = await createCustomer(app.dataSource);
    for (const event of [
      'activation-begun',
      'code-sent',
      'send-failed',
      'accepted',
      'refused',
      'blocked',
      'imported',
    ]) {
      await tell(event, 'customer', id);
    }
    for (const event of ['unlocked', 'policy-changed', 'signed-in', 'sign-in-refused', 'account-ended'])
      await tell(event, 'customer', id);
    await app.mailsSent();
    expect(app.mailbox.mails).toEqual([]);
  });

  it('tell of nothing that was rolled back', async () => {
    const { id } = await createCustomer(app.dataSource);
    const undone = app.dataSource.transaction(async (manager) => {
      await tell('deactivated', 'customer', id, 'email', manager);
      await tell('password-changed', 'customer', id, null, manager);
      throw new Error('something else failed');
    });
    await expect(undone).rejects.toThrow('something else failed');
    await app.mailsSent();
    expect(app.mailbox.mails).toEqual([]);
  });

  it('have a name of their own each, by which a mail server knows one that is sent again', async () => {
    const { id, email } = await createCustomer(app.dataSource);
    await tell('activated', 'customer', id);
    await tell('deactivated', 'customer', id);
    const names = (await mailsTo(app, email)).map(({ headers }) => headers['message-id']);
    expect(names).toEqual([
      expect.stringMatching(/^<job-\d+-\w+-\d+@sallyport\.test>$/),
      expect.stringMatching(/^<job-/),
    ]);
    expect(new Set(names).size).toBe(2);
  });

  it('are written with the right of who may add entries and nothing else', async () => {
    const { id, email } = await createCustomer(app.dataSource);
    await app.dataSource.query(`CREATE ROLE auditor_${id}`);
    await app.dataSource.query(`GRANT INSERT ON mfa_audit_event TO auditor_${id}`);
    await app.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL ROLE auditor_${id}`);
      await tell('activated', 'customer', id, 'email', manager);
    });
    await app.dataSource.query(`DROP OWNED BY auditor_${id}`);
    await app.dataSource.query(`DROP ROLE auditor_${id}`);
    expect(await mailsTo(app, email)).toHaveLength(1);
  });
});
