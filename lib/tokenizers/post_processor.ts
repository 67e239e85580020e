/** What is put around a text's pieces. @module */

import { z } from "zod";
import { kind, maker } from "./component.ts";

/** A post-processor as far as single texts go. */
export interface PostProcessor {
  /** Special pieces by name or id, with `undefined` for the text; left out: the text alone. */
  readonly template?: readonly (number | undefined)[];
  /** Whether offsets leave out white space at the ends of a piece, and whether the first piece's space was added. */
  readonly trim?: { readonly prefixed: boolean };
}

const Named = z.tuple([z.string(), z.int().nonnegative()]);
const around = kind(
  "BertProcessing",
  z.looseObject({ sep: Named, cls: Named }),
  ({ sep, cls }): PostProcessor => ({ template: [cls[1], undefined, sep[1]] }),
);

const roberta = kind(
  "RobertaProcessing",
  z.looseObject({
    sep: Named,
    cls: Named,
    trim_offsets: z.boolean().default(true),
    add_prefix_space: z.boolean().default(true),
  }),
  ({ sep, cls, trim_offsets, add_prefix_space }): PostProcessor => ({
    template: [cls[1], undefined, sep[1]],
    ...trim_offsets && { trim: { prefixed: add_prefix_space } },
  }),
);

const byteLevel = kind(
  "ByteLevel",
  z.looseObject({ trim_offsets: z.boolean().default(true), add_prefix_space: z.boolean().default(true) }),
  ({ trim_offsets, add_prefix_space }): PostProcessor =>
    trim_offsets ? { trim: { prefixed: add_prefix_space } } : {},
);

const Piece = z.union([
  z.looseObject({ SpecialToken: z.looseObject({ id: z.string() }) }),
  z.looseObject({ Sequence: z.looseObject({ id: z.enum(["A", "B"]) }) }),
]);
const template = kind(
  "TemplateProcessing",
  z.looseObject({
    single: z.array(Piece),
    special_tokens: z.record(z.string(), z.looseObject({ ids: z.array(z.int().nonnegative()) })),
  }),
  ({ single, special_tokens }, _, where): PostProcessor => ({
    template: single.flatMap((piece) => {
      if ("Sequence" in piece) return [undefined];
      const { id } = piece.SpecialToken;
      const ids = special_tokens[id]?.ids;
      if (ids) return ids;
      throw new Error(`${where}.single names ${id}, which special_tokens does not. Fetch the file again.`);
    }),
  }),
);

const sequence = kind(
  "Sequence",
  z.looseObject({ processors: z.array(z.unknown()) }),
  ({ processors }, nested): PostProcessor =>
    processors.map(nested).reduce((all, one) => ({ ...all, ...one }), {}),
);

/**
 * Makes a post-processor from its part of `tokenizer.json`.
 *
 * @example
 * ```ts
 * import { createPostProcessor } from "./post_processor.ts";
 * import { deepEqual } from "node:assert/strict";
 * const bert = createPostProcessor({ type: "BertProcessing", sep: ["[SEP]", 102], cls: ["[CLS]", 101] }, "x");
 * deepEqual(bert.template, [101, undefined, 102]);
 * ```
 */
export const createPostProcessor = maker<PostProcessor>([around, roberta, byteLevel, template, sequence]);
