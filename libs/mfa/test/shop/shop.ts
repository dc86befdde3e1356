import { randomBytes, randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createTransport } from 'nodemailer';
import type { DataSource } from 'typeorm';
import { DEFAULT_LIMITS, type Account, type CodeMail, type MfaLimits, type MailSender, type Recipient } from '#mfa';
import {
  ApiClient,
  connectTo,
  createTestDatabase,
  mailedCode,
  outcome,
  TestClock,
  type Answer,
  type TestDatabase,
} from '#testing';
import { Mailbox } from '#platform';
import { loft } from '../methods/pigeon/pigeon.method.js';
import { ShopModule, type ShopOptions } from './shop.module.js';

export interface ShopSettings extends Partial<Omit<ShopOptions, 'limits'>> {
  readonly limits?: Partial<MfaLimits>;
  readonly database?: TestDatabase;
  readonly smtpUrl?: string;
}

/** Hands mails to an SMTP server, as an application would. */
export function smtpSender(url: string): MailSender {
  const transport = createTransport(url);
  return {
    send: async ({ language: _, ...mail }: CodeMail, signal) => {
      await transport.sendMail({ from: 'shop@shop.example', ...mail, signal } as object);
    },
  };
}

const ENCRYPTION_KEY = randomBytes(32);

/** Every account has its address, and one a language of its own. */
export async function recipientOf({ id }: Account): Promise<Recipient> {
  return { email: `${id}@shop.example`, locale: id.startsWith('bernd') ? 'de_DE' : 'en_US' };
}

/** The third application, running on a real database and a real mailbox, with a clock of the test's own. */
export class Shop {
  private constructor(
    readonly instances: NestFastifyApplication[],
    readonly apis: ApiClient[],
    readonly options: ShopOptions,
    readonly database: TestDatabase,
    readonly mailbox: Mailbox,
    readonly clock: TestClock,
    readonly dataSource: DataSource,
  ) {}

  static async open({ limits, database: given, smtpUrl, ...more }: ShopSettings = {}): Promise<Shop> {
    const database = given ?? (await createTestDatabase());
    const mailbox = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
    const clock = new TestClock();
    const own = { ...DEFAULT_LIMITS, ...limits };
    const options: ShopOptions = {
      secrets: [{ id: 'k1', secret: randomBytes(32) }],
      limits: { customer: own, user: own },
      protectedResources: ['orders'],
      encryptionKeys: () => [{ id: 'e1', key: ENCRYPTION_KEY }],
      delivery: { mailSender: smtpSender(smtpUrl ?? mailbox.smtpUrl), recipientOf },
      now: clock.now,
      ...more,
    };
    const dataSource = await connectTo(database);
    const shop = new Shop([], [], options, database, mailbox, clock, dataSource);
    await shop.addInstance();
    return shop;
  }

  /** Starts one more instance of the application on the same database. */
  async addInstance(more: Partial<ShopOptions> = {}): Promise<ApiClient> {
    const module = await Test.createTestingModule({
      imports: [ShopModule.register(this.database.url, { ...this.options, ...more })],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    app.useBodyParser('application/vnd.api+json', {}, async (_request: unknown, body: unknown) =>
      JSON.parse(String(body)),
    );
    await app.listen(0, '127.0.0.1');
    const api = new ApiClient(await app.getUrl());
    this.instances.push(app);
    this.apis.push(api);
    return api;
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((app) => app.close()));
    await this.dataSource.destroy();
    await this.mailbox.stop();
    await this.database.drop();
  }

  /** A person with an account of their own. */
  person(kind: 'customer' | 'user' = 'customer', id: string = randomUUID()): Person {
    return new Person(this, kind, id);
  }
}

interface ListedMethod {
  readonly type: string;
  readonly status: number;
  readonly remaining?: number;
}

/** An account in one of its sessions; every call answers its outcome, such as `204` or `403 5901`. */
export class Person {
  constructor(
    private readonly shop: Shop,
    readonly kind: 'customer' | 'user',
    readonly id: string,
    readonly session: string = 'one',
    private readonly api: ApiClient = shop.apis[0]!,
    private readonly customer?: Person,
    private readonly policies: readonly string[] = [],
  ) {}

  get email(): string {
    return `${this.id}@shop.example`;
  }

  /** The same account in another session. */
  inSession(session: string): Person {
    return new Person(this.shop, this.kind, this.id, session, this.api, this.customer);
  }

  /** The same account in a session in which it acts for a customer. */
  actingFor(customer: Person, session = `for ${customer.id}`): Person {
    return new Person(this.shop, this.kind, this.id, session, this.api, customer);
  }

  /** The same account and session at another instance of the application. */
  at(api: ApiClient): Person {
    return new Person(this.shop, this.kind, this.id, this.session, api, this.customer, this.policies);
  }

  /** The same account and session, where policies may name it by these keys. */
  under(...policies: string[]): Person {
    return new Person(this.shop, this.kind, this.id, this.session, this.api, this.customer, policies);
  }

  /** The newest code that was sent to this person. */
  code(method = 'email'): string {
    if (method === 'email') return mailedCode(this.shop.mailbox, this.email);
    const code = loft.get(this.email);
    if (!code) throw new Error('no pigeon came');
    return code;
  }

  async order(code?: string): Promise<string> {
    return outcome(await this.call('POST', '/orders', code));
  }

  async activate(method = 'email', code?: string): Promise<string> {
    return outcome(await this.endpoint('type-activate', method, code));
  }

  async verify(code?: string, method = 'email'): Promise<string> {
    return outcome(await this.endpoint('type-verify', method, code));
  }

  async trigger(method = 'email'): Promise<string> {
    return outcome(await this.endpoint('trigger', method));
  }

  async deactivate(code?: string, method = 'email'): Promise<string> {
    return outcome(await this.endpoint('type-deactivate', method, code));
  }

  list(): Promise<Answer> {
    return this.call('GET', '/multi-factor-auth-types');
  }

  async status(method = 'email'): Promise<number | undefined> {
    return (await this.listed(method))?.status;
  }

  /** How many recovery codes are left. */
  async remaining(): Promise<number | undefined> {
    return (await this.listed('recovery-code'))?.remaining;
  }

  /** Sets a method up completely; the grant that verify opened is voided, so that the next step needs a new code. */
  async enroll(method = 'email'): Promise<this> {
    const begun = await this.activate(method);
    if (begun !== '204') throw new Error(`activate failed: ${begun}`);
    const verified = await this.verify(this.code(method), method);
    if (verified !== '204') throw new Error(`verify failed: ${verified}`);
    await this.shop.dataSource.query('DELETE FROM mfa_grant WHERE account_id = $1', [this.id]);
    return this;
  }

  /** Has a code sent and reads it. */
  async requestCode(method = 'email'): Promise<string> {
    const result = await this.trigger(method);
    if (result !== '204') throw new Error(`trigger failed: ${result}`);
    return this.code(method);
  }

  call(verb: string, path: string, code?: string, body?: unknown): Promise<Answer> {
    const actsFor = this.customer && { 'x-acts-for': this.customer.id };
    const policies = this.policies.length > 0 && { 'x-policies': this.policies.join(',') };
    const headers = { 'x-account': this.id, 'x-kind': this.kind, 'x-session': this.session, ...actsFor, ...policies };
    return this.api.call(verb, path, { headers, code, body });
  }

  /** One of the four that take a type, with all of its answer. */
  endpoint(name: string, type: unknown, code?: string): Promise<Answer> {
    const resource = `multi-factor-auth-${name}`;
    const body = { data: { type: resource, attributes: { type } } };
    return this.call('POST', `/${resource}`, code, body);
  }

  private async listed(method: string): Promise<ListedMethod | undefined> {
    const { json } = await this.list();
    const all = json.data as { attributes: ListedMethod }[];
    return all.find(({ attributes }) => attributes.type === method)?.attributes;
  }
}
