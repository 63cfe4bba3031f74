/** How the playground looks, beside what all pages have: calm, and the two curves first. */

export const PLAYGROUND_STYLE = `
:root { --net-a: #0063a6; --net-b: #c24a00; --focus: #0063a6; --soft: #525b69; }
@media screen and (prefers-color-scheme: dark) {
  :root { --net-a: #62b6f0; --net-b: #ff9f5a; --focus: #9ad1ff; --soft: #aab3c0; }
}
html { scroll-padding-top: 84px; }
body { min-height: 100vh; }
main, header.top, footer { max-width: 1240px; padding-left: 32px; padding-right: 32px; }
.net-a { --net: var(--net-a); } .net-b { --net: var(--net-b); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; } .skip:focus { left: 16px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 9; }
header.top { display: flex; justify-content: space-between; align-items: baseline; gap: 12px 24px; padding-top: 20px; flex-wrap: wrap; }
.brand { margin: 0; font-size: 15px; } .brand b { font-size: 18px; letter-spacing: -0.01em; margin-right: 10px; }
.row { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: center; margin: 10px 0; }
nav.row { margin: 0; }
.opening { margin: 44px 0 26px; }
h1 { font-size: clamp(30px, 4.6vw, 50px); font-weight: 680; letter-spacing: -0.022em; line-height: 1.08; color: var(--ink); margin: 0 0 14px; }
.lead { font-size: 18px; line-height: 1.55; max-width: 62ch; color: var(--soft); margin: 0; }
main > section { border: 0; margin-top: 56px; padding-top: 0; }
main > section > h2 { font-size: 24px; letter-spacing: -0.012em; margin-bottom: 10px; }

button, .button, select, input[type=text], textarea {
  font: inherit; font-size: 15px; color: var(--ink); background: var(--paper); border: 1px solid var(--edge, #8a93a1);
  border-radius: 8px; padding: 8px 14px; min-height: 40px;
}
button, .button, select { cursor: pointer; }
button:hover:not([aria-disabled=true]), .button:hover { background: var(--panel); }
button[aria-disabled=true] { color: var(--soft); border-color: var(--line); cursor: default; opacity: .75; }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
button[aria-pressed=true]:hover:not([aria-disabled=true], .quiet) { background: var(--ink); opacity: .88; }
button.quiet { border-color: transparent; background: none; padding: 6px 10px; color: var(--soft); min-height: 36px; }
button.quiet:hover:not([aria-disabled=true]) { color: var(--ink); background: var(--panel); }
button.quiet[aria-pressed=true] { color: var(--ink); background: var(--panel); border-color: var(--line); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
input[type=range] { accent-color: var(--focus); min-height: 32px; }
[aria-invalid=true] { border-color: var(--bad); }
.error { color: var(--bad); font-size: 14px; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 50%; background: var(--net, var(--soft)); margin-right: 9px; flex: none; }
.file input:focus-visible + *, .file:focus-within .button { outline: 3px solid var(--focus); outline-offset: 2px; }
.file .button { display: inline-flex; align-items: center; }

.transport {
  position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: 10px; align-items: center;
  background: var(--paper); padding: 12px 0; border-bottom: 1px solid var(--line);
}
.play { display: inline-flex; align-items: center; gap: 10px; background: var(--ink); color: var(--paper); border-color: var(--ink); font-weight: 650; padding: 10px 24px 10px 18px; min-width: 128px; min-height: 46px; border-radius: 23px; }
.play:hover:not([aria-disabled=true]) { background: var(--ink); color: var(--paper); opacity: .88; }
.where { margin: 0 0 0 auto; font-variant-numeric: tabular-nums; font-size: 15px; }

.hero { display: grid; grid-template-columns: minmax(0, 1fr) 290px; gap: 20px 44px; margin-top: 26px !important; align-items: start; }
.hero > .error { grid-column: 1 / -1; font-size: 17px; font-weight: 600; margin: 0; } .hero h2 { font-size: 17px; margin: 0; font-weight: 620; }
.hero .chart-head { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; flex-wrap: wrap; }
.chart-head p { margin: 0; }
.cards { display: grid; gap: 30px; align-content: start; padding-top: 34px; }
.card { border-left: 4px solid var(--net); padding: 2px 0 2px 18px; }
.card h3 { margin: 0 0 2px; font-size: 19px; } .card h3 .swatch { display: none; }
.card p { margin: 0 0 6px; font-size: 15px; }
.card .figure { font-variant-numeric: tabular-nums; margin: 8px 0; } .card .figure b { font-size: 32px; font-weight: 640; letter-spacing: -0.02em; margin-right: 4px; } .card .figure span { color: var(--soft); }
.apart { border-top: 1px solid var(--line); padding-top: 16px; margin: 0; font-weight: 560; }
.live { position: relative; min-width: 0; }
.live.empty { display: grid; place-items: center; color: var(--soft); font-size: 14px; border: 1px dashed var(--line); border-radius: 10px; }
.hero-chart, figure, .tool { position: relative; }
.chart-bar .curve[aria-pressed=true] { background: none; border-color: transparent; color: var(--soft); }
.chart-bar .curve[aria-pressed=false] { color: var(--soft); }
.chart-bar button.quiet { min-height: 30px; padding: 3px 8px; }
.drawable { user-select: none; -webkit-user-select: none; } .drawable .live { touch-action: none; cursor: crosshair; }
.drawable .live svg { pointer-events: none; } .drawable .tip, .drawable .hair { display: none; }
.as-table { font-size: 14px; margin: 4px 0 0; } .as-table summary { font-weight: 500; color: var(--soft); min-height: 28px; }
.draw { margin-top: 22px; padding: 18px 22px; background: var(--panel); border-radius: 12px; }
.draw h3, .tool h3 { margin: 0 0 4px; font-size: 17px; }
.draw p { margin: 0 0 8px; font-size: 15px; } .score { font-weight: 560; }

.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 34px 44px; margin-top: 26px; }
.three { display: grid; align-items: start; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 22px; }
.tool { background: var(--panel); border-radius: 12px; padding: 20px 22px; min-width: 0; }
.tool.wide { grid-column: 1 / -1; } .tool p { font-size: 15px; margin: 8px 0; } .tool > button { margin-top: 8px; }
.range { display: grid; grid-template-columns: minmax(0, 1fr) minmax(90px, 1fr) 4ch; gap: 12px; align-items: center; font-size: 15px; margin: 4px 0; }
.range output { text-align: right; font-variant-numeric: tabular-nums; }
.samples { display: grid; gap: 26px; align-content: start; }
.sample { font: 15px/1.6 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--net); padding-left: 16px; margin: 0; height: 9.6em; overflow: hidden; max-width: none; }
.scrub { display: flex; gap: 14px; align-items: center; flex-wrap: wrap; font-size: 15px; } .scrub input { flex: 1 1 240px; } .scrub output { min-width: 9ch; font-variant-numeric: tabular-nums; }

.differ { font-weight: 560; }
.fields { margin: 8px 0 18px; }
.field { display: grid; grid-template-columns: minmax(0, 1fr) 206px 206px; gap: 6px 18px; align-items: start; border-bottom: 1px solid var(--line); padding: 10px 12px; border-left: 3px solid transparent; }
.field p { margin: 0; font-size: 14px; max-width: none; } .field select, .field input { width: 100%; }
.field.different { background: var(--panel); border-left-color: var(--ink); }
.field.head { padding-bottom: 4px; } .field.head b { display: flex; align-items: center; }
.field :disabled { opacity: .45; }
.text { margin-top: 30px; } .text select { max-width: 100%; }
.block { display: block; font-size: 15px; } textarea { display: block; width: 100%; margin-top: 6px; resize: vertical; }
.command { background: var(--panel); border-radius: 8px; padding: 12px 16px; overflow-x: auto; font-size: 14px; margin: 4px 0 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.address { overflow-wrap: anywhere; }
.scan { display: flex; gap: 24px; align-items: center; margin-top: 20px; } .qr { width: 180px; background: #fff; padding: 10px; border-radius: 8px; }
.lesson { background: var(--panel); border-radius: 14px; padding: 22px 28px !important; margin: 0 0 22px !important; }
.lesson fieldset { border: 0; padding: 0; margin: 6px 0; } .lesson legend { font-size: 18px; padding: 0; max-width: 70ch; }
.lesson legend .soft { font-size: 14px; } .seen { border-top: 1px solid var(--line); padding-top: 14px; margin-top: 14px; } .seen h3 { margin: 0 0 6px; }
.script dl { display: block; } .script dl div { display: grid; grid-template-columns: 150px 1fr; gap: 14px; margin-bottom: 8px; }
.script dd.write { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.passage span { padding: 4px 0; }
main svg { max-width: none; }

@media (max-width: 900px) {
  .hero { grid-template-columns: minmax(0, 1fr); } .cards { padding-top: 0; grid-template-columns: 1fr 1fr; gap: 20px; } .apart { grid-column: 1 / -1; }
  .two, .three { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 560px) {
  html { scroll-padding-top: 128px; }
  main, header.top, footer { padding-left: 16px; padding-right: 16px; }
  .opening { margin: 26px 0 16px; } .lead { font-size: 16px; }
  .brand span { display: none; } .cards { grid-template-columns: 1fr; }
  .transport { gap: 8px; } .transport button { padding-left: 12px; padding-right: 12px; } .where { margin-left: 0; flex: 1 1 120px; } .where .soft { display: none; }
  .play { min-width: 108px; }
  .field { grid-template-columns: 1fr 1fr; padding: 12px 8px; } .field > div:first-child { grid-column: 1 / -1; } .field.head span { display: none; }
  .script dl div { grid-template-columns: 1fr; gap: 2px; }
  .speed { max-width: 46vw; } .speed select { max-width: 100%; }
}
.projected { --paper: #fff; --ink: #000; --soft: #222; --panel: #f1f1f1; --net-a: #004e8c; --net-b: #a83a00; color-scheme: light; font-size: 20px; }
.projected body { font-size: 21px; }
.projected p, .projected .card p, .projected figcaption p, .projected .seen p { font-size: 20px; } .projected h1 { font-size: 56px; } .projected .lesson legend { font-size: 26px; } .projected .lesson legend .soft { font-size: 19px; }
.projected button, .projected .button, .projected select, .projected input, .projected textarea, .projected label, .projected summary, .projected pre, .projected table, .projected output { font-size: 19px; }
@media (min-width: 561px) { .projected .field { grid-template-columns: minmax(0, 1fr) repeat(2, minmax(0, 236px)); } } .projected .hero h2 { font-size: 24px; } .projected .card .figure b { font-size: 44px; }
.projected .script { display: none; } .projected .live > svg { width: 100%; height: auto; }
@media (forced-colors: active) { .swatch, .card, .sample, .passage span[class]:not([class='']) { forced-color-adjust: none; } .play, [aria-pressed=true] { border-width: 3px; } }
#settings:focus { outline: none; }
@media (prefers-reduced-motion: no-preference) { button { transition: background-color .12s; } }
`;
