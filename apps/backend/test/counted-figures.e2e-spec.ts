import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NewPolicy } from '#mfa';
import { jobsDone } from '#testing';
import { PolicyImpactService } from '../src/mfa-policies/policy-impact.service.js';
import { BackOffice } from './back-office.js';

const MINUTE = 60;
const DAY = 1440 * MINUTE;
const COMPANY = 'Harbor Supply';

describe('Figures that jobs count', () => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await BackOffice.open();
  });
  afterAll(() => office.app.stop());

  const policy = (appliesTo: NewPolicy['appliesTo'], value: string | null = null): NewPolicy => ({
    appliesTo,
    value,
    methods: ['email'],
    requiredFrom: new Date(0),
  });
  const ofAll = policy('customers');
  const ofCompany = policy('company', COMPANY);
  const look = (...policies: readonly NewPolicy[]) => office.app.get(PolicyImpactService).lastCounts(policies);
  /** As they are when the counts that the look causes are done. */
  const lookTwice = async (...policies: readonly NewPolicy[]) => {
    await look(...policies);
    await jobsDone(office.app.dataSource);
    return look(...policies);
  };
  const rename = (from: string, to: string): Promise<unknown> =>
    office.app.dataSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
  const withoutCompanies = async (work: () => Promise<unknown>): Promise<void> => {
    await rename('company_user', 'company_user_elsewhere');
    await work().finally(() => rename('company_user_elsewhere', 'company_user'));
  };
  it('that could not be counted are told as such, and keep no other from being counted', async () => {
    await withoutCompanies(async () => {
      const [company, all] = await lookTwice(ofCompany, ofAll);
      expect(company).toEqual({ last: undefined, hasFailed: true });
      expect(all).toEqual({ last: { value: 0, at: office.app.clock.now() }, hasFailed: false });
    });
  });

  it('that could not be counted are logged with their kind and no names', () => {
    const line = { level: 'warn', task: 'policy-impact', kind: 'company', error: 'error', code: '42P01' };
    expect(office.app.loggedEvents('figure.failed')).toMatchObject([line]);
    expect(office.app.loggedEvents('job.failed')).toEqual([]);
    expect(office.app.logged()).not.toContain(COMPANY);
  });

  it('that could not be counted are counted again by who looks a minute later, and by nobody before', async () => {
    office.app.clock.advance(MINUTE - 1);
    expect(await lookTwice(ofCompany)).toEqual([{ last: undefined, hasFailed: true }]);
    office.app.clock.advance(1);
    expect(await look(ofCompany)).toEqual([{ last: undefined, hasFailed: false }]);
    await jobsDone(office.app.dataSource);
    expect(await look(ofCompany)).toEqual([{ last: { value: 0, at: office.app.clock.now() }, hasFailed: false }]);
  });

  it('keep their last answer when a later count fails, and say that it failed', async () => {
    const before = office.app.clock.now();
    office.app.clock.advance(10 * MINUTE);
    await withoutCompanies(async () => {
      expect(await lookTwice(ofCompany)).toEqual([{ last: { value: 0, at: before }, hasFailed: true }]);
    });
  });

  it('are counted by one job each, so that mails need not wait for all of them', async () => {
    office.app.clock.advance(10 * MINUTE);
    const { dataSource } = office.app;
    const counting = async (): Promise<readonly NewPolicy[][]> => {
      const rows = await dataSource.query<{ questions: NewPolicy[] }[]>(
        `SELECT payload -> 'questions' AS questions FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL`,
      );
      return rows.map(({ questions }) => questions);
    };
    await dataSource.transaction(async (manager) => {
      await manager.query('LOCK TABLE company_user');
      await look(ofAll, ofCompany);
      await vi.waitFor(async () => expect(await counting()).toEqual([[expect.objectContaining({ value: COMPANY })]]), {
        timeout: 10_000,
      });
      expect((await look(ofAll))[0]?.last?.at).toEqual(office.app.clock.now());
    });
    await jobsDone(dataSource);
    expect((await look(ofCompany))[0]?.last?.at).toEqual(office.app.clock.now());
  });

  it('of a clock that was ahead are counted again when it is right', async () => {
    office.app.clock.advance(DAY);
    const [ahead] = await lookTwice(ofCompany);
    expect(ahead?.last?.at).toEqual(office.app.clock.now());
    office.app.clock.advance(-DAY);
    expect(await lookTwice(ofCompany)).toEqual([{ last: { value: 0, at: office.app.clock.now() }, hasFailed: false }]);
  });
});
