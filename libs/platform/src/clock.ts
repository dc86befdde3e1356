/** The time for all decisions. Tests inject their own clock. */
export abstract class Clock {
  abstract now: () => Date;
}

export class SystemClock extends Clock {
  now = (): Date => new Date();
}
