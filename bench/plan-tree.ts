/** The used members of a node in `EXPLAIN (FORMAT JSON)`. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

const INDEX_SCANS = new Set(['Index Scan', 'Index Only Scan']);

/** Reads rows at addresses that another node has found. */
const ADDRESS_SCAN = 'Tid Scan';

/** Writes rows that its own subplan has found. */
const WRITE = 'ModifyTable';

function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

/**
 * Nodes that read a table of the library without an index, one text for each different node.
 *
 * An index scan without a condition on the account reads the whole index, which is no better than the whole table.
 */
export function faultsOf(plan: PlanNode): readonly string[] {
  const faults = [...nodesOf(plan)].flatMap((node) => {
    const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition = '' } = node;
    if (!table.startsWith('mfa_') || type === WRITE || type === ADDRESS_SCAN) return [];
    if (!INDEX_SCANS.has(type)) return [`${type} on ${table}`];
    return condition.includes('account_id') ? [] : [`${type} on ${table} not entered at an account`];
  });
  return [...new Set(faults)];
}
