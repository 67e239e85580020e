/** The list of letters: searched, a page at a time. @module */

import { z } from "zod";
import type { Condition } from "../results/condition_query.ts";
import { type LetterSources, sourceSchema } from "./sources.ts";

/** Which letters are listed. */
export const listSchema = z.object({
  source: sourceSchema,
  /** Letters that hold this, in id or text; capitals make no difference. */
  search: z.string().default(""),
  /** Letters with a span of this label. */
  label: z.string().optional(),
  from: z.int().min(0).default(0),
  count: z.int().min(1).max(500).default(100),
});

/** A page of the list. */
export interface LetterList {
  readonly total: number;
  readonly of: number;
  readonly letters: readonly {
    readonly id: string;
    readonly specialty: string | null;
    readonly spans: number;
  }[];
  /** Labels of spans, by how often they come. */
  readonly labels: readonly { readonly label: string; readonly count: number }[];
  /** The cells that the source's condition fits; the letters are the first one's. */
  readonly cells?: readonly Condition[];
}

/**
 * The letters of a source that hold what is searched for.
 *
 * @throws {Unanswerable} as the source does
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { openResults } from "../results/open_results.ts";
 * import { letterSources } from "./sources.ts";
 * import { letterList, listSchema } from "./letter_list.ts";
 * import { equal } from "node:assert/strict";
 * const { letters, synthetic, results, runs } = await tinyProject(await Deno.makeTempDir());
 * const corpora = [{ name: "letters", path: letters }, { name: "synthetic", path: synthetic }];
 * const sources = letterSources(corpora, await openResults(results), runs);
 * const query = listSchema.parse({ source: { corpus: "letters" }, search: "Aspirin 77" });
 * equal((await letterList(sources, query)).total, 1);
 * ```
 */
export async function letterList(
  sources: LetterSources,
  query: z.output<typeof listSchema>,
): Promise<LetterList> {
  const { letters, cells } = await sources.load(query.source);
  const { label, from, count } = query;
  const search = query.search.trim().toLowerCase();
  const found = letters.filter(({ id, text, spans }) =>
    (label === undefined || spans.some((span) => span.label === label)) &&
    (search === "" || id.toLowerCase().includes(search) || text.toLowerCase().includes(search))
  );
  const counts = new Map<string, number>();
  for (const { spans } of letters) {
    for (const span of spans) counts.set(span.label, (counts.get(span.label) ?? 0) + 1);
  }
  return {
    ...{ total: found.length, of: letters.length },
    letters: found.slice(from, from + count).map(({ id, meta, spans }) => ({
      id,
      specialty: meta.specialty ?? null,
      spans: spans.length,
    })),
    labels: [...counts].sort(([, a], [, b]) => b - a).map(([label, count]) => ({ label, count })),
    ...cells && { cells },
  };
}
