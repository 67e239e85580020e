/** What the view of a tagger's errors asks of the server. @module */

import { z } from "zod";
import type { LetterSources } from "../letters/sources.ts";
import { readerTable } from "../../report/cell_text.ts";
import { toCsv } from "../../report/csv.ts";
import { toLatex } from "../../report/latex.ts";
import { toMarkdown } from "../../report/markdown.ts";
import type { Letter } from "../../corpus/letter.ts";
import { Download, route, type Routes } from "../route.ts";
import { confusionTable } from "./confusion.ts";
import { chosenErrors, errorsSchema, errorsTable, shownError } from "./error_list.ts";
import { errorKinds, type TaggerErrors, taggerErrors } from "./tagger_errors.ts";

/** The routes of the view. */
export const errorsRoutes: Routes = {
  "api/errors": route(errorsSchema, async (query, { letters }) => {
    const all = await errorsOf(letters, query);
    const { kind: _, ...anyKind } = query;
    const ofLabel = chosenErrors(all, anyKind);
    const found = query.kind === undefined ? ofLabel : ofLabel.filter(({ kind }) => kind === query.kind);
    const { table, heads, rows } = confusionOf(all);
    return {
      total: found.length,
      letters: all.letters,
      confident: all.confident,
      notes: all.notes,
      kinds: errorKinds.map((kind) => ({ kind, count: ofLabel.filter((one) => one.kind === kind).length })),
      labels: table.rows.flatMap(({ gold, missed }) => missed === null ? [] : [gold]),
      errors: found.slice(query.from, query.from + query.count).map(shownError),
      confusion: {
        caption: table.caption,
        columns: table.columns.map(({ name }, i) => ({ name, ...heads[i] })),
        rows,
      },
    };
  }),

  "export/errors": route(
    z.object({ query: errorsSchema, of: z.enum(["errors", "confusion"]), as: z.enum(["csv", "tex", "md"]) }),
    async ({ query, of, as }, { letters }) => {
      const all = await errorsOf(letters, query);
      const table = of === "errors" ? errorsTable(chosenErrors(all, query)) : confusionOf(all).table;
      const name = `${of}.${as}`;
      if (as === "csv") return new Download(name, "text/csv; charset=utf-8", toCsv(table));
      return as === "tex"
        ? new Download(name, "application/x-tex; charset=utf-8", toLatex(table, of))
        : new Download(name, "text/markdown; charset=utf-8", toMarkdown(table));
    },
  ),
};

/** Corpora stay in memory, and with them how they compare. */
const compared = new WeakMap<readonly Letter[], WeakMap<readonly Letter[], TaggerErrors>>();

async function errorsOf(
  sources: LetterSources,
  names: { readonly gold: string; readonly predicted: string },
): Promise<TaggerErrors> {
  const { letters: gold } = await sources.load({ corpus: names.gold });
  const { letters: predicted } = await sources.load({ corpus: names.predicted });
  const known = compared.get(gold) ?? new WeakMap<readonly Letter[], TaggerErrors>();
  compared.set(gold, known);
  const errors = known.get(predicted) ?? taggerErrors(gold, predicted);
  known.set(predicted, errors);
  return errors;
}

const confusions = new WeakMap<TaggerErrors, ReturnType<typeof confused>>();

function confused(all: TaggerErrors) {
  const table = confusionTable(all);
  return { table, ...readerTable(table) };
}

/** As the errors, it is counted once. */
function confusionOf(all: TaggerErrors): ReturnType<typeof confused> {
  const known = confusions.get(all) ?? confused(all);
  confusions.set(all, known);
  return known;
}
