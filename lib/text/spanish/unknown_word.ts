/** What a Spanish word that no list holds probably is, by its ending. @module */

import type { PartOfSpeech } from "../part_of_speech.ts";

/** The first that matches decides; clinical endings first, since letters are full of them. */
const suffixes: readonly (readonly [RegExp, PartOfSpeech])[] = [
  [/mente$/, "ADV"],
  [
    /(?:ción|ciones|sión|siones|dad|dades|miento|mientos|itis|osis|oma|omas|emia|uria|patía|patías|algia|algias|ectomía|grafía|grafías|scopia|scopias|plastia|tomía|ncia|ncias|aje|ismo|logía|tud|ura|uras|or|ores|ina|inas|ol|ona)$/,
    "NOUN",
  ],
  [
    /(?:os[oa]s?|iv[oa]s?|ic[oa]s?|[íi]ac[oa]s?|al|ales|bles?|ari[oa]s?|eal|eales|oide[oa]?s?|áne[oa]s?|ent[oa]s?|ante|antes|ular|ulares|[ií]fic[oa]s?|gen[oa]s?|forme|formes)$/,
    "ADJ",
  ],
  [/(?:ad[oa]s?|id[oa]s?)$/, "ADJ"],
  [/(?:ando|iendo|yendo|aron|ieron|aba|aban|ó|ará|arán|ería|iría)$/, "VERB"],
  [/(?:ar|izar|ificar)(?:se|l[oae]s?)?$/, "VERB"],
];

/** The part of speech that a word in lower case has by its ending; a noun where no ending says more. */
export function unknownWord(word: string): PartOfSpeech {
  return suffixes.find(([suffix]) => suffix.test(word))?.[1] ?? "NOUN";
}
