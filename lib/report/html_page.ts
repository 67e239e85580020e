/** Pages that open anywhere, without a network. @module */

import { createHash } from "node:crypto";
import { escapeHtml } from "../escape_html.ts";
import { webFontCss } from "./web_font.ts";

/** What a page holds. */
export interface HtmlPage {
  /** As text. */
  readonly title: string;
  /** CSS, behind the project's font. */
  readonly style: string;
  /** HTML: what stands in the page's `<main>`. */
  readonly main: string;
  /** The scripts that may run, at the page's end. Default none. */
  readonly scripts?: readonly string[];
  /** Where images may come from: `"data: blob:"`. Default nowhere; figures are inline SVG. */
  readonly images?: string;
}

/**
 * A page whose content security policy forbids every request, and every script but the page's own, which it knows by their hashes. So
 * what letters and outputs hold can show things, but not run, fetch or send anything.
 *
 * @example
 * ```ts
 * import { htmlPage } from "./html_page.ts";
 * import { match } from "node:assert/strict";
 * match(htmlPage({ title: "A & B", style: "", main: "<h1>A</h1>" }), /script-src 'none';.*<title>A &amp; B<\/title>/s);
 * ```
 */
export function htmlPage({ title, style, main, scripts = [], images = "'none'" }: HtmlPage): string {
  const whole = scripts.map((script) => script.replaceAll("</script", "<\\/script"));
  const hashes = whole.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${images}; font-src data:; ` +
    `script-src ${hashes.join(" ") || "'none'"}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${webFontCss()}${style}</style>
</head>
<body>
<main>
${main}
</main>
${whole.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}
