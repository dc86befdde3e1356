import type { PagePrincipal } from '#auth';
import type { Texts } from '../texts/en/index.js';

interface ActingBannerProps {
  readonly texts: Texts;
  /** Of the area that the agent acts in. */
  readonly base: string;
  readonly acting: PagePrincipal['principal']['session'];
}

/** Whom an agent acts for, on every page, with the way back. */
export function ActingBanner({ texts: { agent }, base, acting }: ActingBannerProps) {
  const { email = '', customerReference } = acting ?? {};
  return (
    <div class="acting">
      <form class="bar" method="post" action={`${base}/sign-out`}>
        <p>{agent.acting.banner(email, customerReference ?? '')}</p>
        <button class="quiet">{agent.acting.end}</button>
      </form>
    </div>
  );
}
