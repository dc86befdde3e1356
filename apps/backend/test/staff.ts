import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { createUser, mailedCode, PASSWORD, wrongCode, type TestApp } from '#testing';
import type { Kind } from './routes.js';

/** Who can have MFA. */
export type UserKind = Exclude<Kind, 'warehouse-token'>;

export interface Colleague {
  readonly username: string;
  readonly token: string;
}

/** A colleague with an active method; `code` has opened a grant in the session of `token`. */
export interface ProtectedColleague extends Colleague {
  readonly code: string;
  readonly wrong: string;
}

/** Users of every kind that are logged in, and a warehouse. */
export class Staff {
  constructor(private readonly app: TestApp) {}

  async login(kind: Kind): Promise<Colleague> {
    if (kind === 'warehouse-token') return this.warehouse();
    const { username } = await createUser(this.app.dataSource, {
      roles: [kind],
      isWarehouseUser: kind === 'warehouse',
    });
    const { json } = await this.app.api.form('/token', { grant_type: 'password', username, password: PASSWORD });
    return { username, token: json.access_token as string };
  }

  /** A user of a kind that is logged in and has set the e-mail method up. */
  async withMfa(kind: UserKind): Promise<ProtectedColleague> {
    const { username, token } = await this.login(kind);
    await this.app.api.post('/multi-factor-auth-type-activate', { type: 'email' }, { token });
    const code = mailedCode(this.app.mailbox, username);
    await this.app.api.post('/multi-factor-auth-type-verify', { type: 'email' }, { token, code });
    return { username, token, code, wrong: wrongCode(code) };
  }

  /** A token that stands for a warehouse and for no account, in the session of a warehouse user. */
  private async warehouse(): Promise<Colleague> {
    const { username, token } = await this.login('warehouse');
    const { header, payload } = jwt.decode(token, { complete: true })!;
    const claims = payload as jwt.JwtPayload;
    const warehouse = { sub: randomUUID(), kind: undefined, scopes: ['warehouse'] };
    await this.app.dataSource.query(`UPDATE login_session SET warehouse_uuid = $1 WHERE id = $2`, [
      warehouse.sub,
      claims['sid'],
    ]);
    const { privateKey } = this.app.settings.tokenKeys();
    const options = { algorithm: 'RS256', keyid: header.kid! } as const;
    return { username, token: jwt.sign({ ...claims, ...warehouse }, privateKey, options) };
  }
}
