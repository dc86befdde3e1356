/** A node of `EXPLAIN (FORMAT JSON)`, as far as it is looked at. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

const INDEX_SCANS = new Set(['Index Scan', 'Index Only Scan']);

/** Writes rows that its own subplan has found. */
const WRITES = 'ModifyTable';

/** All nodes, each with how deep it stands. */
function* nodesOf(node: PlanNode, depth = 0): Generator<readonly [PlanNode, number]> {
  yield [node, depth];
  for (const child of node.Plans ?? []) yield* nodesOf(child, depth + 1);
}

/** What reads an `mfa_` table other than through an index that it enters at an account, a text each. */
export function faultsOf(plan: PlanNode): readonly string[] {
  return [...nodesOf(plan)].flatMap(([node]) => {
    const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition = '' } = node;
    if (!table.startsWith('mfa_') || type === WRITES) return [];
    if (!INDEX_SCANS.has(type)) return [`${type} on ${table}`];
    return condition.includes('account_id') ? [] : [`${type} on ${table} that is not entered at an account`];
  });
}

/** The plan without its figures: equal texts are equal plans. */
export function shapeOf(plan: PlanNode): string {
  const lines = [...nodesOf(plan)].map(([node, depth]) => {
    const names = [node['Node Type'], node['Relation Name'], node['Index Name'], node['Subplan Name']];
    return '  '.repeat(depth) + names.filter(Boolean).join(' ');
  });
  return lines.join('\n');
}
