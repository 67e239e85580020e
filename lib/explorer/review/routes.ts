/** What the review asks of the server. @module */

import { z } from "zod";
import type { Letter } from "../../corpus/letter.ts";
import { readerTable } from "../../report/cell_text.ts";
import { toCsv } from "../../report/csv.ts";
import { toLatex } from "../../report/latex.ts";
import { toMarkdown } from "../../report/markdown.ts";
import type { Table } from "../../report/table.ts";
import { Download, type Explorer, route, type Routes, Unanswerable } from "../route.ts";
import { agreementTable } from "./agreement.ts";
import { decisionSchema, keyOf, reviewerSchema, spanSchema, type Unit } from "./entry.ts";
import type { ReviewHistory } from "./history.ts";
import { isDisputed, outcomeOf, type ReviewedLetter, type SeenUnit } from "./reviewed_letter.ts";
import { reviewedList, reviewedSchema, unitsOf } from "./reviewed_list.ts";

const oneSchema = z.object({ corpus: z.string(), reviewer: reviewerSchema, id: z.string() });
const corpusSchema = z.object({ corpus: z.string() });

/** A letter as its reviewer sees it. */
export interface LetterInReview {
  readonly id: string;
  readonly text: string;
  readonly units: readonly (SeenUnit & {
    readonly span: Unit;
    readonly outcome: ReturnType<typeof outcomeOf>;
    readonly disputed: boolean;
  })[];
  readonly done: boolean;
  /** Both reviewers are done: what is decided now adjudicates. */
  readonly open: boolean;
}

/** The routes of the review. */
export const reviewRoutes: Routes = {
  "api/review/letters": route(
    reviewedSchema,
    (query, explorer) => reviewedList(explorer.letters, historyOf(explorer), query),
  ),

  "api/review/letter": route(oneSchema, async ({ corpus, reviewer, id }, explorer) => {
    const letter = await explorer.letters.letter({ corpus }, id);
    return inReview(letter, await historyOf(explorer).letter(corpus, id), reviewer);
  }),

  "api/review/decide": route(
    oneSchema.extend({ span: spanSchema.nullable(), ...decisionSchema.shape }),
    async ({ corpus, reviewer, id, span, decision, comment }, explorer) => {
      const letter = await explorer.letters.letter({ corpus }, id);
      if (!unitsOf(letter.spans).some((unit) => keyOf(unit) === keyOf(span))) {
        throw new Unanswerable(`letter "${id}" has no such span. Load the page again.`);
      }
      const review = await historyOf(explorer).add(corpus, id, (now) => {
        const said = { reviewer, span, decision, comment };
        if (now.open) return { ...said, adjudicated: true };
        if (now.isDone(reviewer)) {
          throw new Unanswerable(
            `you are done with letter "${id}". Go on with it to change what you decided.`,
          );
        }
        return said;
      });
      return inReview(letter, review, reviewer);
    },
    "write",
  ),

  "api/review/done": route(oneSchema.extend({ done: z.boolean() }), async (query, explorer) => {
    const { corpus, reviewer, id, done } = query;
    const letter = await explorer.letters.letter({ corpus }, id);
    const review = await historyOf(explorer).add(corpus, id, (now) => {
      if (now.open) {
        throw new Unanswerable(`two reviewers are done with letter "${id}". Decide now what is disputed.`);
      }
      return { reviewer, done };
    });
    return inReview(letter, review, reviewer);
  }, "write"),

  "api/review/agreement": route(corpusSchema, async ({ corpus }, explorer) => {
    const table = await agreementOf(corpus, explorer);
    const { heads, rows } = readerTable(table);
    const columns = table.columns.map(({ name }, i) => ({ name, ...heads[i] }));
    return { caption: table.caption, columns, rows };
  }),

  "export/agreement": route(
    corpusSchema.extend({ as: z.enum(["csv", "tex", "md"]) }),
    async ({ corpus, as }, explorer) => {
      const table = await agreementOf(corpus, explorer);
      const name = `agreement.${as}`;
      if (as === "csv") return new Download(name, "text/csv; charset=utf-8", toCsv(table));
      return as === "tex"
        ? new Download(name, "application/x-tex; charset=utf-8", toLatex(table, "agreement"))
        : new Download(name, "text/markdown; charset=utf-8", toMarkdown(table));
    },
  ),

  "api/review/export": route(
    z.object({ corpus: z.string(), reviewer: reviewerSchema, rejected: z.enum(["left out", "kept"]) }),
    async ({ corpus, reviewer, rejected }, explorer) => {
      const history = historyOf(explorer);
      const { letters } = await explorer.letters.load({ corpus });
      const reviewed = await history.letters(corpus, letters.map(({ id }) => id));
      const { annotated } = await import("./brat_export.ts");
      const { writeLetters } = await import("../../corpus/write_letters.ts");
      const told = letters.flatMap((letter) => {
        const review = reviewed.get(letter.id);
        const seen = review && (review.open || review.hasBegun(reviewer));
        return seen ? [annotated(letter, review, reviewer, rejected)] : [];
      });
      if (told.length === 0) throw new Unanswerable("nothing is decided yet. Accept or reject a span first.");
      const path = `${history.folder}/brat/${corpus.replaceAll(/[/\\]/g, "-")}-${reviewer}`;
      try {
        await writeLetters(path, told, { format: "brat" });
      } catch (error) {
        throw new Unanswerable(error instanceof Error ? error.message : String(error), { cause: error });
      }
      return { path, letters: told.length };
    },
    "write",
  ),
};

function historyOf({ review }: Explorer): ReviewHistory {
  if (review) return review;
  throw new Unanswerable("no folder for a review. Start with --review FOLDER.");
}

async function agreementOf(corpus: string, explorer: Explorer): Promise<Table> {
  const { letters } = await explorer.letters.load({ corpus });
  return agreementTable(letters, await historyOf(explorer).letters(corpus, letters.map(({ id }) => id)));
}

function inReview({ id, text, spans }: Letter, review: ReviewedLetter, reviewer: string): LetterInReview {
  return {
    ...{ id, text, done: review.isDone(reviewer), open: review.open },
    units: unitsOf(spans).map((span) => {
      const seen = review.seen(span, reviewer);
      return { span, ...seen, outcome: outcomeOf(seen), disputed: isDisputed(seen) };
    }),
  };
}
