/** Where training texts come from, as a recipe names it. @module */

import { z } from "zod";

const common = {
  /** Below the folder of corpora. */
  file: z.string().min(1),
  /** Of the file's bytes, in hexadecimal: a recipe names exact texts. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "not 64 hexadecimal digits"),
  /** The corpus, for the card. */
  corpus: z.string().min(1),
  licence: z.string().min(1),
  /** Where anyone gets the corpus. */
  from: z.string().min(1),
  /** How often a text is seen an epoch, on average, beside those of weight 1. */
  weight: z.number().positive().default(1),
};

/** A file of texts; {@linkcode https://zod.dev | zod} schema, for recipes. */
export const TextSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("wikitext"), ...common }),
  z.strictObject({ kind: z.literal("csv"), column: z.string().min(1), ...common }),
  z.strictObject({ kind: z.literal("iob"), sentences: z.int().positive().default(8), ...common }),
]);

/** A file of texts, with defaults filled in. */
export type TextSource = z.infer<typeof TextSource>;
