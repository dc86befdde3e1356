import { encode } from 'uqr';

/** Number of light modules around the code. Readers need them to find the code (ISO/IEC 18004, section 6.3.8). */
const QUIET_ZONE = 4;

/**
 * A QR code as an SVG image in a `data:` URI, about 4 kB for a key URI. One unit of the image is one module.
 *
 * The light modules are painted too: on a dark page a transparent code would look inverted, and many apps cannot read
 * that.
 */
export function qrCodeDataUri(text: string): string {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  const width = size + 2 * QUIET_ZONE;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${width}v${width}H0z"/>` +
    `<path stroke="#000" d="${data.map(lineOfRow).join('')}"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/**
 * One row of an SVG path: a line over dark modules, a move over light ones. A separate element for each module would
 * need five times the space.
 */
function lineOfRow(modules: readonly boolean[], row: number): string {
  const runs = modules.map(Number).join('').match(/0+|1+/g) ?? [];
  const line = runs.map((run) => (run.startsWith('1') ? `h${run.length}` : `m${run.length} 0`));
  return `M${QUIET_ZONE} ${row + QUIET_ZONE}.5${line.join('')}`;
}
