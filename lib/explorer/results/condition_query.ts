/** Which cells are meant, as a page asks and as SQL has it. @module */

import { z } from "zod";
import { quotedName, quotedText } from "../../report/sql.ts";
import { Unanswerable } from "../route.ts";
import type { ExperimentData, Level } from "./open_results.ts";

/** A level, as the page sends it. */
const levelSchema = z.union([z.string(), z.number()]);

/** Some of the levels of some factors. */
export const whereSchema = z.record(z.string(), z.array(levelSchema).min(1));

/** One level of some factors. */
export const conditionSchema = z.record(z.string(), levelSchema);

/** Which cells: of each factor the levels that are meant; all where none is named. */
export type Where = z.output<typeof whereSchema>;

/** One level of each of some factors. */
export type Condition = z.output<typeof conditionSchema>;

/**
 * Checks that factors and metrics are the experiment's.
 *
 * @throws {Unanswerable} that names those that there are
 *
 * @example
 * ```ts
 * import { checkNames } from "./condition_query.ts";
 * import { throws } from "node:assert/strict";
 * const data = { id: "mine", factors: [], metrics: [] };
 * throws(() => checkNames(data, { metrics: ["rougeL"] }), /mine: no metric "rougeL"/);
 * ```
 */
export function checkNames(
  data: Pick<ExperimentData, "id" | "factors" | "metrics">,
  { factors = [], metrics = [] }: {
    readonly factors?: readonly string[];
    readonly metrics?: readonly string[];
  },
): void {
  for (
    const [kind, asked, known] of [["factor", factors, data.factors], [
      "metric",
      metrics,
      data.metrics,
    ]] as const
  ) {
    const names = known.map(({ name }) => name);
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new Unanswerable(`${data.id}: no ${kind} "${unknown}". There are: ${names.join(", ")}.`);
    }
  }
}

/**
 * A condition in SQL; `true` for no condition.
 *
 * @example
 * ```ts
 * import { whereSql } from "./condition_query.ts";
 * import { equal } from "node:assert/strict";
 * equal(whereSql({ model: ["it's"], ratio: [0.3, 0.5] }), `"model" in ('it''s') and "ratio" in (0.3, 0.5)`);
 * ```
 */
export function whereSql(where: Where): string {
  const parts = Object.entries(where).map(([factor, levels]) =>
    `${quotedName(factor)} in (${levels.map(levelSql).join(", ")})`
  );
  return parts.length === 0 ? "true" : parts.join(" and ");
}

/** A level in SQL. */
export function levelSql(level: Level): string {
  return typeof level === "number" ? String(level) : quotedText(level);
}

/** A condition as one that takes several levels. */
export function whereOf(condition: Condition): Where {
  return Object.fromEntries(Object.entries(condition).map(([factor, level]) => [factor, [level]]));
}
