/** What is neither a name nor a place nor a number: professions, relatives, everything else. @module */

import type { Language } from "../../text/language.ts";
import type { SurrogateKey } from "./key.ts";
import { drawnUntil, lexicons } from "./lexicon.ts";
import { folded, like } from "./like.ts";

/** Another profession. */
export function professionLike(
  original: string,
  key: SurrogateKey,
  scope: string,
  language: Language,
): string {
  return phraseLike(
    original,
    key.draw("profession", scope, folded(original)),
    lexicons[language].professions,
  );
}

/** A phrase that says no more than that something personal stood there. */
export function otherLike(original: string, key: SurrogateKey, scope: string, language: Language): string {
  return phraseLike(original, key.draw("other", scope, folded(original)), lexicons[language].others);
}

function phraseLike(
  original: string,
  draw: { pick<T>(list: readonly T[]): T },
  list: readonly string[],
): string {
  const phrase = drawnUntil(
    () => draw.pick(list),
    (one) => !folded(one).split(" ").some((word) => word.length > 3 && folded(original).includes(word)),
  );
  return like(original.charAt(0), phrase);
}

/** Where the names stand in what is said of relatives ("madre Teresa Ruiz"): words with a capital, the first one of a relation left aside. */
export function namesAmongRelatives(text: string): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const { 0: word, index } of text.matchAll(/\p{Lu}[\p{L}\p{M}'’-]*/gu)) {
    if (relations.test(word)) continue;
    const last = runs.at(-1);
    if (last && /^\s+(?:(?:de|del|la|las|los|y)\s+)*$/u.test(text.slice(last.end, index))) {
      last.end = index + word.length;
    } else runs.push({ start: index, end: index + word.length });
  }
  return runs;
}

const relations =
  /^(?:padres?|madres?|hij[oa]s?|herman[oa]s?|abuel[oa]s?|t[ií][oa]s?|prim[oa]s?|sobrin[oa]s?|niet[oa]s?|marido|espos[oa]|mujer|pareja|novi[oa]|familia(?:res|r)?|progenitores?|gemel[oa]s?|cuñad[oa]s?|suegr[oa]s?|yerno|nuera|viud[oa]|convivientes?|padre|mother|father|brother|sister|son|daughter|wife|husband|aunt|uncle|cousin|patern[oa]s?|matern[oa]s?|un[oa]?s?|dos|tres|cuatro|cinco|seis|siete|ocho|diez|su|sus|el|la|los|las|mi|no)$/iu;
