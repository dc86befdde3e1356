import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, type DataSource, type Repository } from 'typeorm';
import { addJob, Clock, JobRunner } from '#platform';
import { run } from '#sql';
import { CountedFigure } from './counted-figure.entity.js';
import { CLAIM_COUNTS, KEEP_COUNT } from './counted-figures.sql.js';

/** The answer of a question over all accounts. */
export interface Counted<T> {
  readonly value: T;
  /** The moment that the answer is from. */
  readonly at: Date;
}

/** Counts the answers of one kind of questions. Questions and answers are JSON. */
export interface FigureCounter<Question extends object, T> {
  /** The name of the job. */
  readonly task: string;
  /** An answer that was asked for longer ago is counted again when somebody looks. */
  readonly renewalMs: number;
  /** @param last the answer of the last count */
  count(question: Question, last: T | undefined): Promise<T>;
}

interface CountRequest<Question> {
  readonly questions: readonly Question[];
}

const KEPT_MS = 7 * 86_400_000;
/** Behind all mails, for which people are waiting. */
const PRIORITY = 100;

/**
 * Answers of questions that take seconds to count. Nobody waits for a count: whoever asks gets the last answer with its
 * moment, and a job counts again what is too old, one for all instances of the app.
 */
@Injectable()
export class CountedFigures {
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
      run: ({ questions }) => this.countAll(counter, questions),
    });
  }

  /** @returns for each question its last answer, or undefined if it is being counted for the first time */
  async read<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    questions: readonly Question[],
  ): Promise<readonly (Counted<T> | undefined)[]> {
    const names = questions.map((question) => nameOf(counter, question));
    const asked = new Map(questions.map((question, index) => [names[index] ?? '', question]));
    const found = await this.figures.findBy({ name: In(names) });
    const before = new Date(this.clock.now().getTime() - counter.renewalMs);
    for (const { name, askedAt } of found) if (askedAt > before) asked.delete(name);
    if (asked.size > 0) await this.renewLater(counter.task, asked, before);
    return names.map((name) => {
      const { countedAt, value } = found.find((one) => one.name === name) ?? {};
      return countedAt ? { value: value as T, at: countedAt } : undefined;
    });
  }

  private async renewLater(task: string, asked: ReadonlyMap<string, object>, before: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const values = { names: [...asked.keys()], now: this.clock.now(), before };
      const claimed = await run<{ name: string }>(manager, CLAIM_COUNTS, values);
      if (claimed.length === 0) return;
      const questions = claimed.map(({ name }) => asked.get(name));
      // one attempt: whoever looks next asks again
      await addJob(manager, task, { questions }, { maxAttempts: 1, priority: PRIORITY });
    });
  }

  /** One after the other: each may read all customers. If one fails, those behind it are counted nevertheless. */
  private async countAll<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    questions: readonly Question[],
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const question of questions) {
      await this.renew(counter, question).catch((error: unknown) => failures.push(error));
    }
    await this.figures.delete({ askedAt: LessThan(new Date(this.clock.now().getTime() - KEPT_MS)) });
    if (failures.length > 0) throw failures[0];
  }

  private async renew<Question extends object, T>(
    counter: FigureCounter<Question, T>,
    question: Question,
  ): Promise<void> {
    const name = nameOf(counter, question);
    const at = this.clock.now();
    const last = await this.figures.findOneBy({ name });
    const value = await counter.count(question, last?.countedAt ? (last.value as T) : undefined);
    await run(this.dataSource, KEEP_COUNT, { name, at, value: JSON.stringify(value) });
  }
}

function nameOf({ task }: { readonly task: string }, question: object): string {
  return `${task} ${JSON.stringify(question)}`;
}
