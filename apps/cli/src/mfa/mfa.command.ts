import { Argument, type Command } from 'commander';
import { type AccountKind, type AccountOverview, type Actor, type CredentialOverview, FactorStatus } from '#mfa';
import { ProgramError, type Settings } from '#platform';
import { addCommand, addGroup, operatorName, progress, ProgressBar } from '../command-line.js';
import { text } from '../loading/entry-rules.js';
import { findAccount, type FoundAccount, type OperatorsMfa, resealAll, withMfa } from './operators-mfa.js';

const SHOW = `
Prints the methods of an account with their status and since when, its misses and its lock, how many codes are
outstanding and grants alive, when the last codes were sent, what is kept for a method and by which key it is sealed,
and how many recovery codes are left. Reads only; never prints a code or a secret.
`;

const REMOVE = `
Removes one method of an account, or all, with their codes and grants: for a person who has lost access and whom you
have identified. The person gets a notice by mail; the audit trail keeps who, when and why.
`;

const UNLOCK = `
Ends the lock after too many wrong codes, and sets the count of misses back to 0. The audit trail keeps who, when and
why.
`;

const RESEAL = `
Opens what methods keep sealed of people, such as the secrets of authenticator apps, and seals it by the first key of
MFA_ENCRYPTION_KEYS: the step between "keys rotate" and "keys drop-former encryption". People notice nothing of it. It
can be broken off at any time; run again, it does what is left. Ends with exit code 1 when something is still sealed by
another key, and says by which.
`;

const SHOWN_SENDS = 5;

interface Target {
  readonly kind: AccountKind;
  readonly who: string;
}

interface Reasoned {
  readonly reason: string;
  readonly method?: string;
}

export function addMfaCommands(program: Command, settings: () => Settings): void {
  const mfa = addGroup(program, 'mfa', 'Second factors of accounts');
  targeted(mfa, 'show', 'prints what an account has set up', SHOW).action((kind: AccountKind, who: string) =>
    show(settings(), { kind, who }),
  );
  targeted(mfa, 'remove', 'removes methods of an account', REMOVE)
    .option('--method <name>', 'remove this method only')
    .requiredOption('--reason <text>', 'why; goes into the audit trail')
    .action((kind: AccountKind, who: string, options: Reasoned) => remove(settings(), { kind, who }, options));
  targeted(mfa, 'unlock', 'ends the lock of an account', UNLOCK)
    .requiredOption('--reason <text>', 'why; goes into the audit trail')
    .action((kind: AccountKind, who: string, options: Reasoned) => unlock(settings(), { kind, who }, options));
  addCommand(mfa, 'reseal', 'seals all credentials by the first encryption key', RESEAL).action(() =>
    resealAll(settings()),
  );
}

function targeted(parent: Command, name: string, summary: string, description: string): Command {
  return addCommand(parent, name, summary, description)
    .addArgument(new Argument('<kind>', 'kind of account').choices(['customer', 'user']))
    .argument('<who>', "a customer's reference or e-mail address; a user's username or uuid");
}

function show(settings: Settings, target: Target): Promise<void> {
  return withMfa(settings, async (services) => {
    const account = await accountOf(services, target);
    const state = await services.mfa.overviewOf(account);
    const { kind: accountKind, id: accountId } = account;
    const sends = await services.trail.list(
      { accountKind, accountId, event: 'code-sent' },
      { offset: 0, limit: SHOWN_SENDS },
    );
    const offered = services.mfa.methodsFor(account.kind);
    const lines = stateLines({ offered, state, sends: sends.entries.map(({ occurredAt }) => occurredAt) });
    for (const line of [account.label, ...lines]) progress(line);
  });
}

async function remove(settings: Settings, target: Target, { method, reason }: Reasoned): Promise<void> {
  const actor = operator(reason);
  await withMfa(settings, async (services) => {
    const offered = services.mfa.methodsFor(target.kind);
    if (method !== undefined && !offered.includes(method)) {
      throw new ProgramError(`There is no method ${method}, only ${offered.join(', ')}.`);
    }
    const account = await accountOf(services, target);
    const removed = await services.mfa.remove(account, method ?? null, actor);
    if (removed.length === 0) throw new ProgramError(`${account.label} has nothing set up that could be removed.`);
    progress(`Removed from ${account.label}: ${removed.join(', ')}`);
  });
}

async function unlock(settings: Settings, target: Target, { reason }: Reasoned): Promise<void> {
  const actor = operator(reason);
  await withMfa(settings, async (services) => {
    const account = await accountOf(services, target);
    if (!(await services.mfa.unlock(account, actor))) throw new ProgramError(`${account.label} is not locked.`);
    progress(`Unlocked: ${account.label}`);
  });
}

function operator(reason = ''): Actor {
  const { error } = text(1000).safeParse(reason);
  if (error) throw new ProgramError(`--reason ${error.issues[0]?.message}`);
  return { kind: 'operator', id: operatorName(), reason };
}

async function accountOf({ dataSource }: OperatorsMfa, { kind, who }: Target): Promise<FoundAccount> {
  const account = await findAccount(dataSource, kind, who);
  if (!account) throw new ProgramError(`There is no ${kind} ${who}.`);
  return account;
}

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  [FactorStatus.pending]: 'activation in progress',
  [FactorStatus.active]: 'enabled',
};

interface ShownState {
  /** The methods that there are for accounts of this kind. */
  readonly offered: readonly string[];
  readonly state: AccountOverview;
  /** When the last codes were sent, the newest first. */
  readonly sends: readonly Date[];
}

/** The state of an account's second factor as an operator reads it, a line each. */
function stateLines({ offered, state, sends }: ShownState): readonly string[] {
  const { factors, failureCount, lockedUntil, outstandingCodes, liveGrants } = state;
  const names = [...new Set([...offered, ...factors.map(({ method }) => method)])];
  const methods = names.map((name) => {
    const factor = factors.find(({ method }) => method === name);
    const since = factor?.activatedAt ? ` since ${factor.activatedAt.toISOString()}` : '';
    return [name, `${STATUS_TEXTS[factor?.status ?? FactorStatus.disabled] ?? 'disabled'}${since}`];
  });
  const rows = [
    ...methods,
    ['wrong codes in a row', String(failureCount)],
    ['locked', lockedUntil ? `until ${lockedUntil.toISOString()}` : 'no'],
    ['outstanding codes', String(outstandingCodes)],
    ['live grants', String(liveGrants)],
    ['last codes sent', sends.length > 0 ? sends.map((at) => at.toISOString()).join(', ') : 'none'],
    ...state.credentials.map((one) => [`kept for ${one.method}`, credentialText(one)]),
    ['recovery codes left', String(state.recoveryCodes)],
  ];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', value = '']) => `  ${name.padEnd(width)}  ${value}`);
}

function credentialText({ createdAt, lastUsedAt, keyId, isPending }: CredentialOverview): string {
  const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used';
  const parts = [`made ${createdAt.toISOString()}`, used, `sealed by the key ${keyId}`];
  return [...parts, ...(isPending ? ['not verified yet'] : [])].join(', ');
}

const PURGE = `
Deletes codes and grants that are over, in small batches that hold nobody up. The apps do the same every ten minutes;
this is for a database that they have not run on for a while, or before a dump.
`;

export function addCodesCommands(program: Command, settings: () => Settings): void {
  const codes = addGroup(program, 'codes', 'Codes and grants');
  addCommand(codes, 'purge', 'deletes what is over', PURGE).action(() => purge(settings()));
}

function purge(settings: Settings): Promise<void> {
  return withMfa(settings, async ({ mfa }) => {
    const bar = new ProgressBar('Purging', 'codes', (await mfa.estimateCodes()) || undefined);
    const purged = await mfa.purge((seen) => bar.update(seen)).finally(() => bar.stop());
    progress(`Codes and grants that were deleted: ${purged}`);
  });
}
