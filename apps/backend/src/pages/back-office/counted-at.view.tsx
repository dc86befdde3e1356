import { moment, type Texts } from '#pages';
import type { Figure } from '../../counted-figures/counted-figures.service.js';

interface CountedAtProps {
  readonly texts: Texts;
  readonly figures: readonly Figure<unknown>[];
  /** The page that has them. */
  readonly path: string;
}

/** From which moment figures are (the oldest of them), which are missing and why; and the way to newer ones. */
export function CountedAt({ texts, figures, path }: CountedAtProps) {
  const { counted } = texts.backOffice;
  const oldest = figures.flatMap(({ last }) => last?.at ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
  const isCounting = figures.some(({ last, hasFailed }) => !last && !hasFailed);
  const hasFailed = figures.some((figure) => figure.hasFailed);
  return (
    <p class="hint">
      {oldest && counted.asOf(moment(texts.locale, oldest))} {isCounting && counted.isCounting}{' '}
      {hasFailed && counted.hasFailed} <a href={path}>{counted.reload}</a>
    </p>
  );
}
