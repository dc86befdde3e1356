import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CredentialsRepository, FIRST_PLACE, type CredentialPlace } from '../persistence/credentials.repository.js';
import { CredentialVault } from './credential-vault.js';

const BATCH_SIZE = 500;
const UNDEFINED_TABLE = '42P01';

/** What became of the credentials that were looked at. */
export interface Resealing {
  readonly seen: number;
  readonly resealed: number;
  /** Those that no key opens, with the ids of the keys that are asked for. */
  readonly unreadable: number;
}

/** The keys that seal credentials, over the life of an installation. */
@Injectable()
export class CredentialKeysService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly vault: CredentialVault,
  ) {}

  /** How many credentials there may be, for the progress of a resealing. */
  estimate(): Promise<number> {
    return this.credentials.estimate();
  }

  /** @returns the ids of keys that are needed and not there */
  unknownKeys(): Promise<readonly string[]> {
    return this.credentials.unknownKeys(this.vault.keyIds);
  }

  /**
   * Seals all credentials by the first key, in batches. It can be ended and begun again at any time, and credentials
   * are in use meanwhile.
   *
   * @param onBatch told after each batch what became of all that was looked at so far
   */
  async reseal(onBatch?: (soFar: Resealing) => void): Promise<Resealing> {
    const [firstKey] = this.vault.keyIds;
    let soFar: Resealing = { seen: 0, resealed: 0, unreadable: 0 };
    let place: CredentialPlace | undefined = FIRST_PLACE;
    while (place) {
      const batch = await this.credentials.batch(place, BATCH_SIZE);
      for (const credential of batch) {
        const { seen, resealed, unreadable } = soFar;
        const isDue = credential.keyId !== firstKey;
        const secret = isDue ? this.vault.open(credential) : undefined;
        const isDone =
          secret !== undefined && (await this.credentials.reseal(credential, this.vault.seal(credential, secret)));
        soFar = {
          seen: seen + 1,
          resealed: resealed + (isDone ? 1 : 0),
          unreadable: unreadable + (isDue && !secret ? 1 : 0),
        };
      }
      onBatch?.(soFar);
      place = batch.at(-1);
    }
    return soFar;
  }
}

/** Stops the start of an application that could not open what people have set up. */
@Injectable()
export class EncryptionKeyCheck implements OnApplicationBootstrap {
  constructor(private readonly keys: CredentialKeysService) {}

  /** @throws MissingEncryptionKeys naming the keys that are needed and not there */
  async onApplicationBootstrap(): Promise<void> {
    const unknown = await this.keys.unknownKeys().catch(noneWithoutTable);
    if (unknown.length > 0) throw new MissingEncryptionKeys(unknown);
  }
}

/** A database that was not migrated yet has no credentials; that it must be is told elsewhere. */
function noneWithoutTable(error: unknown): readonly string[] {
  if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return [];
  throw error;
}

class MissingEncryptionKeys extends Error {
  override readonly name = 'MissingEncryptionKeys';
  /** The message is for the person who configured the keys. */
  readonly forOperator = true;

  constructor(ids: readonly string[]) {
    super(
      `Credentials are sealed by the encryption ${ids.length > 1 ? 'keys' : 'key'} ${ids.join(', ')}, not configured.`,
    );
  }
}
