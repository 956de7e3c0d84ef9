import { diagramStyle } from "./diagram-style";

/** Colours as Primer has them: each text has a contrast of at least 4.5 to what it stands on. */
const light = `
  --page: #f6f8fa; --surface: #ffffff; --text: #1f2328; --muted: #59636e; --line: #d1d9e0;
  --code: #f0f2f5; --link: #0969da; --bad: #b3202a; --bad-surface: #ffebe9; --bad-line: #cf222e;
  --good: #116329; --good-surface: #dafbe1; --good-line: #1a7f37; --warn: #7d4e00; --warn-surface: #fff3c4;
  --shade: rgb(31 35 40 / 15%);`;
const dark = `
  --page: #0d1117; --surface: #151b23; --text: #e6edf3; --muted: #9198a1; --line: #3d444d;
  --code: #212830; --link: #58a6ff; --bad: #ff9a92; --bad-surface: #3a1518; --bad-line: #da3633;
  --good: #56d364; --good-surface: #12301d; --good-line: #2ea043; --warn: #e3b341; --warn-surface: #352a0d;
  --shade: rgb(145 152 161 / 15%);`;

/**
 * A shade at each edge behind which there is more. What covers it moves with the content, so that it shows only where
 * something is cut: phones hide their scroll bars.
 */
const scrollShade = `
.scroll {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--surface) 50%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, var(--surface) 50%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to right, var(--muted) 2px, var(--shade) 2px, transparent) left / 20px 100% no-repeat scroll,
    linear-gradient(to left, var(--muted) 2px, var(--shade) 2px, transparent) right / 20px 100% no-repeat scroll;
}`;

/** The style of a page, for light and dark, narrow and wide screens, and for paper. */
export const pageStyle = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
.sheet { max-width: 1120px; margin: 0 auto; padding: 24px 16px 48px; }
p, ul, dl, h1, h2 { margin: 0; padding: 0; }
code, .who, th[scope="row"] { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12.5px; }
code, p, li, dd, tbody th { overflow-wrap: anywhere; }
td { overflow-wrap: break-word; }
.verdict { padding: 14px 18px; border: 1px solid var(--good-line); border-left-width: 6px; border-radius: 8px; background: var(--good-surface); }
.verdict.risky { border-color: var(--bad-line); background: var(--bad-surface); }
.verdict.same { border-color: var(--line); background: var(--surface); }
h1 { font-size: 19px; line-height: 1.35; font-weight: 600; text-wrap: pretty; }
.revisions { margin-top: 4px; color: var(--text); }
.counts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; margin: 12px 0; list-style: none; }
.counts li { padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); color: var(--muted); }
.counts b { display: block; font-size: 20px; line-height: 1.2; color: var(--text); font-variant-numeric: tabular-nums; }
.counts .lost b { color: var(--bad); }
.part { margin-top: 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); overflow: clip; }
.part.alarming { border-color: var(--bad-line); }
summary { display: flex; align-items: baseline; gap: 10px; padding: 9px 14px; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: 7px; height: 7px; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg) translateY(-1px); }
details[open] > summary::before { transform: rotate(45deg) translateY(-3px); }
summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
h2 { font-size: 14.5px; font-weight: 600; }
.alarming h2 { color: var(--bad); }
.size { color: var(--muted); font-variant-numeric: tabular-nums; }
.body { border-top: 1px solid var(--line); }
.entry, .access > li { padding: 8px 14px; border-bottom: 1px solid var(--line); }
.entry:last-child, .access > li:last-child { border-bottom: 0; }
.entry .head { font-weight: 500; }
.entry ul { margin-top: 3px; padding-left: 18px; color: var(--muted); }
.entry ul.names { color: var(--text); columns: 2 320px; }
.entry li.value { list-style: none; margin-left: -18px; }
.entry li.value code { color: var(--text); }
code { padding: 1px 5px; border-radius: 4px; background: var(--code); }
.access { list-style: none; }
.access dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin-top: 4px; }
dt { color: var(--muted); }
dd { margin: 0; display: flex; flex-wrap: wrap; gap: 3px 4px; min-width: 0; }
dd code { min-width: 0; }
.who { font-weight: 600; }
.verb { color: var(--muted); }
.verb.gains { color: var(--warn); font-weight: 600; }
.badge { padding: 0 7px; border-radius: 9px; background: var(--warn-surface); color: var(--warn); font-size: 12px; font-weight: 600; }
${scrollShade}
table { width: 100%; border-collapse: collapse; }
th, td { padding: 5px 12px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th:first-child { padding-left: 14px; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { white-space: nowrap; color: var(--muted); font-size: 12.5px; font-weight: 500; }
tbody th { min-width: 130px; font-weight: 500; }
.number { width: 1%; text-align: right; font-variant-numeric: tabular-nums; }
.zero { color: var(--muted); }
.picture { padding: 12px; text-align: center; }
.picture svg { max-width: 100%; height: auto; min-width: 640px; }
${diagramStyle}
footer { margin-top: 20px; color: var(--muted); font-size: 13px; }
@media (max-width: 640px) {
  .sheet { padding: 12px 10px 32px; }
  .counts { gap: 6px; }
  .counts li { padding: 6px 8px; font-size: 12.5px; }
  th, td { padding: 5px 4px; }
  .access dl { grid-template-columns: 1fr; gap: 1px; }
  .access dl dt { margin-top: 3px; }
  td { font-size: 13px; }
  thead th { font-size: 11px; }
  tbody th { min-width: 88px; font-size: 12px; }
}
@media print {
  :root { color-scheme: light; ${light} --page: #ffffff; }
  .sheet { max-width: none; padding: 0; }
  .part { break-inside: auto; }
  .entry, .access > li, tr { break-inside: avoid; }
  .scroll { overflow: visible; background: none; }
  details::details-content { content-visibility: visible; height: auto; }
  summary::before { display: none; }
}
`;
