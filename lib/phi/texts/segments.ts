/** Texts in the making: stretches that identify somebody, and what stands between them. @module */

import type { Letter, Span } from "../../corpus/letter.ts";
import type { PhiKind } from "../labels.ts";

/** A stretch of a text; without a label it identifies nobody. */
export interface Segment {
  readonly text: string;
  readonly label?: PhiKind;
}

/**
 * The letter that segments make: offsets follow from their lengths, so that no label can be off by one.
 *
 * @example
 * ```ts
 * import { letterOf } from "./segments.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { text, spans } = letterOf([{ text: "Seen by Dr " }, { text: "Osei", label: "CLINICIAN" }, { text: "." }], "a");
 * deepEqual([text, spans], ["Seen by Dr Osei.", [{ start: 11, end: 15, label: "CLINICIAN" }]]);
 * ```
 */
export function letterOf(segments: readonly Segment[], id: string): Letter {
  const spans: Span[] = [];
  let text = "";
  for (const { text: own, label } of segments) {
    if (label !== undefined && own !== "") {
      spans.push({ start: text.length, end: text.length + own.length, label });
    }
    text += own;
  }
  return { id, text, spans, meta: {} };
}
