import { randomUUID } from 'node:crypto';
import { resourcesOf } from './answer-body.js';
import type { OpenAssignment } from './demo-accounts.js';
import type { Request } from './http.js';
import { CODE_INVALID, CODE_MISSING, CREATED, DONE, OK } from './promise.js';
import { guessUntilVoid, setUp, type Cast, type Step } from './story.js';
import type { Login, Visitor } from './visitor.js';

/** How many codes are mailed in the story. */
export const BACKEND_CODES = 3;

const TYPE = 'warehouse-user-assignments';

export interface BackendCast extends Cast {
  readonly assignment: OpenAssignment;
}

export const BACKEND_LOGIN: Login = {
  request: (username, password) => ({
    method: 'POST',
    path: '/token',
    body: new URLSearchParams({ grant_type: 'password', username, password }),
  }),
  promised: { status: 200, contentType: 'application/json' },
};

/** Inactive, so that the warehouse user's active assignment stays what it is. */
function creation({ userUuid, warehouseUuid }: OpenAssignment): Request {
  const attributes = { userUuid, warehouse: { uuid: warehouseUuid }, isActive: false };
  return { method: 'POST', path: `/${TYPE}`, body: { data: { type: TYPE, attributes } } };
}

function change(id: string): Request {
  return { method: 'PATCH', path: `/${TYPE}/${id}`, body: { data: { type: TYPE, attributes: { isActive: false } } } };
}

function removal(id: string): Request {
  return { method: 'DELETE', path: `/${TYPE}/${id}` };
}

/** Assigns, changes and takes the assignment back: three protected actions, with one code or without. */
async function assignAndTakeBack(owner: Visitor, assignment: OpenAssignment, code?: string): Promise<void> {
  const answer = await owner.does(creation(assignment), CREATED, code);
  const id = resourcesOf(answer)[0]?.id ?? '';
  await owner.does(change(id), OK, code);
  await owner.does(removal(id), DONE, code);
}

/** Removes what a tour that was broken off has left; an active assignment is a person's own. */
export async function removeLeftAssignment(owner: Visitor, { userUuid, warehouseUuid }: OpenAssignment): Promise<void> {
  const filters = { userUuid, warehouseUuid, isActive: 'false' };
  const query = Object.entries(filters).map(([attribute, value]) => `filter[${TYPE}.${attribute}]=${value}`);
  const answer = await owner.does({ method: 'GET', path: `/${TYPE}?${query.join('&')}` }, OK);
  for (const { id } of resourcesOf(answer)) await owner.does(removal(id ?? ''), DONE);
}

export const BACKEND_STORY: readonly Step<BackendCast>[] = [
  {
    tells: 'A Back Office user logs in, and MFA is off: assigning a warehouse needs no code.',
    plays: async ({ owner, assignment }) => {
      await owner.logsIn();
      await owner.sees(0);
      await assignAndTakeBack(owner, assignment);
    },
  },
  {
    tells: 'They activate the e-mail method: pending at first, enabled with the mailed code and with no other.',
    plays: async ({ owner }) => setUp(owner),
  },
  {
    tells: 'A thief who has the password fails without a code and with guesses. The third guess voids the mailed code.',
    plays: async ({ owner, thief, assignment }) => {
      await thief.logsIn();
      await thief.does(creation(assignment), CODE_MISSING);
      await guessUntilVoid({ owner, thief }, creation(assignment), creation(assignment));
    },
  },
  {
    tells:
      'One code serves one session: the owner first names an unknown warehouse, then acts again and again with the ' +
      'same code, which is worth nothing in the session of the thief.',
    plays: async ({ owner, thief, assignment }) => {
      const mistake = creation({ ...assignment, warehouseUuid: randomUUID() });
      await thief.logsIn();
      await owner.logsIn();
      await owner.getsCodeBy('trigger');
      await owner.does(mistake, { status: 400, code: '5203' }, owner.code);
      await thief.does(creation(assignment), CODE_INVALID, owner.code);
      await assignAndTakeBack(owner, assignment, owner.code);
    },
  },
  {
    tells: 'They deactivate the method with the same code, and protected actions are free again.',
    plays: async ({ owner, assignment }) => {
      await owner.submits('type-deactivate', owner.code);
      await owner.sees(0);
      await assignAndTakeBack(owner, assignment);
    },
  },
];
