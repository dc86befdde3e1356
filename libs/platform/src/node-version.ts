/**
 * The first import of every program: on an older Node, other imports would fail with a stack.
 *
 * Same version as `engines` in package.json.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Sallyport needs Node 20.19 or newer; this is ${process.version}.\n`);
  process.exit(1);
}
