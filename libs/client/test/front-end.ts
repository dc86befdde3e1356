import type { LoggedIn, Shop } from '../../../apps/storefront/test/shop.js';
import { ADDRESS } from '../../../apps/storefront/test/ordering.js';
import { mailedCode } from '../../testing/src/index.js';
import { createStepUpFetch, type StepUpOptions, type StepUpPrompt } from '../src/index.js';

const NEW_ADDRESS = { ...ADDRESS, isDefaultShipping: false, isDefaultBilling: false };

/** What a person does at a prompt. */
type Person = (prompt: StepUpPrompt) => string | undefined | Promise<string | undefined>;

/** A front end of one customer, with what it sent and what it asked. */
export class FrontEnd {
  readonly prompts: StepUpPrompt[] = [];
  readonly sent: Request[] = [];
  /** How many answers have arrived. */
  answered = 0;
  readonly fetch: typeof fetch;
  /** Waited for before a request leaves. */
  gate: (request: Request) => Promise<unknown> | undefined = () => undefined;

  /** Waited for before an answer arrives. */
  delay: (request: Request, response: Response) => Promise<unknown> | undefined = () => undefined;

  constructor(
    readonly shop: Shop,
    readonly customer: Pick<LoggedIn, 'id' | 'email' | 'customerReference' | 'token'>,
    person: Person = () => undefined,
    given: Partial<StepUpOptions> = {},
  ) {
    this.fetch = createStepUpFetch({
      baseUrl: shop.app.api.url,
      authorization: `Bearer ${customer.token}`,
      stepUp: (prompt) => {
        this.prompts.push(prompt);
        return person(prompt);
      },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        this.sent.push(request);
        await this.gate(request);
        const response = await fetch(request);
        await response.clone().arrayBuffer();
        await this.delay(request, response);
        this.answered += 1;
        return response;
      },
      ...given,
    });
  }

  /** Of a customer who has the e-mail method; without a person, of somebody who types the mailed code. */
  static async protected(shop: Shop, person?: Person, given?: Partial<StepUpOptions>): Promise<FrontEnd> {
    const customer = await shop.customer();
    await shop.enableMfa(customer.token, customer.email);
    const front: FrontEnd = new FrontEnd(shop, customer, person ?? ((prompt) => front.readMail(prompt)), given);
    return front;
  }

  /** What somebody does who has a code sent and types it. */
  async readMail({ trigger }: StepUpPrompt): Promise<string> {
    await trigger('email');
    return mailedCode(this.shop.app.mailbox, this.customer.email);
  }

  call(method: string, path: string, attributes: object, init: RequestInit = {}): Promise<Response> {
    const type = path
      .split('/')
      .filter((_segment, index) => index % 2 === 0)
      .at(-1);
    const headers = { 'content-type': 'application/vnd.api+json', ...(init.headers as Record<string, string>) };
    return this.fetch(path, { ...init, method, headers, body: JSON.stringify({ data: { type, attributes } }) });
  }

  /** A protected write. */
  addAddress(init?: RequestInit): Promise<Response> {
    return this.call('POST', `customers/${this.customer.customerReference}/addresses`, NEW_ADDRESS, init);
  }

  addAddresses(count: number): Promise<Response[]> {
    return Promise.all(Array.from({ length: count }, () => this.addAddress()));
  }

  /** The wrong values that the API has counted. */
  async misses(): Promise<number> {
    const query = 'SELECT miss_count AS misses FROM mfa_account WHERE account_id = $1';
    const [row] = await this.shop.app.dataSource.query<{ misses: string }[]>(query, [this.customer.id]);
    return Number(row?.misses ?? 0);
  }

  codes(): (string | null)[] {
    return this.sent.map(({ headers }) => headers.get('x-mfa-code'));
  }
}
