/** What the lesson's page looks like beyond what all pages have. */
export const LESSON_STYLE = `
header > p { font-size: 17px; }
.claim { font-size: 19px; line-height: 1.45; max-width: 66ch; margin: 8px 0 14px; padding-left: 14px; border-left: 3px solid var(--accent); text-wrap: pretty; }
.claims { margin: 18px 0 20px; padding: 0; list-style: none; counter-reset: claim; max-width: 820px; }
.claims li {
  counter-increment: claim; display: flex; align-items: baseline; gap: 4px 12px; flex-wrap: wrap;
  padding: 7px 0; border-bottom: 1px solid var(--line); font-size: 16px;
}
.claims li::before { content: counter(claim); color: var(--soft); min-width: 1.2em; font-variant-numeric: tabular-nums; }
.claims a { color: var(--ink); text-decoration-color: var(--line); text-underline-offset: 3px; flex: 1 1 240px; }
.claims a:hover { text-decoration-color: currentColor; }
.badge { font-weight: 650; white-space: nowrap; }
.badge.holds { color: var(--good); } .badge.partly { color: var(--half); } .badge.fails { color: var(--bad); } .badge.open { color: var(--soft); }
.parts { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 0 0 10px; padding: 0; list-style: none; color: var(--soft); }
.parts li { font-size: 14px; font-variant-numeric: tabular-nums; }
.parts .holds { color: var(--good); } .parts .partly { color: var(--half); } .parts .fails { color: var(--bad); }
.instead { color: var(--half); font-weight: 600; }
:root { --half: #8a6100; }
@media screen and (prefers-color-scheme: dark) { :root { --half: #f0b840; } }
.verdict, .try { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px 4px; margin-top: 20px; }
.verdict h3, .try h3 { margin: 0 0 8px; font-size: 16px; }
.try { background: none; }
.verdict .said li:last-child { font-weight: 600; }
.figures + .table, .figures + figure { margin-top: 22px; }
.again { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin-top: 4px; font-size: 14px; }
.again .rerun { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 7px; padding: 4px 12px; min-height: 32px; cursor: pointer; }
.again .rerun:hover:enabled { background: var(--panel); } .again .rerun:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.again .rerun:disabled { color: var(--soft); border-color: var(--line); cursor: default; }
.again progress { width: 140px; } .again .told { color: var(--soft); } .again progress[hidden] + .told { flex: 1 1 100%; }
.key { display: inline-block; flex: none; }
i.key { width: 18px; height: 12px; border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.key.units { background: var(--c4); opacity: 0.45; } .key.flat { background: var(--none); border: 1px solid var(--line); }
@media print {
  .again { display: none; }
  .verdict, .try, .claims, .claim, tr { break-inside: avoid; }
  .claim, .soft { break-after: avoid; }
  .table { overflow: visible; } .table td, .table th { font-size: 8.5pt; padding-right: 7px; white-space: normal; min-width: 0; }
  h2 { break-inside: avoid; }
}
`;
