import type { HolderOf } from '../holder.js';

/** Has the list at hand, and takes one code after the other from it. */
export const recoveryCodeHolder: HolderOf = () => {
  let codes: string[] = [];
  const next = (): string => {
    const code = codes.shift();
    if (!code) throw new Error('the list is used up');
    return code;
  };
  return {
    begun: ({ codes: given }) => {
      codes = [...(given as string[])];
      return '';
    },
    next,
    wrong: (right) => `${right.startsWith('0') ? '1' : '0'}${right.slice(1)}`,
  };
};
