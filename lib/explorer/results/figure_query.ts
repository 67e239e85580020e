/** What figures can be asked for. @module */

import { z } from "zod";
import { cellsSchema } from "./cells_table.ts";
import { runSchema } from "./compare_runs.ts";

const part = cellsSchema.pick({ experiment: true, where: true, metrics: true, ranges: true });

/** What is drawn. */
export const figureSchema = z.discriminatedUnion("kind", [
  part.extend({
    kind: z.literal("curves"),
    x: z.string(),
    series: z.string().optional(),
    narrow: z.boolean().default(false),
  }),
  part.extend({ kind: z.literal("means"), by: z.array(z.string()) }),
  part.extend({ kind: z.literal("forest"), factor: z.string(), baseline: z.union([z.string(), z.number()]) }),
  part.extend({
    kind: z.literal("pareto"),
    narrow: z.boolean().default(false),
    by: z.array(z.string()),
    series: z.string().optional(),
    x: z.string(),
    y: z.string(),
  }),
  z.object({ kind: z.literal("pair"), a: runSchema, b: runSchema, metric: z.string().optional() }),
]);

/** As {@linkcode figureSchema} reads it. */
export type FigureQuery = z.output<typeof figureSchema>;

/** A query of one kind. */
export type FigureOf<Kind extends FigureQuery["kind"]> = Extract<FigureQuery, { kind: Kind }>;
