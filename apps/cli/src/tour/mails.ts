import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramError } from '#platform';
import { send } from './http.js';
import { tellMail } from './narration.js';

interface Mail {
  readonly id: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly text: string;
}

const CODE = /^(\d{6,10})$/m;
const KEY = /^Key: ([\w-]{24,})$/m;
const REMOVAL = /^(An administrator removed .+)$/m;
const PATIENCE_MS = 10_000;
const POLL_MS = 100;
const HINT = 'The tour reads the mailed codes in the local mailbox of npm start; --mailbox <url> says where that is.';

/** The local mailbox, through its JSON API. */
export class Mails {
  constructor(private readonly url: string) {}

  /** @throws ProgramError unless the local mailbox answers */
  async checkReady(): Promise<void> {
    await this.read('/api/mails?limit=1');
  }

  /** How many codes were mailed to an address within the last seconds. */
  async countCodes(address: string, seconds: number): Promise<number> {
    const since = Date.now() - seconds * 1000;
    const mails = (await this.read(`/api/mails?to=${encodeURIComponent(address)}`)) as readonly Mail[];
    return mails.filter(({ receivedAt, text }) => CODE.test(text) && Date.parse(receivedAt) > since).length;
  }

  /** Does what makes an app mail a code; @returns the code in the mail that came */
  codeAfter(address: string, action: () => Promise<unknown>): Promise<string> {
    return this.found('code', CODE, address, action);
  }

  /** Does what makes an app mail a key; @returns the key in the mail that came */
  keyAfter(address: string, action: () => Promise<unknown>): Promise<string> {
    return this.found('key', KEY, address, action);
  }

  /** Does what makes an app tell somebody that their MFA was removed, and waits for the notice. */
  async removalAfter(address: string, action: () => Promise<unknown>): Promise<void> {
    await this.found('notice', REMOVAL, address, action);
  }

  /** @throws ProgramError when no mail with the pattern's group comes */
  private async found(what: string, pattern: RegExp, address: string, action: () => Promise<unknown>): Promise<string> {
    const before = await this.latest(address, pattern);
    await action();
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const mail = await this.latest(address, pattern);
      const value = mail && mail.id !== before?.id ? pattern.exec(mail.text)?.[1] : undefined;
      if (value !== undefined) {
        tellMail(`${address} got the mail "${mail?.subject}" with the ${what} ${value}`);
        return value;
      }
      await sleep(POLL_MS);
    }
    throw new ProgramError(`No ${what} for ${address} came to the mailbox at ${this.url}. ${HINT}`);
  }

  /** The newest mail with the pattern: others may come at any time. */
  private async latest(address: string, pattern: RegExp): Promise<Mail | undefined> {
    const mails = (await this.read(`/api/mails?to=${encodeURIComponent(address)}`)) as readonly Mail[];
    return mails.find(({ text }) => pattern.test(text));
  }

  /** @returns undefined when there is no such mail */
  private async read(path: string): Promise<unknown> {
    const { status, headers, text } = await send(this.url, { method: 'GET', path }, HINT);
    const isJson = headers.get('content-type') === 'application/json';
    if (isJson && status === 200) return JSON.parse(text);
    if (isJson && status === 404) return undefined;
    throw new ProgramError(`What answers at ${this.url} is not the local mailbox of npm start. ${HINT}`);
  }
}
