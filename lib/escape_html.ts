/** Text in HTML. @module */

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as it must stand in HTML or SVG, in an element or in a quoted attribute.
 *
 * @example
 * ```ts
 * import { escapeHtml } from "./escape_html.ts";
 * import { equal } from "node:assert/strict";
 * equal(escapeHtml(`a < "b" & 'c'`), "a &lt; &quot;b&quot; &amp; &#39;c&#39;");
 * ```
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A value as JSON that may stand inside a `<script>` element: nothing in it can end the element.
 *
 * @example
 * ```ts
 * import { scriptJson } from "./escape_html.ts";
 * import { equal } from "node:assert/strict";
 * equal(scriptJson("</script>"), '"\\u003c/script>"');
 * ```
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
