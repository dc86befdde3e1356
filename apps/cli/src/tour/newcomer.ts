import { randomBytes } from 'node:crypto';
import { resourcesOf } from './answer-body.js';
import type { DemoAccount } from './demo-accounts.js';
import type { Request } from './http.js';
import type { Mails } from './mails.js';
import { CREATED, DONE, OK } from './promise.js';
import type { Visitor } from './visitor.js';

/** Somebody whom the shop does not know yet; nobody has the address. */
export function newNewcomer(): DemoAccount {
  const username = `nele.hansen.${randomBytes(4).toString('hex')}@harborsupply.example`;
  return { username, password: 'Harbor-Tour-01!', firstName: 'Nele', lastName: 'Hansen' };
}

/** Creates a resource of the type that the path ends in. */
export function post(path: string, attributes: object): Request {
  const type = path.slice(path.lastIndexOf('/') + 1);
  return { method: 'POST', path: `/${path}`, body: { data: { type, attributes } } };
}

/** @returns the mailed key */
export async function register(newcomer: Visitor, mails: Mails): Promise<string> {
  const { username: email, password, firstName, lastName } = newcomer.account;
  const person = { salutation: 'Ms', gender: 'Female', firstName, lastName, email };
  const registration = post('customers', { ...person, password, confirmPassword: password, acceptedTerms: true });
  return mails.keyAfter(email, () => newcomer.does(registration, CREATED));
}

export async function confirm(newcomer: Visitor, registrationKey: string): Promise<void> {
  await newcomer.does(post('customer-confirmation', { registrationKey }), DONE);
}

/** The reference of the customer of a session. */
export async function referenceOf(customer: Visitor): Promise<string> {
  const answer = await customer.does({ method: 'GET', path: '/customers' }, OK);
  return resourcesOf(answer)[0]?.id ?? '';
}

export function deletion(customerReference: string): Request {
  return { method: 'DELETE', path: `/customers/${customerReference}` };
}
