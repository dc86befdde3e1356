/** The time that decisions are made by; tests inject their own. */
export abstract class Clock {
  abstract now: () => Date;
}

export class SystemClock extends Clock {
  now = (): Date => new Date();
}
