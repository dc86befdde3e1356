/**
 * What scripts add to pages that work without: a form is sent once, the page that asks for a code becomes a dialog over the
 * form that needs it, buttons that send codes count down, recovery codes can be copied, printed and stored, and keys of
 * mails need not be pasted.
 */
export const SCRIPT = `
const BUSY = 'aria-disabled';
const buttonsOf = (form) => form.querySelectorAll('button');
function setBusy(form, isBusy) {
  if (isBusy) form.dataset.sent = 'yes'; else delete form.dataset.sent;
  for (const button of buttonsOf(form)) {
    if (isBusy) button.setAttribute(BUSY, 'true'); else button.removeAttribute(BUSY);
  }
}

// Forms that may need a code are sent in the background, so that they are still there behind the dialog.
document.addEventListener('submit', (event) => {
  const form = event.target;
  const { submitter } = event;
  if (form.dataset.sent || submitter?.getAttribute(BUSY)) return event.preventDefault();
  setBusy(form, true);
  if (!('stepUp' in form.dataset)) return;
  event.preventDefault();
  send(form, submitter)
    .catch(() => say(form, document.querySelector('main').dataset.offline))
    .finally(() => setBusy(form, false));
});
addEventListener('pageshow', () => document.querySelectorAll('form').forEach((form) => setBusy(form, false)));

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  const response = await fetch(form.getAttribute('action'), { method: 'POST', body });
  if (response.redirected) return location.assign(response.url);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const main = page.querySelector('main');
  if ('stepUp' in main.dataset) return ask(main);
  closeDialog();
  document.title = page.title;
  document.querySelector('main').replaceWith(main);
  enhance(main);
  focusIn(main);
}

// Nobody knows whether a request that failed was carried out: the person decides whether to send it again.
function say(form, text) {
  const line = form.querySelector('[data-said]') ?? form.insertBefore(document.createElement('p'), form.firstChild);
  line.dataset.said = '';
  line.className = 'problem';
  line.setAttribute('role', 'alert');
  line.textContent = text;
}

let opener;
function ask(main) {
  let dialog = document.querySelector('dialog');
  if (!dialog) {
    dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.setAttribute('aria-labelledby', 'step-up-title');
    dialog.addEventListener('close', () => { dialog.remove(); opener?.focus(); });
    opener = document.activeElement;
  }
  dialog.replaceChildren(...main.childNodes);
  dialog.querySelector('h1').id = 'step-up-title';
  dialog.querySelector('[data-close]')?.addEventListener('click', (event) => { event.preventDefault(); dialog.close(); });
  enhance(dialog);
  if (!dialog.open) dialog.showModal();
  focusIn(dialog);
}
function closeDialog() {
  document.querySelector('dialog')?.close();
}
function focusIn(element) {
  (element.querySelector('[role=alert]') ?? element.querySelector('[autofocus]') ?? element.querySelector('h1'))?.focus();
}

// A button that sends a code rests after one was sent.
function countDown(button) {
  const { textContent } = button;
  const end = Date.now() + button.dataset.wait * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.textContent = left > 0 ? textContent + ' (' + left + ')' : textContent;
    if (left > 0) button.setAttribute(BUSY, 'true'); else button.removeAttribute(BUSY);
    if (left <= 0) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
}

const textOf = (selector) =>
  [...document.querySelectorAll(selector + ' li')].map((item) => item.textContent).join('\\n') + '\\n';
const actions = {
  async copy({ dataset }) {
    await navigator.clipboard.writeText(textOf(dataset.of));
    document.querySelector('[role=status]').textContent = dataset.done;
  },
  print: () => print(),
  download({ dataset }) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([textOf(dataset.of)], { type: 'text/plain' }));
    link.download = dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  },
};
function enhance(root) {
  for (const button of root.querySelectorAll('button[data-wait]')) countDown(button);
  for (const button of root.querySelectorAll('button[data-action]')) {
    button.hidden = false;
    button.addEventListener('click', () => actions[button.dataset.action](button));
  }
}
enhance(document);

// Links of mails have their key behind the #, where no server sees it: it goes into its field, and out of the address bar.
function takeKey() {
  const box = document.querySelector('[data-fragment]');
  const key = box && new URLSearchParams(location.hash.slice(1)).get(box.dataset.fragment)?.trim();
  if (!key) return;
  history.replaceState(null, '', location.pathname + location.search);
  box.querySelector('input').value = key;
  box.hidden = true;
}
addEventListener('hashchange', takeKey);
takeKey();
`;
