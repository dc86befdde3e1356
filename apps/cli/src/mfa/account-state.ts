import { FactorStatus, type AccountOverview, type CredentialOverview } from '#mfa';

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
export function stateLines({ offered, state, sends }: ShownState): readonly string[] {
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
