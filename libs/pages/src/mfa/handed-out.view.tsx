import type { HandedOut } from '#mfa';
import type { Texts } from '../texts/en/index.js';
import { methodName } from '../texts/method-name.js';
import { CodeField } from '../views/form.js';

interface HandedOutProps {
  readonly texts: Texts;
  /** Of the list of methods. */
  readonly path: string;
  readonly type: string;
  /** What activation answers with: a secret with its QR code, or a list of codes. */
  readonly handedOut: NonNullable<HandedOut>;
}

/** What the person needs and sees once. */
export function HandedOutPage({ texts, path, type, handedOut }: HandedOutProps) {
  const { secret, qrCode, codes } = handedOut;
  return (
    <>
      <h1>{Array.isArray(codes) ? texts.mfa.codesTitle : methodName(texts, type)}</h1>
      {Array.isArray(codes) && <Codes texts={texts} path={path} codes={codes.map(String)} />}
      {typeof secret === 'string' && (
        <Secret
          texts={texts}
          action={`${path}/${type}/verify`}
          secret={secret}
          qrCode={typeof qrCode === 'string' ? qrCode : ''}
        />
      )}
    </>
  );
}

interface SecretProps {
  readonly texts: Texts;
  readonly action: string;
  readonly secret: string;
  readonly qrCode: string;
}

function Secret({ texts, action, secret, qrCode }: SecretProps) {
  const { mfa } = texts;
  return (
    <div class="beside">
      <div>
        <p>{mfa.qrIntro}</p>
        <div class="qr" role="img" aria-label={mfa.qrLabel} dangerouslySetInnerHTML={{ __html: svgOf(qrCode) }} />
        <p>
          {mfa.secret} <span class="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</span>
        </p>
      </div>
      <form class="card" method="post" action={action}>
        <CodeField texts={texts} problems={{}} />
        <button>{mfa.verify}</button>
      </form>
    </div>
  );
}

interface CodesProps {
  readonly texts: Texts;
  readonly path: string;
  readonly codes: readonly string[];
}

function Codes({ texts: { mfa }, path, codes }: CodesProps) {
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
        <a href={path}>{mfa.done}</a>
      </p>
    </>
  );
}

/** The image of a `data:` URI that this application made itself: in the page it needs no rule for images. */
function svgOf(dataUri: string): string {
  return Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64').toString();
}
