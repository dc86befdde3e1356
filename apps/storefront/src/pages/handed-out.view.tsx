import type { HandedOut } from '#mfa';
import { CodeField, type Texts } from '#pages';

interface HandedOutProps {
  readonly texts: Texts;
  readonly type: string;
  /** What activation answers with: a secret with its QR code, or a list of codes. */
  readonly handedOut: NonNullable<HandedOut>;
}

/** What the person needs and sees once. */
export function HandedOutPage({ texts, type, handedOut }: HandedOutProps) {
  const { secret, qrCode, codes } = handedOut;
  return (
    <>
      <h1>{Array.isArray(codes) ? texts.mfa.codesTitle : (texts.methods[type]?.name ?? type)}</h1>
      {Array.isArray(codes) && <Codes texts={texts} codes={codes.map(String)} />}
      {typeof secret === 'string' && (
        <Secret texts={texts} type={type} secret={secret} qrCode={typeof qrCode === 'string' ? qrCode : ''} />
      )}
    </>
  );
}

interface SecretProps {
  readonly texts: Texts;
  readonly type: string;
  readonly secret: string;
  readonly qrCode: string;
}

function Secret({ texts, type, secret, qrCode }: SecretProps) {
  const { mfa } = texts;
  return (
    <>
      <p>{mfa.qrIntro}</p>
      <div class="qr" role="img" aria-label={mfa.qrLabel} dangerouslySetInnerHTML={{ __html: svgOf(qrCode) }} />
      <p>
        {mfa.secret} <span class="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</span>
      </p>
      <form class="card" method="post" action={`/account/mfa/${type}/verify`}>
        <CodeField texts={texts} problems={{}} />
        <button>{mfa.verify}</button>
      </form>
    </>
  );
}

function Codes({ texts: { mfa }, codes }: { readonly texts: Texts; readonly codes: readonly string[] }) {
  return (
    <>
      <p>{mfa.codesIntro}</p>
      <ol class="card codes" id="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p class="row no-print">
        <button class="quiet" type="button" hidden data-action="copy" data-of="#codes" data-done={mfa.copied}>
          {mfa.copy}
        </button>
        <button class="quiet" type="button" hidden data-action="print">
          {mfa.print}
        </button>
        <button
          class="quiet"
          type="button"
          hidden
          data-action="download"
          data-of="#codes"
          data-file="recovery-codes.txt"
        >
          {mfa.download}
        </button>
        <span role="status" />
      </p>
      <p class="no-print">
        <a href="/account/mfa">{mfa.done}</a>
      </p>
    </>
  );
}

/** The image of a `data:` URI that this application made itself: in the page it needs no rule for images. */
function svgOf(dataUri: string): string {
  return Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64').toString();
}
