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

/**
 * One of several conditions in SQL, as far as they speak of some factors; `true` where there are none, or one says nothing of these.
 *
 * @example
 * ```ts
 * import { amongSql } from "./condition_query.ts";
 * import { equal } from "node:assert/strict";
 * const conditions = [{ model: "a", ratio: 0.3 }, { model: "b", ratio: 0.5 }];
 * equal(amongSql(conditions, ["model"]), `(("model" in ('a')) or ("model" in ('b')))`);
 * equal(amongSql(conditions, ["seed"]), "true");
 * ```
 */
export function amongSql(conditions: readonly Condition[] | undefined, factors: readonly string[]): string {
  const parts =
    conditions?.map((condition) =>
      Object.fromEntries(Object.entries(condition).filter(([factor]) => factors.includes(factor)))
    ) ?? [];
  if (parts.length === 0 || parts.some((part) => Object.keys(part).length === 0)) return "true";
  return `(${parts.map((part) => `(${whereSql(whereOf(part))})`).join(" or ")})`;
}

/** A level in SQL. */
export function levelSql(level: Level): string {
  return typeof level === "number" ? String(level) : quotedText(level);
}

/** A condition as one that takes several levels. */
export function whereOf(condition: Condition): Where {
  return Object.fromEntries(Object.entries(condition).map(([factor, level]) => [factor, [level]]));
}
