/** A line of a review's history. @module */

import { z } from "zod";

/** Whoever decides: a name of one line that is no path. */
export const reviewerSchema = z.string().regex(
  /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u,
  "a reviewer's name has up to 40 letters, digits, blanks, points and hyphens, and begins with a letter or digit",
);

/** A span by its place and label: what is decided about one goes for all that equal it. */
export const spanSchema = z.strictObject({ start: z.int().min(0), end: z.int().min(1), label: z.string() });

/** What was decided, and why. */
export const decisionSchema = z.strictObject({
  /** `"none"`: nothing, or what was decided is taken back. */
  decision: z.enum(["accept", "reject", "none"]),
  comment: z.string().max(2000),
});

/** As {@linkcode decisionSchema} reads it. */
export type Decision = z.output<typeof decisionSchema>;

const head = { at: z.iso.datetime(), reviewer: reviewerSchema, corpus: z.string(), letter: z.string() };

/** What a line says: a decision, or that a reviewer is done with a letter or goes on with it. */
export const entrySchema = z.union([
  z.strictObject({
    ...head,
    /** `null`: the letter as a whole. */
    span: spanSchema.nullable(),
    ...decisionSchema.shape,
    /** Made after both reviewers were done, in sight of what they decided. */
    adjudicated: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...head, done: z.boolean() }),
]);

/** As {@linkcode entrySchema} reads it. */
export type Entry = z.output<typeof entrySchema>;

/** The span that something is decided about, or the letter as a whole. */
export type Unit = z.output<typeof spanSchema> | null;

/**
 * Tells units of a letter apart.
 *
 * @example
 * ```ts
 * import { keyOf } from "./entry.ts";
 * import { equal } from "node:assert/strict";
 * equal(keyOf({ start: 3, end: 10, label: "DRUG" }), "3-10-DRUG");
 * equal(keyOf(null), "");
 * ```
 */
export function keyOf(unit: Unit): string {
  return unit === null ? "" : `${unit.start}-${unit.end}-${unit.label}`;
}
