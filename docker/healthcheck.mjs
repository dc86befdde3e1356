// Health check of a container: one of the two apps runs in it, and is ready. It is plain JavaScript without imports,
// because it runs every few seconds.
const { STOREFRONT_PORT = 3000, BACKEND_PORT = 3001 } = process.env;

const answers = await Promise.allSettled(
  [STOREFRONT_PORT, BACKEND_PORT].map((port) => fetch(`http://127.0.0.1:${port}/health/ready`)),
);
const answer = answers.find(({ status }) => status === 'fulfilled')?.value;
process.stdout.write(`${(await answer?.text()) ?? 'No app answers.'}\n`);
process.exit(answer?.ok ? 0 : 1);
