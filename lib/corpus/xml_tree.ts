/** XML documents, read strictly, with the line of what is wrong. @module */
import { type Document, DOMParser } from "@xmldom/xmldom";

/** What an XML document is not, with the place. */
export class XmlError extends Error {
  override readonly name = "XmlError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/**
 * The tree of an XML 1.0 document. Line ends become LF, as XML says.
 *
 * @throws {XmlError} with line and column (from 1) where it is not well-formed
 *
 * @example
 * ```ts
 * import { parseXml } from "./xml_tree.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(parseXml("<a>x &amp; y</a>").documentElement?.textContent, "x & y");
 * throws(() => parseXml("<a>\n<b></a>"), { message: /^Opening and ending tag mismatch/, line: 2 });
 * ```
 */
export function parseXml(text: string): Document {
  checkCharacters(text);
  let failure: XmlError | undefined;
  const parser = new DOMParser({
    // Left alone, the parser treats U+0085 and U+2028 as line ends, too, which is XML 1.1.
    normalizeLineEndings: (source) => source.replace(/\r\n?/g, "\n"),
    onError(_level, message, context) {
      const locator: { lineNumber?: number; columnNumber?: number } | undefined = context?.locator;
      const line = locator?.lineNumber || text.split(/\r\n?|\n/).length;
      failure ??= new XmlError(quoteless(message), line, locator?.columnNumber || 1);
      throw failure;
    },
  });
  try {
    return parser.parseFromString(text, "text/xml");
  } catch (error) {
    throw failure ?? error;
  }
}

/** The parser's message without what it quotes of a document beyond names. */
function quoteless(message: string): string {
  const line = message.split("\n")[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** The first character of a text that XML 1.0 has no way to write: its place and its name, `U+000C`. */
export function forbiddenCharacter(
  text: string,
): { readonly index: number; readonly name: string } | undefined {
  const found = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/u.exec(text);
  if (!found) return undefined;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return { index: found.index, name: `U+${code}` };
}

/** What the parser lets pass: characters that XML forbids, and an `&` that begins no reference. */
function checkCharacters(text: string): void {
  const forbidden = forbiddenCharacter(text);
  if (forbidden) throw at(text, forbidden.index, `the character ${forbidden.name}, which XML forbids`);
  const opaque = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g;
  const rest = text.replace(opaque, (part) => " ".repeat(part.length));
  const bare = /&(?!#\d+;|#x[\da-fA-F]+;|[A-Za-z_][\w.-]*;)/.exec(rest);
  if (bare) throw at(text, bare.index, "an & that begins no reference; write &amp;");
}

function at(text: string, index: number, message: string): XmlError {
  const before = text.slice(0, index).split(/\r\n?|\n/);
  return new XmlError(message, before.length, (before.at(-1) ?? "").length + 1);
}
