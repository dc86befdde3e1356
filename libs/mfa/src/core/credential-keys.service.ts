import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  CredentialsRepository,
  FIRST_PLACE,
  type CredentialPlace,
  type StoredCredential,
} from '../persistence/credentials.repository.js';
import { CredentialVault } from './credential-vault.js';

const BATCH_SIZE = 500;
const UNDEFINED_TABLE = '42P01';

export interface Resealing {
  readonly seen: number;
  readonly resealed: number;
  /** Credentials that no key opens: their key is missing, or another key has its id. */
  readonly unreadable: number;
}

type Outcome = 'left' | 'resealed' | 'unreadable';

/** Checks and changes the keys that seal credentials. */
@Injectable()
export class CredentialKeysService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly vault: CredentialVault,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** The id of the key that seals new credentials, or undefined if no keys are configured. */
  get firstKey(): string | undefined {
    return this.vault.keyIds[0];
  }

  /** The estimated number of credentials, for the progress of a resealing. */
  estimate(): Promise<number> {
    return this.credentials.estimate();
  }

  /** @returns the ids of keys that credentials need but that are not configured */
  unknownKeys(): Promise<readonly string[]> {
    return this.credentials.unknownKeys(this.vault.keyIds);
  }

  /** @returns the ids of all keys, except the first one, that seal credentials */
  formerKeysInUse(): Promise<readonly string[]> {
    return this.credentials.unknownKeys(this.vault.keyIds.slice(0, 1));
  }

  /**
   * Seals all credentials with the first key, in batches. It can be stopped and restarted at any time, while
   * credentials are in use.
   *
   * @param onBatch called after each batch with the counts so far
   */
  async reseal(onBatch?: (soFar: Resealing) => void): Promise<Resealing> {
    const count = { seen: 0, resealed: 0, unreadable: 0, left: 0 };
    let place: CredentialPlace | undefined = FIRST_PLACE;
    while (place) {
      const batch = await this.credentials.batch(place, BATCH_SIZE);
      for (const credential of batch) {
        count.seen += 1;
        count[await this.resealOne(credential)] += 1;
      }
      onBatch?.({ ...count });
      place = batch.at(-1);
    }
    return count;
  }

  private async resealOne(credential: StoredCredential): Promise<Outcome> {
    if (credential.keyId === this.firstKey) return 'left';
    const secret = this.vault.open(credential);
    if (!secret) return 'unreadable';
    const sealed = this.vault.seal(credential, secret);
    const isDone = await this.dataSource.transaction((manager) => this.credentials.reseal(credential, sealed, manager));
    return isDone ? 'resealed' : 'left';
  }
}

/** Stops the start if keys are missing for credentials that accounts already have. */
@Injectable()
export class EncryptionKeyCheck implements OnApplicationBootstrap {
  constructor(private readonly keys: CredentialKeysService) {}

  /** @throws MissingEncryptionKeys with the ids of the missing keys */
  async onApplicationBootstrap(): Promise<void> {
    const unknown = await this.keys.unknownKeys().catch(noneWithoutTable);
    if (unknown.length > 0) throw new MissingEncryptionKeys(unknown);
  }
}

/** A database without migrations has no credentials. Another check reports the missing migrations. */
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
