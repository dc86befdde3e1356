import type { Command } from 'commander';
import type { Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { withMfa } from '../mfa/operators-mfa.js';
import { progress, ProgressBar } from '../terminal.js';

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
