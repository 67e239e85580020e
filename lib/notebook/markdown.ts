/** Markdown cells as HTML. @module */

import { Marked } from "marked";
import { escapeHtml } from "../escape_html.ts";
import { highlight } from "./highlight.ts";
import type { Cell } from "./notebook.ts";

/** Images pasted into a cell: name → mime type → base64. */
type Attachments = Exclude<Cell, { cell_type: "code" }>["attachments"];

/**
 * GitHub-flavoured Markdown as HTML. Raw HTML in it is shown as text, links that are not web, mail or in-page links
 * lose their target, and an image is only shown when it is in the text itself (`data:`) or attached to the cell:
 * so the page runs no script of the text and asks for no file.
 *
 * @example
 * ```ts
 * import { renderMarkdown } from "./markdown.ts";
 * import { equal } from "node:assert/strict";
 * equal(renderMarkdown("A *claim* <b>"), "<p>A <em>claim</em> &lt;b&gt;</p>\n");
 * ```
 */
export function renderMarkdown(source: string, attachments: Attachments = {}): string {
  const marked = new Marked({ gfm: true, async: false });
  marked.use({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      code: ({ text, lang }) => {
        const code = lang && /^(ts|typescript|js|javascript)$/.test(lang)
          ? highlight(text)
          : escapeHtml(text);
        return `<pre><code>${code}</code></pre>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        return /^(https?:|mailto:|#)/i.test(href) ? `<a href="${escapeHtml(href)}">${inner}</a>` : inner;
      },
      image({ href, text }) {
        const source = href.startsWith("attachment:")
          ? attachment(attachments[href.slice("attachment:".length)])
          : href;
        if (!source?.startsWith("data:image/")) return escapeHtml(text);
        return `<img src="${escapeHtml(source)}" alt="${escapeHtml(text)}">`;
      },
    },
  });
  const html = marked.parse(source);
  if (typeof html !== "string") throw new Error("markdown was rendered asynchronously.");
  return html;
}

function attachment(bundle: Record<string, unknown> | undefined): string | undefined {
  const [mime, data] = Object.entries(bundle ?? {}).find(([mime]) => mime.startsWith("image/")) ?? [];
  return typeof data === "string" ? `data:${mime};base64,${data.replaceAll(/\s/g, "")}` : undefined;
}
