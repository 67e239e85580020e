/** The figures' typeface for pages and SVG files. @module */

import fontPackage from "@fontsource/source-sans-3/package.json" with { type: "json" };

const weights = [400, 600] as const;

let css: string | undefined;

/**
 * CSS that brings Source Sans 3 (SIL Open Font License 1.1) along as data, Latin script, regular and semibold: 44 kB.
 * Text then is as wide as the figures were laid out for, with no font on the reader's machine and no request.
 *
 * @example
 * ```ts
 * import { webFontCss } from "./web_font.ts";
 * import { match } from "node:assert/strict";
 * match(webFontCss(), /^@font-face \{ font-family: "Source Sans 3"; font-weight: 400; src: url\(data:font\/woff2;base64,/);
 * ```
 */
export function webFontCss(): string {
  return css ??= weights.map((weight) => {
    const file = `${fontPackage.name}/files/source-sans-3-latin-${weight}-normal.woff2`;
    const data = Deno.readFileSync(new URL(import.meta.resolve(file))).toBase64();
    return `@font-face { font-family: "Source Sans 3"; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format("woff2"); }`;
  }).join("\n");
}

/**
 * An SVG with the typeface in it, for a file that stands alone.
 *
 * @example
 * ```ts
 * import { withWebFont } from "./web_font.ts";
 * import { match } from "node:assert/strict";
 * match(withWebFont('<svg width="1"><g/></svg>'), /^<svg width="1"><style>@font-face [^<]*<\/style><g\/><\/svg>$/);
 * ```
 */
export function withWebFont(svg: string): string {
  return svg.replace(/<svg\b[^>]*>/, (root) => `${root}<style>${webFontCss()}</style>`);
}
