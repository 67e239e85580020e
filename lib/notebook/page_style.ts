/** How a notebook's page looks. @module */

/** The style sheet: a paper's column, light and dark, and print. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1b1b1b; --soft: #5f6368; --line: #d9dce0; --back: #fff; --panel: #f6f7f8;
  --link: #0b57a4; --bad: #a3160c; --keyword: #8a1c7c; --string: #1c6b3c; --number: #9a4a00; --comment: #6b7280; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e4e2; --soft: #9aa0a6; --line: #3a3d41; --back: #17181a;
  --panel: #202225; --link: #8ab8f0; --bad: #ff8a80; --keyword: #d79ce0; --string: #8fcf9f; --number: #f0b072; --comment: #8b929b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); -webkit-text-size-adjust: 100%;
  font: 17px/1.6 "Source Serif 4", Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 6rem; }
h1, h2, h3, h4 { font-family: "Source Sans 3", "Helvetica Neue", Helvetica, Arial, sans-serif; line-height: 1.25; margin: 2.2em 0 .6em; text-wrap: balance; }
h1 { font-size: 2rem; margin-top: 0; } h2 { font-size: 1.4rem; } h3 { font-size: 1.15rem; } h4 { font-size: 1rem; }
p, ul, ol, blockquote { margin: 0 0 1em; } li { margin: .2em 0; } a { color: var(--link); }
blockquote { padding-left: 1em; border-left: 3px solid var(--line); color: var(--soft); }
img, svg { max-width: 100%; height: auto; }
pre, code { font-family: "Source Code Pro", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .82em; }
:not(pre) > code { background: var(--panel); padding: .1em .3em; border-radius: 3px; }
pre { line-height: 1.5; margin: 0; padding: .8em 1em; overflow-x: auto; background: var(--panel); border-radius: 6px; tab-size: 2; }
.cell { margin: 0 0 1.4em; }
details.code { margin: .4em 0 .6em; }
details.code > summary { cursor: pointer; color: var(--soft); font: .78rem "Source Sans 3", Helvetica, Arial, sans-serif; width: max-content; }
details.code > pre { margin-top: .4em; border-left: 3px solid var(--line); border-radius: 0 6px 6px 0; }
.output { margin: .7em 0; overflow-x: auto; }
.output pre { background: none; padding: 0 0 0 1em; border-left: 2px solid var(--line); border-radius: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.output.stderr pre { color: var(--soft); } .output.error pre { color: var(--bad); border-color: var(--bad); }
.output.figure { text-align: center; width: min(62rem, 100vw - 2.5rem); position: relative; left: 50%; transform: translateX(-50%); } .output.figure > svg, .output.figure > img { background: #fff; border-radius: 6px; padding: 8px; }
.plotly-figure { min-height: 420px; background: #fff; border-radius: 6px; }
table { border-collapse: collapse; margin: 1em auto; font: .88rem/1.45 "Source Sans 3", "Helvetica Neue", Helvetica, Arial, sans-serif; font-variant-numeric: tabular-nums;
  border-top: 1.5px solid var(--text); border-bottom: 1.5px solid var(--text); }
thead th { border-bottom: 1px solid var(--text); vertical-align: bottom; }
th, td { padding: .28em .8em; text-align: left; vertical-align: top; } th { font-weight: 600; }
td.number, th.number { text-align: right; } tbody tr:hover { background: var(--panel); }
caption { caption-side: top; text-align: left; color: var(--soft); padding-bottom: .4em; }
.hljs-keyword, .hljs-built_in, .hljs-type { color: var(--keyword); } .hljs-string, .hljs-regexp { color: var(--string); }
.hljs-number, .hljs-literal { color: var(--number); } .hljs-comment { color: var(--comment); font-style: italic; }
@media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } details.code { display: none; } .output, table { break-inside: avoid; } }
`;
