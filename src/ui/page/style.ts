/** How the page looks: light, dark, narrow, printed. */
import { reading, shadesOn, viridis } from '../palette.js';
import { LEVELS } from './passage.js';

/** A background of the text for each level, the weakest nearly the paper's, and letters that can be read on it. */
const levels = (colour: (level: number) => string, isBlackOn: (level: number) => boolean): string =>
  Array.from({ length: LEVELS }, (_, i) => {
    const level = i / (LEVELS - 1);
    return `.l${i}{background:${colour(level)};color:${isBlackOn(level) ? '#000' : '#fff'}}`;
  }).join('\n');

const onWhite = levels(reading, (level) => level < 0.55);
const onBlack = levels(viridis, (level) => level > 0.55);

/** Of curves that have an order. */
const shades = (theme: 'light' | 'dark'): string =>
  shadesOn(theme)
    .map((colour, i) => `--s${i}: ${colour};`)
    .join(' ');

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1d2330; --soft: #5a6372; --line: #d9dde4; --panel: #f7f8fa; --accent: #0072b2;
  --c0: #0072b2; --c1: #a86e00; --c2: #008a64; --c3: #b8528d; --c4: #2f8ecb; --c5: #c85600; --c6: #667080;
  --none: #e4e6ea; --bad: #b3420a; --good: #00704f; --warn: #8a5a00; ${shades('light')}
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --ink: #e7eaf0; --soft: #a3acba; --line: #343b47; --panel: #1b1f27; --accent: #6cc0f5;
    --c0: #4fa8e0; --c1: #e69f00; --c2: #1fc296; --c3: #e08fc0; --c4: #8accf2; --c5: #f08a4b; --c6: #9aa3b2;
    --none: #2b313b; --bad: #f5a06b; --good: #4fd0a5; --warn: #ecc25a; ${shades('dark')}
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif;
}
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; }
h1, h2, h3 { line-height: 1.3; text-wrap: pretty; }
h1 { font-size: 15px; font-weight: 600; color: var(--soft); margin: 0 0 12px; overflow-wrap: anywhere; }
.headline { font-size: clamp(22px, 3.4vw, 32px); font-weight: 650; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 16px; text-wrap: balance; }
h2 { font-size: 21px; margin: 0 0 6px; letter-spacing: -0.005em; }
section.folded { margin-top: 14px; padding-top: 12px; }
section > details { margin-top: 0; }
summary h2 { display: inline; }
section:first-child { margin-top: 26px; }
.beside { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 8px 32px; align-items: start; margin-top: 16px; }
@media (max-width: 1000px) { .beside { grid-template-columns: minmax(0, 1fr); } }
section { border-top: 1px solid var(--line); margin-top: 36px; padding-top: 26px; }
p { margin: 0 0 12px; max-width: 76ch; }
p.soft, figcaption p, td, th, dd, li { font-size: 15px; }
.soft { color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 0; padding: 0; list-style: none; color: var(--soft); }
.facts li { overflow-wrap: anywhere; }
.facts b { color: var(--ink); font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 28px 32px; margin-top: 18px; }
/* Titles may differ in length: the charts under them stand level. */
.figures:not(.small) { align-items: end; }
@media (min-width: 960px) {
  /* The last of an odd number stands in the middle, as wide as the others. */
  .figures:not(.small) > :last-child:nth-child(odd):not(:only-child) { grid-column: 1 / -1; justify-self: center; width: calc(50% - 16px); }
}
.figures.small { grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { margin-bottom: 8px; }
figcaption h3 { font-size: 16px; font-weight: 600; margin: 0 0 2px; }
figcaption p { color: var(--soft); margin: 0; font-size: 14px; }
svg { max-width: 100%; height: auto; display: block; overflow: visible; font-family: inherit; --plot-background: var(--paper); }
svg text { font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--soft); margin: 0 0 4px; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: 6px; font-size: 13px; }
.table {
  overflow-x: auto;
  /* A shadow at the edge behind which there is more, and none where the table ends. */
  background: linear-gradient(90deg, var(--paper) 30%, transparent) 0 0 / 40px 100% no-repeat local,
    linear-gradient(270deg, var(--paper) 30%, transparent) 100% 0 / 40px 100% no-repeat local,
    linear-gradient(90deg, color-mix(in srgb, var(--ink) 22%, transparent), transparent) 0 0 / 14px 100% no-repeat scroll,
    linear-gradient(270deg, color-mix(in srgb, var(--ink) 22%, transparent), transparent) 100% 0 / 14px 100% no-repeat scroll;
}
/* Side by side where there is room. */
.tables { display: flex; flex-wrap: wrap; gap: 0 40px; }
.tables > * { min-width: 0; max-width: 100%; margin-top: 18px; flex: 1 1 auto; }
.tables > section:first-child { margin-top: 18px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 4px 0 14px; }
/* Of many columns: as wide as the page, which would else be half empty beside them. */
table:has(> thead th:nth-child(5)) { width: 100%; }
th { text-align: right; font-weight: 600; color: var(--soft); font-size: 13px; vertical-align: bottom; }
td { text-align: right; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { white-space: normal; min-width: 44px; }
th:first-child, td:first-child, .left { text-align: left; }
.vanishing, .exploding, .dead, .not-finite { color: var(--bad); font-weight: 600; }
.preserved { color: var(--good); font-weight: 600; }
.thin { color: var(--warn); font-weight: 600; }
.command, pre { font: 13px/1.6 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; margin: 0 0 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
/* A line ends between two words, not after the hyphens of an option. */
.flag { white-space: nowrap; }
.command .word { display: inline-block; max-width: 100%; }
ul.said { margin: 0 0 12px; padding-left: 20px; }
ul.said li { max-width: 76ch; margin-bottom: 4px; }
.passage {
  font: 17px/2 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; margin: 12px 0 6px;
  overflow-wrap: anywhere; white-space: pre-wrap; print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
.passage span { padding: 4px 0; cursor: default; outline-offset: 1px; }
.passage span:focus-visible { outline: 2px solid var(--accent); }
.passage .chosen { background: var(--ink); color: var(--paper); font-weight: 700; }
.swatches { display: inline-flex; vertical-align: middle; border-radius: 3px; overflow: hidden; }
.swatches i { width: 16px; height: 14px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.chart-box { position: relative; }
.hair { stroke: var(--soft); stroke-dasharray: 2 3; pointer-events: none; }
.tip { position: absolute; top: 20px; white-space: pre; background: var(--ink); color: var(--paper); font-size: 13px; line-height: 1.45; padding: 7px 10px; border-radius: 7px; pointer-events: none; z-index: 4; font-variant-numeric: tabular-nums; }
.tip[hidden] { display: none; }
.chart-bar { display: flex; flex-wrap: wrap; gap: 0 2px; align-items: center; margin-top: 2px; }
.chart-bar .curves { display: flex; flex-wrap: wrap; margin-right: auto; }
.chart-bar .files { white-space: nowrap; margin-left: auto; }
.chart-bar button { font: inherit; font-size: 13px; line-height: 1.3; padding: 3px 8px; min-height: 28px; border: 0; border-radius: 6px; background: none; color: var(--soft); cursor: pointer; }
.chart-bar button:hover { background: var(--panel); color: var(--ink); }
.chart-bar button:focus-visible, svg:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.chart-bar .curve svg { display: inline-block; width: 26px; height: 12px; vertical-align: middle; margin-right: 7px; }
.chart-bar .curve[aria-pressed=false] { text-decoration: line-through; }
details { margin-top: 10px; }
summary { cursor: pointer; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 18px; margin: 12px 0; }
dt { font-weight: 600; } dd { margin: 0; max-width: 76ch; }
footer { color: var(--soft); font-size: 13px; padding-top: 28px; padding-bottom: 48px; }
${onWhite}
@media screen and (prefers-color-scheme: dark) {
${onBlack}
}
@media (max-width: 560px) {
  main, header, footer { padding-left: 16px; padding-right: 16px; }
  header { padding-top: 24px; }
  /* A chart is drawn three quarters as large as where there is room: its letters by as much larger. */
  svg[data-shrinks] text { font-size: 16px; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 10px; }
}
@media print {
  .chart-bar, .tip { display: none; }
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff; --accent: #0072b2; --none: #e4e6ea;
    --c0: #0072b2; --c1: #a86e00; --c2: #008a64; --c3: #b8528d; --c4: #2f8ecb; --c5: #c85600; --c6: #667080; --bad: #b3420a; --good: #00704f; --warn: #8a5a00; }
  @page { margin: 14mm; }
  body { font-size: 11pt; }
  main, header, footer { max-width: none; padding: 0; }
  section { margin-top: 18px; padding-top: 14px; }
  h2, h3, figcaption, section > p, section > svg { break-after: avoid; }
  .figures { grid-template-columns: 1fr 1fr; gap: 16px 20px; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details > * { display: block; } summary { list-style: none; }
}
`;
