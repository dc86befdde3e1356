import type { CredentialKeysService } from '#mfa';
import { ProgramError, type Settings } from '#platform';
import { ProgressBar } from '../progress-bar.js';
import { progress } from '../progress.js';
import { withMfa } from './operators-mfa.js';

/** @throws ProgramError when credentials are left that another key than the first has sealed */
export function resealAll(settings: Settings): Promise<void> {
  return withMfa(settings, async ({ credentialKeys }) => {
    const { firstKey } = credentialKeys;
    if (firstKey === undefined) throw new ProgramError('There is no key to seal by: set MFA_ENCRYPTION_KEYS.');
    const bar = new ProgressBar('Sealing', 'credentials', (await credentialKeys.estimate()) || undefined);
    const { seen, resealed, unreadable } = await credentialKeys
      .reseal((soFar) => bar.update(soFar.seen))
      .finally(() => bar.stop());
    progress(`Credentials: ${seen} looked at, ${resealed} sealed by the key ${firstKey}`);
    if (unreadable > 0) throw await unreadableError(credentialKeys, unreadable);
    const former = (await credentialKeys.formerKeysInUse()).join(', ');
    if (former !== '') {
      throw new ProgramError(
        `Some were sealed by ${former} meanwhile: start all apps with ${firstKey} as the first key, and run this again.`,
      );
    }
  });
}

async function unreadableError(credentialKeys: CredentialKeysService, unreadable: number): Promise<ProgramError> {
  const missing = await credentialKeys.unknownKeys();
  return new ProgramError(
    missing.length > 0
      ? `${unreadable} could not be opened. MFA_ENCRYPTION_KEYS has no key with the id: ${missing.join(', ')}.`
      : `${unreadable} could not be opened by the key of its id: that is another key, or the credential was changed.`,
  );
}
