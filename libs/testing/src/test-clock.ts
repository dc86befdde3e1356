import { Clock } from '#platform';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  private time = Date.now();

  now = (): Date => new Date(this.time);

  advance(seconds: number): void {
    this.time += seconds * 1000;
  }
}
