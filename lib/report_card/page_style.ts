/** How the page of a report card looks. @module */

/** The style sheet: light and dark, any width, print. Text and its background differ by a contrast of 4.5 or more. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1b1b1b; --soft: #55595e; --line: #d9dce0; --back: #fff; --panel: #f4f5f6; --link: #0b57a4;
  --mark: #ffe3a3; --mark-text: #1b1b1b; --synthetic: #cfe6ff; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e4e2; --soft: #a9afb6; --line: #3a3d41; --back: #17181a; --panel: #202225;
  --link: #8ab8f0; --mark: #6b4e00; --mark-text: #fff; --synthetic: #0c4373; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); -webkit-text-size-adjust: 100%;
  font: 16px/1.55 "Source Sans 3", "Helvetica Neue", Helvetica, Arial, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 2rem; margin: 0 0 .5em; }
h2 { font-size: 1.45rem; margin: 2.6em 0 .5em; padding-top: .6em; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.8em 0 .4em; } h4 { font-size: 1rem; margin: 1.2em 0 .3em; }
p { margin: 0 0 1em; max-width: 46rem; } a { color: var(--link); } ul, ol { padding-left: 1.4em; }
nav ul { display: flex; flex-wrap: wrap; gap: .3em 1.4em; padding: 0; list-style: none; }
.soft, figcaption { color: var(--soft); }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin: .5em 0 1em;
  border-top: 1.5px solid var(--text); border-bottom: 1.5px solid var(--text); }
thead th { border-bottom: 1px solid var(--text); vertical-align: bottom; }
th, td { padding: .3em .8em; text-align: left; vertical-align: top; } th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; } tbody tr:nth-child(even) { background: var(--panel); }
.ends { display: block; font-size: .86em; font-weight: 400; color: var(--soft); } abbr { text-decoration: none; cursor: help; }
.measures th:first-child { position: sticky; left: 0; background: var(--back); min-width: 10em; max-width: 22em; }
.measures tbody tr:nth-child(even) th { background: var(--panel); }
caption { text-align: left; color: var(--soft); padding-bottom: .4em; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 1rem; margin: 1.2em 0; }
figure { margin: 0; min-width: 0; } figcaption { font-size: .9rem; margin-bottom: .3em; }
figure .scroll { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 6px; }
figure svg { display: block; max-width: 100%; height: auto; }
summary { cursor: pointer; } details { margin: .5em 0; }
.letters li { margin: .35em 0; overflow-wrap: anywhere; } .letters > li { margin-bottom: .9em; }
q { quotes: none; font-family: Georgia, "Source Serif 4", serif; font-size: .94em; white-space: pre-line; }
mark { background: var(--mark); color: var(--mark-text); padding: 0 .15em; border-radius: 2px; }
mark.synthetic { background: var(--synthetic); text-decoration: underline; }
code { font-family: "Source Code Pro", ui-monospace, Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
pre.text { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); padding: .8em 1em; border-radius: 6px; font-size: .85em; }
dl.signatures { font-size: .9rem; } dl.signatures dt { font-weight: 600; } dl.signatures dd { margin: 0 0 .6em; }
@media (max-width: 40rem) { main { padding: 1.2rem .9rem 3rem; } h1 { font-size: 1.6rem; } th, td { padding: .3em .5em; } .measures th:first-child { min-width: 7.5em; max-width: 9em; } }
@media print { main { max-width: none; padding: 0; } table, figure { break-inside: avoid; } }
`;
