import { moment, type Texts } from '#pages';
import type { Counted } from '../../counted-figures/counted-figures.service.js';

interface CountedAtProps {
  readonly texts: Texts;
  readonly figures: readonly (Counted<unknown> | undefined)[];
  /** The page that has them. */
  readonly path: string;
}

/** From which moment figures are (the oldest of them), or that they are being counted; and the way to newer ones. */
export function CountedAt({ texts, figures, path }: CountedAtProps) {
  const { counted } = texts.backOffice;
  const oldest = figures.flatMap((figure) => figure?.at ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];
  const isComplete = !figures.includes(undefined);
  return (
    <p class="hint">
      {oldest && counted.asOf(moment(texts.locale, oldest))} {!isComplete && counted.isCounting}{' '}
      <a href={path}>{counted.reload}</a>
    </p>
  );
}
