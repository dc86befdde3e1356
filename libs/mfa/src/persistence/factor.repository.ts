import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Caller } from '../core/account.js';
import type { Factors, FactorStatus } from '../core/factor.js';
import { prepared, type Statement } from './prepared.js';

export interface FactorOverview {
  readonly factors: Factors;
  /** The end of the session's grant, while one is alive. */
  readonly grantExpiresAt: Date | null;
}

interface OverviewRow {
  readonly factors: Record<string, FactorStatus> | null;
  readonly grantExpiresAt: Date | null;
}

const OVERVIEW: Statement = {
  name: 'mfa_overview',
  text: `
    SELECT (SELECT json_object_agg(method, status) FROM mfa_factor WHERE account_kind = $1 AND account_id = $2) AS factors,
      (SELECT max(c.grant_until) FROM mfa_code c
        JOIN mfa_factor f USING (account_kind, account_id, method)
        WHERE c.account_kind = $1 AND c.account_id = $2 AND c.session_id = $3 AND c.grant_until > $4::timestamptz
          AND f.status = 2) AS "grantExpiresAt"`,
};

/** What an account has set up. */
@Injectable()
export class FactorRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async overview({ account, sessionId }: Caller, now: Date): Promise<FactorOverview> {
    const [row] = await prepared<OverviewRow>(this.dataSource, OVERVIEW, [account.kind, account.id, sessionId, now]);
    return { factors: new Map(Object.entries(row?.factors ?? {})), grantExpiresAt: row?.grantExpiresAt ?? null };
  }
}
