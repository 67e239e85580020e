/** Where training texts come from, as a recipe names it. @module */

import { z } from "zod";

/** 64 hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "not 64 hexadecimal digits");

const origin = {
  /** The corpus, for the card. */
  corpus: z.string().min(1),
  licence: z.string().min(1),
  /** Where anyone gets the corpus. */
  from: z.string().min(1),
};

const file = {
  /** Below the folder of corpora. */
  file: z.string().min(1),
  /** Of the file's bytes: a recipe names exact texts. */
  sha256: Sha256,
};

const folder = {
  /** Below the folder of corpora. */
  file: z.string().min(1),
  /** Of the lines `NAME SHA256` of the folder's `.txt` and `.ann` files, in the order of their names. */
  sha256: Sha256,
};

/** How often a text is seen an epoch, on average, beside those of weight 1. */
const weight = z.number().positive().default(1);

/** A file of texts; {@linkcode https://zod.dev | zod} schema, for recipes. */
export const TextSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("wikitext"), ...file, ...origin, weight }),
  z.strictObject({ kind: z.literal("csv"), column: z.string().min(1), ...file, ...origin, weight }),
  z.strictObject({
    kind: z.literal("iob"),
    sentences: z.int().positive().default(8),
    ...file,
    ...origin,
    weight,
  }),
  /** The texts of a folder of BRAT letters, without their spans. */
  z.strictObject({ kind: z.literal("brat"), ...folder, ...origin, weight }),
]);

/** A file of texts, with defaults filled in. */
export type TextSource = z.infer<typeof TextSource>;

/** Words with labels; {@linkcode https://zod.dev | zod} schema, for recipes. */
export const LabelledSource = z.discriminatedUnion("kind", [
  /** Lines of a word, a tab and a label, with a blank line after each sentence. */
  z.strictObject({ kind: z.literal("iob"), ...file, ...origin }),
  /** A folder of BRAT letters. Words within a span are labelled `B-` and `I-` with its label, the others `O`. */
  z.strictObject({
    kind: z.literal("brat"),
    ...folder,
    /** The ids of the letters that are taken. Left out: all. */
    letters: z.array(z.string().min(1)).min(1).optional(),
    ...origin,
  }),
]);

/** Words with labels. */
export type LabelledSource = z.infer<typeof LabelledSource>;
