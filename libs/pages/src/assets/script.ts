/**
 * What scripts add to pages that work without: a form is sent once, and recovery codes can be copied, printed and stored.
 * Buttons that need it are hidden until it runs.
 */
export const SCRIPT = `
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
  }
});

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
for (const button of document.querySelectorAll('button[data-action]')) {
  button.hidden = false;
  button.addEventListener('click', () => actions[button.dataset.action](button));
}
`;
