/** The lists that stand-ins are drawn from, `data/lexicons/surrogates-{en,es}.json`. @module */

import { z } from "zod";
import en from "../../../data/lexicons/surrogates-en.json" with { type: "json" };
import es from "../../../data/lexicons/surrogates-es.json" with { type: "json" };
import byCulture from "../../../data/lexicons/names-by-culture.json" with { type: "json" };
import type { Language } from "../../text/language.ts";
import type { Draw } from "./key.ts";

const list = z.array(z.string()).min(1);
const schema = z.object({
  given: z.object({ female: list, male: list, either: list }),
  /** More first names whose gender is known; they are no stand-ins. */
  known: z.object({ female: list, male: list }),
  surnames: z.record(z.string(), list),
  places: z.object({ first: list, last: list }),
  streets: list,
  states: list.optional(),
  state_codes: list.optional(),
  countries: list,
  professions: list,
  others: list,
  words: list,
});

/** The lists of one language. */
export type Lexicon = z.infer<typeof schema>;

/** By language. */
export const lexicons: Readonly<Record<Language, Lexicon>> = { en: schema.parse(en), es: schema.parse(es) };

const { about: _, ...given } = byCulture;

/** First names by culture, where those of English or Spanish would be another's. */
export const givenByCulture: Readonly<
  Record<string, { readonly female: readonly string[]; readonly male: readonly string[] }>
> = z.record(z.string(), z.object({ female: list, male: list })).parse(given);

/**
 * The name of a town that does not exist.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "./key.ts";
 * import { inventedPlace } from "./lexicon.ts";
 * import { ok } from "node:assert/strict";
 * ok(/^[A-Z][a-z]+$/.test(inventedPlace(surrogateKey("0123456789abcdef").draw("town"), "en")));
 * ```
 */
export function inventedPlace(draw: Draw, language: Language): string {
  const { first, last } = lexicons[language].places;
  return draw.pick(first) + draw.pick(last);
}

/** Draws until something passes. @throws {Error} when nothing does in 1,000 draws */
export function drawnUntil(draw: () => string, passes: (candidate: string) => boolean): string {
  for (let i = 0; i < 1000; i++) {
    const candidate = draw();
    if (passes(candidate)) return candidate;
  }
  throw new Error("no stand-in is left for it. Replace fewer things a letter, or choose another policy.");
}
