/** What is said between a run and the processes that run its cells. @module */

import { z } from "zod";
import type { Letter } from "../corpus/letter.ts";

const letterShape = z.object({
  id: z.string(),
  text: z.string(),
  spans: z.array(z.unknown()),
  meta: z.unknown(),
});

/** The first line to a worker: which experiment, on which letters, with what. */
export const jobSchema = z.object({
  /** Address of the module that exports the experiment. */
  module: z.string(),
  /** The experiment's name. */
  name: z.string(),
  letters: z.array(z.custom<Letter>((value) => letterShape.safeParse(value).success)), // kept as they are, hash and all
  runs: z.string(),
  models: z.string().optional(),
  threads: z.number().optional(),
});

/** What a worker is asked to do. */
export type Job = z.output<typeof jobSchema>;

/** Each further line to a worker: a cell to run. */
export const cellSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** A worker's answer for a cell; the result itself is in the store. */
export const answerSchema = z.union([
  z.object({
    done: z.literal(true),
    computed: z.number(),
    damaged: z.number(),
    seconds: z.number(),
    /** Of the process, when the cell was done. */
    megabytes: z.number(),
  }),
  z.object({ failed: z.string() }),
]);

/** A worker's answer. */
export type Answer = z.output<typeof answerSchema>;
