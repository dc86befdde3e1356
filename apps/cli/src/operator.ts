import { userInfo } from 'node:os';

/** Who runs the command, for the audit trail: the name of the login at this machine. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // a container may run under a number that no name belongs to
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
