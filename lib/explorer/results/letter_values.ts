/** One value a letter under each of some conditions. @module */

import { quotedName } from "../../report/sql.ts";
import { type Condition, levelSql, type Where, whereSql } from "./condition_query.ts";
import type { ExperimentData } from "./open_results.ts";

/**
 * Each letter's mean of each metric over all cells of a condition, seeds and whatever else it leaves open taken together: what every
 * number of the project is computed from. A letter that could not be scored in any cell is left out.
 *
 * @param conditions all with the same factors
 * @returns by condition, by metric
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { letterValues } from "./letter_values.ts";
 * import { openResults } from "./open_results.ts";
 * import { equal } from "node:assert/strict";
 * const results = await openResults((await tinyProject(await Deno.makeTempDir())).results);
 * const data = await results.data("model_comparison");
 * const [first] = await letterValues(data, [{ model: "trigram" }], ["rougeL"], {});
 * equal(first?.get("rougeL")?.size, 12);
 * await results.close();
 * ```
 */
export async function letterValues(
  { database }: ExperimentData,
  conditions: readonly Condition[],
  metrics: readonly string[],
  where: Where,
): Promise<Map<string, Map<string, number>>[]> {
  const found = conditions.map(() => new Map(metrics.map((metric) => [metric, new Map<string, number>()])));
  const factors = Object.keys(conditions[0] ?? {});
  if (conditions.length === 0 || metrics.length === 0) return found;
  const rows = conditions.map((condition, i) =>
    `(${[i, ...factors.map((name) => levelSql(condition[name] ?? ""))].join(", ")})`
  );
  const named = ["i", ...factors.map((_, k) => `f${k}`)].join(", ");
  const joined = factors.map((name, k) => `r.${quotedName(name)} = c.f${k}`);
  const means = metrics.map((name, k) => `avg(r.${quotedName(name)}) as m${k}`);
  const answer = await database.ask(
    `with c(${named}) as (values ${rows.join(", ")}) select c.i as i, r.letter as letter, ${
      means.join(", ")
    } ` +
      `from runs r join c on ${joined.length === 0 ? "true" : joined.join(" and ")} where ${
        whereSql(where)
      } ` +
      "group by c.i, r.letter order by c.i, r.letter",
  );
  for (const row of answer.rows) {
    metrics.forEach((metric, k) => {
      const value = row[`m${k}`];
      if (typeof value === "number") found[Number(row.i)]?.get(metric)?.set(String(row.letter), value);
    });
  }
  return found;
}
