/** A training run as a file: everything that decides the model. @module */

import { z } from "zod";
import { decode } from "../decode.ts";
import { readFile } from "../read_file.ts";
import { TextSource } from "./texts/source.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "not 64 hexadecimal digits");
const share = z.number().positive().max(1);

/** Where the weights come from before training. */
const Start = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("checkpoint"),
    /** Below the folder of checkpoints. A missing masked-LM head is made new. */
    folder: z.string().min(1),
    /** Of its `model.safetensors`. */
    sha256,
    /** Where anyone gets it. */
    from: z.string().min(1),
    licence: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal("scratch"),
    /** Pieces of the WordPiece vocabulary that is trained on the texts. */
    vocabulary: z.int().min(100),
    layers: z.int().positive(),
    hidden: z.int().positive(),
    heads: z.int().positive(),
    intermediate: z.int().positive(),
    positions: z.int().min(8),
    /** Standard deviation of the first weights. */
    spread: z.number().positive().default(0.02),
  }),
]);

/** A recipe; {@linkcode https://zod.dev | zod} schema. Defaults are filled in, so that what is saved hides nothing. */
export const Recipe = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "not lower-case words joined by hyphens"),
  /** A sentence for the card. */
  description: z.string().min(1),
  task: z.literal("masked-lm"),
  seed: z.int(),
  start: Start,
  /** What is trained on. */
  texts: z.array(TextSource).min(1),
  /** What accuracy is measured on; never trained on. */
  validation: z.array(TextSource).min(1),
  /** Windows a step, and pieces a window. */
  batch: z.tuple([z.int().positive(), z.int().min(4)]),
  /** The share of pieces that the loss asks for. */
  share: share.default(0.15),
  steps: z.int().positive(),
  learningRate: z.number().positive(),
  warmUp: z.number().min(0).lt(1).default(0.06),
  weightDecay: z.number().min(0).default(0.01),
  clipNorm: z.number().positive().default(1),
  /** Steps from one measurement to the next. */
  validateEvery: z.int().positive().default(100),
  /** Part of the recipe, because sums are taken in another order with other numbers of threads. */
  threads: z.int().positive().default(2),
  weights: z.enum(["float16", "float32"]).default("float16"),
});

/** A recipe with its defaults. */
export type Recipe = z.infer<typeof Recipe>;

/**
 * Reads a recipe.
 *
 * @throws Error in one line, with the file and the field, where it is missing, not JSON, or not a recipe
 */
export async function readRecipe(path: string): Promise<Recipe> {
  let content: unknown;
  try {
    content = JSON.parse(decode(await readFile(path, "Name the JSON file of a recipe"), path));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path}: not JSON: ${error.message}`);
    throw error;
  }
  const parsed = Recipe.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path}: ${issue?.path.join(".") || "recipe"}: ${issue?.message}`);
}
