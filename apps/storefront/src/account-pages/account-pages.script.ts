/** The script of both pages. First of all it removes the key from the address bar. */
export const ACCOUNT_SCRIPT = `
const form = document.querySelector('form');
const result = document.querySelector('#result');
const key = new URLSearchParams(location.hash.slice(1)).get('key')?.trim();
history.replaceState(null, '', location.pathname);

function show(text) {
  result.textContent = text;
}

async function send() {
  const { method, type, key: keyName } = form.dataset;
  const attributes = { ...Object.fromEntries(new FormData(form)), [keyName]: key };
  const response = await fetch(method === 'PATCH' ? type + '/mine' : type, {
    method,
    headers: { 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify({ data: { type, attributes } }),
  });
  if (response.status === 204) {
    form.hidden = true;
    return show(form.dataset.done);
  }
  const { errors } = await response.json();
  show([...new Set(errors.map(({ detail }) => detail.replace(/^\\w+ => /, '')))].join(' '));
}

if (!key) {
  form.hidden = true;
  show(form.dataset.noKey);
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  send().catch(() => show(form.dataset.failed)).finally(() => { button.disabled = false; });
});
`;
