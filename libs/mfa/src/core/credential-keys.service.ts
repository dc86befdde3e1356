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

/** What became of the credentials that were looked at. */
export interface Resealing {
  readonly seen: number;
  readonly resealed: number;
  /** Those that no key opens: theirs is not there, or there is another one of its id. */
  readonly unreadable: number;
}

type Outcome = 'left' | 'resealed' | 'unreadable';

/** The keys that seal credentials, over the life of an installation. */
@Injectable()
export class CredentialKeysService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly vault: CredentialVault,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** The id of the key that seals; undefined where there are no keys. */
  get firstKey(): string | undefined {
    return this.vault.keyIds[0];
  }

  /** How many credentials there may be, for the progress of a resealing. */
  estimate(): Promise<number> {
    return this.credentials.estimate();
  }

  /** @returns the ids of keys that are needed and not there */
  unknownKeys(): Promise<readonly string[]> {
    return this.credentials.unknownKeys(this.vault.keyIds);
  }

  /** @returns the ids of all keys but the first that credentials are sealed by */
  formerKeysInUse(): Promise<readonly string[]> {
    return this.credentials.unknownKeys(this.vault.keyIds.slice(0, 1));
  }

  /**
   * Seals all credentials by the first key, in batches. It can be ended and begun again at any time, and credentials
   * are in use meanwhile.
   *
   * @param onBatch told after each batch what became of all that was looked at so far
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
