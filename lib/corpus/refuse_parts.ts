/** Formats whose spans are one stretch each. @module */
import type { Letter } from "./letter.ts";

/** Throws where a span has several parts, which the format has no place for. */
export function refuseParts({ id, spans }: Letter): void {
  const bad = spans.find(({ fragments }) => fragments);
  if (!bad) return;
  throw new Error(
    `letter ${id}: span [${bad.start}, ${bad.end}) has several parts, which this JSON can't hold. ` +
      "Split it (option discontinuous), or choose brat or jsonl.",
  );
}
