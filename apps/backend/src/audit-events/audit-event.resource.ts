import type { ResourceObject } from '#json-api';
import type { AuditEntry } from '#mfa';
import { accountKey, type KnownAccounts } from '../accounts/account-directory.repository.js';
import { auditEventId } from './audit-event-id.js';
import type { AuditEventDto, AuditPartyDto } from './dto/audit-event.dto.js';

/** An account or operator in an entry. */
interface Party {
  readonly kind: string;
  readonly id: string;
}

/** An entry for administrators. `known` are the existing accounts, including anonymised ones. */
export function auditEventResource(entry: AuditEntry, known: KnownAccounts): ResourceObject<AuditEventDto> {
  const { event, method, errorCode, reason, sessionId, requestId, clientAddress, details } = entry;
  const { account, actor, actsFor } = partiesOf(entry);
  return {
    type: 'audit-events',
    id: auditEventId(entry),
    attributes: {
      event,
      occurredAt: entry.occurredAt.toISOString(),
      account: partyAttributes(account, known),
      actor: partyAttributes(actor, known),
      actsFor: actsFor && partyAttributes(actsFor, known),
      ...{ method, errorCode, reason, sessionId, requestId, clientAddress, details },
      sequence: Number(entry.sequence),
    },
  };
}

export function partiesOf(entry: AuditEntry): { account: Party; actor: Party; actsFor: Party | null } {
  const { accountKind, accountId, actorKind, actorId, actsForKind, actsForId } = entry;
  return {
    account: { kind: accountKind, id: accountId },
    actor: { kind: actorKind, id: actorId },
    actsFor: actsForKind !== null && actsForId !== null ? { kind: actsForKind, id: actsForId } : null,
  };
}

/** An operator is identified by the login name at the machine. */
function partyAttributes({ kind, id }: Party, known: KnownAccounts): AuditPartyDto {
  if (kind === 'operator') return { kind, name: id };
  const account = known.get(accountKey({ kind, id }));
  const publicId = account?.publicId ?? null;
  return {
    kind,
    ...(kind === 'customer' ? { customerReference: publicId } : { userUuid: publicId }),
    name: account?.name ?? null,
    email: account?.email ?? null,
  };
}
