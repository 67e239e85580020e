/** What the letters view asks of the server. @module */

import { z } from "zod";
import { route, type Routes, Unanswerable } from "../route.ts";
import { letterList, listSchema } from "./letter_list.ts";
import { sourceSchema } from "./sources.ts";

const oneSchema = z.object({ source: sourceSchema, id: z.string() });

/** The routes of the letters view. */
export const lettersRoutes: Routes = {
  "api/letters": route(listSchema, async (query, { letters }) => {
    const list = await letterList(letters, query);
    const [originals] = letters.corpora;
    if (originals) {
      const { readAhead } = await import("./nearest.ts");
      letters.load({ corpus: originals.name }).then((read) => readAhead(read.letters))
        .catch(() => {}); // whoever asks for the nearest letters is told
    }
    return list;
  }),

  "api/letter": route(oneSchema, async ({ source, id }, { letters }) => {
    const { letterView } = await import("./letter_view.ts");
    return await letterView(letters, source, id);
  }),

  "api/nearest": route(oneSchema, async ({ source, id }, { letters }) => {
    const { nearest } = await import("./nearest.ts");
    return await nearest(letters, source, id);
  }),

  "api/candidates": route(oneSchema, async ({ source, id }, { letters }) => {
    const { letters: all, how } = await letters.load(source);
    const letter = await letters.letter(source, id);
    if (!("fills" in letter) || !how) throw new Unanswerable(`no model filled the blanks of letter "${id}".`);
    const { explained } = await import("./explain.ts");
    return await explained(all.map((one) => "masked" in one ? one.masked.letter : one), letter, how);
  }),
};
