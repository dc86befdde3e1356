import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type DataSource, type Repository } from 'typeorm';
import { addJob, Clock, JobRunner } from '#platform';
import { run, type Source } from '#sql';
import { CountedFigure } from './counted-figure.entity.js';
import { CLAIM_COUNTS, GIVE_BACK_COUNT, KEEP_COUNT } from './counted-figures.sql.js';

/** The answer of a question over all accounts. */
export interface Counted<T> {
  readonly value: T;
  /** The moment that the answer is from. */
  readonly at: Date;
}

/** What is known of a question now. */
export interface Figure<T> {
  /** Undefined before the first count is done. */
  readonly last: Counted<T> | undefined;
  /** The last count failed. Who looks a minute later asks for another. */
  readonly hasFailed: boolean;
}

/** Counts the answers of one kind of questions. Questions and answers are JSON. */
export interface FigureCounter<Question extends object, T> {
  /** The name of the job. */
  readonly task: string;
  /** An answer that was asked for longer ago is counted again when somebody looks. A minute or more. */
  readonly renewalMs: number;
  /** @param last the answer of the last count */
  count(question: Question, last: T | undefined): Promise<T>;
  /** What the log may tell of a question whose count failed: no names. */
  kindOf?(question: Question): string;
}

/** Around a moment, as long as an answer is good: what is outside of it is too old, or from a clock that was wrong. */
interface Span {
  readonly before: Date;
  readonly now: Date;
  readonly ahead: Date;
}

interface CountRequest<Question> {
  readonly questions: readonly Question[];
}

const KEPT_MS = 7 * 86_400_000;
/** A count that failed is asked for again after this time at the earliest. */
const PAUSE_MS = 60_000;
/** Behind all mails, for which people are waiting. */
const PRIORITY = 100;

/**
 * Answers of questions that take seconds to count. Nobody waits for a count: whoever asks gets the last answer with its
 * moment, and a job counts again what is too old, one for all instances of the app.
 */
@Injectable()
export class CountedFigures {
  private readonly logger = new Logger(CountedFigures.name);

  constructor(
    @InjectRepository(CountedFigure) private readonly figures: Repository<CountedFigure>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly jobs: JobRunner,
    private readonly clock: Clock,
  ) {}

  /** Call it in `onModuleInit`, as for any job. */
  register<Question extends object, T>(counter: FigureCounter<Question, T>): void {
    this.jobs.register<CountRequest<Question>>({
      task: counter.task,
      run: ({ questions }) => this.countFirst(counter, questions),
    });
  }

  /** @returns for each question its last answer */
  async read<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    questions: readonly Question[],
  ): Promise<readonly Figure<T>[]> {
    const names = questions.map((question) => nameOf(counter, question));
    const asked = new Map(questions.map((question, index) => [names[index] ?? '', question]));
    const found = await this.figures.findBy({ name: In(names) });
    const span = spanOf(counter, this.clock.now());
    for (const { name, askedAt } of found) if (askedAt > span.before && askedAt < span.ahead) asked.delete(name);
    if (asked.size > 0) await this.renewLater(counter.task, asked, span);
    return names.map((name) => {
      const { countedAt, value, hasFailed = false } = found.find((one) => one.name === name) ?? {};
      const last = countedAt ? { value: value as T, at: countedAt } : undefined;
      return { last, hasFailed: hasFailed && !asked.has(name) };
    });
  }

  private async renewLater(task: string, asked: ReadonlyMap<string, object>, span: Span): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const values = { names: [...asked.keys()], ...span };
      const claimed = (await run<{ name: string }>(manager, CLAIM_COUNTS, values)).map(({ name }) => name);
      const questions = [...asked].filter(([name]) => claimed.includes(name)).map(([, question]) => question);
      if (questions.length > 0) await countLater(manager, task, questions);
    });
  }

  /** Counts the first answer, which may read all customers, and leaves the others to the next job: mails come between. */
  private async countFirst<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    [first, ...others]: readonly Question[],
  ): Promise<void> {
    if (first) await this.renew(counter, first);
    if (others.length > 0) return countLater(this.dataSource, counter.task, others);
    await this.figures.delete({ askedAt: LessThan(new Date(this.clock.now().getTime() - KEPT_MS)) });
  }

  private async renew<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    question: Question,
  ): Promise<void> {
    const name = nameOf(counter, question);
    const { now: at, ahead } = spanOf(counter, this.clock.now());
    try {
      const last = await this.figures.findOneBy({ name });
      const value = await counter.count(question, last?.countedAt ? (last.value as T) : undefined);
      await run(this.dataSource, KEEP_COUNT, { name, at, ahead, value: JSON.stringify(value) });
    } catch (error) {
      const askedAt = new Date(this.clock.now().getTime() - counter.renewalMs + PAUSE_MS);
      await run(this.dataSource, GIVE_BACK_COUNT, { name, at, ahead, askedAt });
      const { name: kindOfError, code } = error as { readonly name?: unknown; readonly code?: unknown };
      const kind = counter.kindOf?.(question);
      this.logger.warn({ event: 'figure.failed', task: counter.task, kind, error: kindOfError, code });
    }
  }
}

/** One attempt: whoever looks next asks again. */
async function countLater(source: Source, task: string, questions: readonly unknown[]): Promise<void> {
  await addJob(source, task, { questions }, { maxAttempts: 1, priority: PRIORITY });
}

function nameOf({ task }: { readonly task: string }, question: object): string {
  return `${task} ${JSON.stringify(question)}`;
}

function spanOf({ renewalMs }: { readonly renewalMs: number }, now: Date): Span {
  return { before: new Date(now.getTime() - renewalMs), now, ahead: new Date(now.getTime() + renewalMs) };
}
