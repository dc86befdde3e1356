import { colorTokens } from '#look';

/** The one stylesheet of all pages, with the operator's colour in it. */
export function stylesheet(color: string): string {
  return `${colorTokens(color)}${RULES}`;
}

const RULES = `:root { --radius: 0.5rem; --gap: 1rem; --width: 60rem; --shadow: 0 1px 2px rgb(0 0 0 / 0.08);
  --tint: color-mix(in srgb, var(--accent) 9%, var(--surface)); }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 100%/1.55 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--text);
  overflow-wrap: anywhere; }
h1, h2, h3 { letter-spacing: -0.015em; text-wrap: balance; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 var(--gap); }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 0.5rem; }
h3 { font-size: 1rem; line-height: 1.3; margin: 1.5rem 0 0.5rem; }
:is(.card, .cards, .table, form, .chart) + h2 { margin-top: 2rem; }
p, ul, ol, dl { margin: 0 0 var(--gap); }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; padding: 0.75rem 1rem; background: var(--surface); z-index: 1; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
header { background: var(--surface); border-top: 3px solid var(--accent); border-bottom: 1px solid var(--soft); }
.bar { max-width: var(--width); margin: 0 auto; padding: 0.75rem 1rem; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem;
  align-items: center; }
.bar:has(nav) { padding-bottom: 0; }
.brand { font-weight: 700; font-size: 1.1rem; margin-right: auto; color: var(--text); text-decoration: none; }
.brand img { display: block; height: 2.5rem; max-width: min(14rem, 100%); object-fit: contain; object-position: left; }
nav { flex-basis: 100%; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 0.5rem 0; border-bottom: 3px solid transparent; color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--text); border-color: var(--line); }
nav a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
.bar form { margin: 0; }
.acting { border-top: 3px solid var(--danger); }
.acting p { margin: 0 auto 0 0; font-weight: 600; }
main { flex: 1; width: 100%; max-width: var(--width); margin: 0 auto; padding: 2.5rem 1rem 4rem; }
main.narrow { max-width: 28rem; }
.card { background: var(--surface); border: 1px solid var(--soft); border-radius: calc(2 * var(--radius)); padding: 1.5rem;
  margin-bottom: var(--gap); box-shadow: var(--shadow); }
dialog .card { border: 0; padding: 0; background: none; box-shadow: none; }
.card > :last-child { margin-bottom: 0; }
form.card { max-width: 36rem; }
form.card:has(.filters) { max-width: none; }
.cards { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  list-style: none; padding: 0; }
.cards .card { margin: 0; display: flex; flex-direction: column; }
.cards .card > :last-child { margin-top: auto; }
.field { margin-bottom: var(--gap); }
.field > label:not(.choice) { display: block; font-weight: 600; margin-bottom: 0.25rem; }
.hint { color: var(--muted); font-size: 0.9rem; margin: 0 0 0.25rem; }
.problem { color: var(--danger); font-weight: 600; margin: 0 0 0.25rem; }
input, select, textarea { font: inherit; width: 100%; padding: 0.65rem 0.75rem; color: var(--text); background: var(--surface);
  border: 1px solid var(--line); border-radius: var(--radius); }
input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0 0.5rem 0 0; accent-color: var(--accent);
  flex: none; }
fieldset { border: 1px solid var(--soft); border-radius: var(--radius); padding: 1rem; margin: 0 0 var(--gap); min-width: 0; }
legend { font-weight: 600; padding: 0 0.25rem; }
.choice { display: flex; align-items: center; min-height: 2rem; }
[aria-invalid] { border-color: var(--danger); border-width: 2px; }
input.code { font-size: 1.4rem; letter-spacing: 0.15em; font-variant-numeric: tabular-nums; }
button, .button { font: inherit; font-weight: 600; display: inline-block; min-height: 2.75rem; padding: 0.55rem 1.25rem;
  border: 1px solid var(--accent); border-radius: var(--radius); background: var(--accent); color: var(--on-accent);
  text-decoration: none; cursor: pointer; }
:is(button, .button):hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
:is(button, .button).quiet { background: var(--surface); color: var(--accent); border-color: var(--line); }
:is(button, .button).quiet:hover { background: var(--tint); }
.bar button, .small { min-height: 2.25rem; padding: 0.25rem 0.9rem; font-size: 0.95rem; }
button[disabled], [aria-disabled=true] { opacity: 0.6; cursor: default; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
.note { border-left: 4px solid var(--accent); border-radius: var(--radius); padding: 0.75rem 1rem;
  margin: 0 0 var(--gap); background: var(--surface); }
.note.bad { border-color: var(--danger); background: var(--danger-ground); }
.note.good { border-color: var(--good); background: var(--good-ground); }
.note.urgent { border-color: var(--danger); background: var(--notice-ground); }
.note > :last-child { margin-bottom: 0; }
.note.bad a { color: var(--danger); }
.status { display: inline-block; padding: 0.1rem 0.65rem; border-radius: 1rem; border: 1px solid var(--line);
  font-size: 0.85rem; font-weight: 600; color: var(--muted); white-space: nowrap; }
.status.on { border-color: var(--good); background: var(--good-ground); color: var(--good); }
.beside { display: grid; gap: var(--gap) 2rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); align-items: start; }
.qr { width: 15rem; max-width: 100%; margin-bottom: var(--gap); }
.qr svg { display: block; width: 100%; height: auto; border-radius: var(--radius); }
.secret, .codes { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 1.05rem; }
.codes { columns: 2 9rem; padding-left: 2rem; }
dialog { width: min(27rem, calc(100% - 2rem)); padding: 1.75rem; border: 1px solid var(--soft); border-radius: calc(2 * var(--radius));
  background: var(--surface); color: var(--text); box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.3); }
dialog::backdrop { background: rgb(0 0 0 / 0.5); }
dl.facts { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.25rem 1rem; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; }
.table { overflow-x: auto; margin-bottom: var(--gap); background: var(--surface); border: 1px solid var(--soft);
  border-radius: calc(2 * var(--radius)); box-shadow: var(--shadow); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding: 0.75rem; font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: 0.6rem 0.75rem; border-bottom: 1px solid var(--soft);
  overflow-wrap: normal; }
tbody th { min-width: 9rem; }
tbody tr:last-child > * { border-bottom: 0; }
.numbers :is(td, th:not(:first-child)) { text-align: end; font-variant-numeric: tabular-nums; }
:is(button, .button).danger { background: var(--danger); border-color: var(--danger); color: var(--surface); }
:is(button, .button).danger:hover { background: color-mix(in srgb, var(--danger) 88%, var(--text)); }
body.wide { --width: 76rem; }
.filters { display: grid; gap: 0 var(--gap); grid-template-columns: repeat(auto-fill, minmax(min(12rem, 100%), 1fr)); align-items: end; }
dl.figures { margin-top: 0.75rem; display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); }
dl.figures .card { margin: 0; padding: 1rem 1.25rem; }
dl.figures dt { color: var(--muted); font-size: 0.9rem; }
dl.figures dd { margin: 0; font-size: 1.6rem; font-weight: 600; letter-spacing: -0.015em; font-variant-numeric: tabular-nums; }
dl.figures dd.hint { font-size: 0.9rem; font-weight: 400; }
summary { padding: 0.5rem 0; cursor: pointer; color: var(--accent); }
.details { margin: 0; white-space: pre-wrap; font-size: 0.9rem; }
.pager { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; margin-bottom: var(--gap); }
.chart > svg { display: block; box-sizing: border-box; width: 100%; padding-left: 52px; }
.chart > svg, .chart .plot { overflow: visible; }
.chart text { fill: var(--muted); font-size: 12px; }
.chart .grid { stroke: var(--soft); }
.chart { margin: 0 0 var(--gap); }
.chart .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; }
.legend svg { display: inline-block; width: 2.5rem; height: 0.75rem; vertical-align: middle; }
.s0 { stroke: var(--accent); }
.s1 { stroke: var(--good); stroke-dasharray: 7 4; }
.s2 { stroke: var(--danger); stroke-dasharray: 2 3; }
.s3 { stroke: var(--muted); stroke-dasharray: 9 3 2 3; }
@media (max-width: 30rem) { dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: 0.5rem; }
  .chart .minor { display: none; } }
@media print { header, .skip, .no-print { display: none; } }
`;
