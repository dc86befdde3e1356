// Stand-in of mailpit: takes every mail by SMTP, and answers /readyz and the two calls of its API that the test makes.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const mails = [];

new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, { envelope }, done) => {
    buffer(stream)
      .then((source) => PostalMime.parse(source))
      .then(({ text }) => mails.unshift({ ID: String(mails.length), To: envelope.rcptTo, Text: text }))
      .then(() => done(), done);
  },
}).listen(1025);

/** `?query=to:"address"`, the newest first. */
function search(query) {
  const address = /^to:"(.*)"$/.exec(query)?.[1];
  return { messages: mails.filter(({ To }) => To.some((recipient) => recipient.address === address)) };
}

function answer({ pathname, searchParams }) {
  if (pathname === '/readyz') return {};
  if (pathname === '/api/v1/search') return search(searchParams.get('query'));
  return mails.find(({ ID }) => pathname === `/api/v1/message/${ID}`);
}

createServer(({ url }, response) => {
  const body = answer(new URL(url, 'http://localhost'));
  response.writeHead(body ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(body ?? {}));
}).listen(8025);

process.on('SIGTERM', () => process.exit(0));
