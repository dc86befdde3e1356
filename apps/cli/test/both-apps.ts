import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Customer, User } from '#auth';
import {
  ApiClient,
  createCustomer,
  createUser,
  mailedCode,
  outcome,
  PASSWORD,
  startTestApp,
  type TestApp,
} from '#testing';
import { createBackend } from '../../backend/src/backend.js';
import { createStorefront } from '../../storefront/src/storefront.js';

export type AppName = 'storefront' | 'backend';

export interface Login {
  readonly app: AppName;
  readonly token: string;
  readonly refreshToken: string;
}

/** Both apps on one database, with one mailbox and one clock. */
export class BothApps {
  private constructor(
    readonly backend: TestApp,
    private readonly storefrontApp: NestFastifyApplication,
    private readonly apis: Readonly<Record<AppName, ApiClient>>,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<BothApps> {
    const backend = await startTestApp(createBackend, env);
    const storefront = await createStorefront(backend.settings, { clock: backend.clock });
    await storefront.listen(0, '127.0.0.1');
    const apis = { backend: backend.api, storefront: new ApiClient(await storefront.getUrl()) };
    return new BothApps(backend, storefront, apis);
  }

  async close(): Promise<void> {
    await this.storefrontApp.close();
    await this.backend.stop();
  }

  api = (app: AppName): ApiClient => this.apis[app];

  agent = (overrides: Partial<User> = {}): Promise<User> =>
    createUser(this.backend.dataSource, { roles: ['agent'], ...overrides });
  customer = (): Promise<Customer> => createCustomer(this.backend.dataSource);

  /** A login of a user: at `agent-access-tokens` of the storefront, or at `/token` of the backend. */
  async login(app: AppName, { username }: User, password = PASSWORD): Promise<Login> {
    if (app === 'storefront') {
      const { json } = await this.apis.storefront.post('/agent-access-tokens', { username, password });
      const { accessToken = '', refreshToken = '' } = json.data?.attributes ?? {};
      return { app, token: accessToken, refreshToken };
    }
    const { json } = await this.apis.backend.form('/token', { grant_type: 'password', username, password });
    return { app, token: json.access_token ?? '', refreshToken: json.refresh_token ?? '' };
  }

  /** Logs the customer's agent in as the customer, in the session of the agent. */
  async impersonate({ token }: Login, { customerReference }: Customer): Promise<Login> {
    const attributes = { customerReference };
    const path = '/agent-customer-impersonation-access-tokens';
    const { json } = await this.apis.storefront.post(path, attributes, { token });
    const { accessToken = '', refreshToken = '' } = json.data?.attributes ?? {};
    return { app: 'storefront', token: accessToken, refreshToken };
  }

  /** Calls one of the endpoints; @returns the outcome */
  async mfa(name: string, { app, token }: Login, code?: string): Promise<string> {
    return outcome(await this.apis[app].post(`/multi-factor-auth-${name}`, { type: 'email' }, { token, code }));
  }

  async status({ app, token }: Login): Promise<number> {
    const { json } = await this.apis[app].get('/multi-factor-auth-types', { token });
    return json.data[0].attributes.status as number;
  }

  /** Has a code sent in the session; @returns it */
  async codeOf(login: Login, { username }: User, endpoint = 'trigger'): Promise<string> {
    const answered = await this.mfa(endpoint, login);
    if (answered !== '204') throw new Error(`no code was sent: ${answered}`);
    return mailedCode(this.backend.mailbox, username);
  }

  async enableMfa(login: Login, user: User): Promise<string> {
    const code = await this.codeOf(login, user, 'type-activate');
    await this.mfa('type-verify', login, code);
    return code;
  }

  /** A protected write of the backend. */
  writeInBackend = async ({ token }: Login, code?: string): Promise<string> =>
    outcome(await this.apis.backend.patch('/users/mine', {}, { token, code }));

  /** A protected write on the storefront for a customer; its empty document is looked at when it passed. */
  writeOnStorefront = async ({ token }: Login, { customerReference }: Customer, code?: string): Promise<string> =>
    outcome(await this.apis.storefront.patch(`/customer-password/${customerReference}`, {}, { token, code }));

  isLive = async ({ app, token }: Login): Promise<boolean> =>
    (await this.apis[app].get('/multi-factor-auth-types', { token })).status === 200;

  async canRefresh({ app, refreshToken }: Login): Promise<boolean> {
    if (app === 'storefront')
      return (await this.apis.storefront.post('/refresh-tokens', { refreshToken })).status === 201;
    const fields = { grant_type: 'refresh_token', refresh_token: refreshToken };
    return (await this.apis.backend.form('/token', fields)).status === 200;
  }
}
