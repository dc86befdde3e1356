import type { User } from '#auth';
import { createUser, mailedCode, PASSWORD, startTestApp, type Answer, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';

export const NEW_PASSWORD = 'Harbor-Test-02!';

export interface Session {
  readonly user: User;
  readonly token: string;
  readonly refreshToken: string;
}

/** A session whose user has the e-mail method on; the code has opened a grant in it. */
export interface ProtectedSession extends Session {
  readonly code: string;
}

/** The backend app with users that log in. */
export class BackOffice {
  private constructor(readonly app: TestApp) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<BackOffice> {
    return new BackOffice(await startTestApp(createBackend, env));
  }

  user = (overrides: Partial<User> = {}): Promise<User> => createUser(this.app.dataSource, overrides);

  grant = (username: string, password = PASSWORD): Promise<Answer> =>
    this.app.api.form('/token', { grant_type: 'password', username, password });

  refresh = (refreshToken: string): Promise<Answer> =>
    this.app.api.form('/token', { grant_type: 'refresh_token', refresh_token: refreshToken });

  /** A user with one role that is logged in. */
  async session(role = 'back-office', overrides: Partial<User> = {}): Promise<Session> {
    const user = await this.user({ roles: [role], ...overrides });
    return { user, ...(await this.login(user.username)) };
  }

  async login(username: string, password = PASSWORD): Promise<{ token: string; refreshToken: string }> {
    const { json } = await this.grant(username, password);
    return { token: json.access_token as string, refreshToken: json.refresh_token as string };
  }

  /** An administrator with the method that writes on users and policies need. */
  async administrator(overrides: Partial<User> = {}): Promise<ProtectedSession> {
    const session = await this.session('administrator', overrides);
    return { ...session, code: await this.enableMfa(session) };
  }

  /** Sets the e-mail method up; @returns the code, whose grant is open in the session of the token */
  async enableMfa({ token, user }: Session): Promise<string> {
    const attributes = { type: 'email' };
    await this.app.api.post('/multi-factor-auth-type-activate', attributes, { token });
    const code = mailedCode(this.app.mailbox, user.username);
    await this.app.api.post('/multi-factor-auth-type-verify', attributes, { token, code });
    return code;
  }

  /** The subjects of the mails to an address that carry no code. */
  noticesTo = (email: string): string[] =>
    this.app.mailbox.mails
      .filter(({ to, text }) => to.includes(email) && !/^\d{6}$/m.test(text))
      .map(({ subject }) => subject);

  /** How many codes and grants a user has. */
  async codesOf({ id }: User): Promise<number> {
    const ofUser = `account_kind = 'user' AND account_id = $1`;
    const text = `SELECT ((SELECT count(*) FROM mfa_code WHERE ${ofUser})
      + (SELECT count(*) FROM mfa_grant WHERE ${ofUser}))::int AS count`;
    const [row] = await this.app.dataSource.query<{ count: number }[]>(text, [id]);
    return row!.count;
  }

  /** Whether a token is good, by the status of the types endpoint. */
  isLive = async (token: string): Promise<boolean> =>
    (await this.app.api.get('/multi-factor-auth-types', { token })).status !== 401;

  canRefresh = async (refreshToken: string): Promise<boolean> => (await this.refresh(refreshToken)).status === 200;
}

/** The claims of a token. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}
