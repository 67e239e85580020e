/** Offsets without white space. @module */

import type { Encoding } from "./encoding.ts";
import type { Lexicon } from "./lexicon.ts";

/**
 * Narrows offsets in place to leave out white space at the ends of pieces, as the byte-level post-processor does: by as many units as the
 * piece has spaces at the end, but for the one that was put before the text.
 *
 * Of added tokens, the text that they were found in counts.
 *
 * @example
 * ```ts
 * import { Lexicon } from "./lexicon.ts";
 * import { surfaceOf } from "./surface.ts";
 * import { trimmed } from "./trim.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lexicon = new Lexicon(new Map([["no", 0], ["Ġfever", 1]]), [], surfaceOf({ decoder: { type: "ByteLevel" } }), "t.json");
 * const encoding = { ids: [0, 1], starts: [0, 2], ends: [2, 8] };
 * trimmed(encoding, "no fever", lexicon, { prefixed: false });
 * deepEqual(encoding.starts, [0, 3]);
 * ```
 */
export function trimmed(
  { ids, starts, ends }: Encoding,
  text: string,
  lexicon: Lexicon,
  { prefixed }: { readonly prefixed: boolean },
): void {
  for (const [i, id] of ids.entries()) {
    const [start, end] = [starts[i] ?? 0, ends[i] ?? 0];
    const piece = lexicon.isAdded(id) ? text.slice(start, end) : lexicon.names[id] ?? "";
    let leading = SPACES_BEFORE.exec(piece)?.[0].length ?? 0;
    const trailing = piece.length -
      (piece.length === leading ? 0 : SPACES_AFTER.exec(piece)?.index ?? piece.length);
    if (leading === 1 && prefixed && (i === 0 || start === 0)) leading = 0;
    const narrowed = Math.min(moved(text, start, leading), end);
    starts[i] = narrowed;
    const before = moved(text, end, -trailing);
    if (before >= 0) ends[i] = Math.max(before, narrowed);
  }
}

/** So many code points on or back; −1 where the text does not go back that far. */
function moved(text: string, from: number, by: number): number {
  let at = from;
  for (let i = 0; i < by; i++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  for (let i = 0; i > by; i--) {
    if (at <= 0) return -1;
    at -= at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

const SPACES_BEFORE = /^[Ġ\p{White_Space}]*/u;
const SPACES_AFTER = /(?<![Ġ\p{White_Space}])[Ġ\p{White_Space}]*$/u;
