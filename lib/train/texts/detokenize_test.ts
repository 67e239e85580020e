import { equal } from "node:assert/strict";
import { detokenize } from "./detokenize.ts";

const pubmed = (text: string) => detokenize(text.split(" "), "split-punctuation");
const wiki = (text: string) => detokenize(text.split(" "), "wikitext");

/** Each line: as tokenised, as written. */
function reads(join: (text: string) => string, pairs: [string, string][]) {
  for (const [tokens, text] of pairs) equal(join(tokens), text);
}

Deno.test("detokenize() closes up numbers, abbreviations and compounds of split punctuation", () => {
  reads(pubmed, [
    ["a dose of 0 . 25 mg / kg ( i . v . ) in 1 , 200 rats .", "a dose of 0.25 mg/kg (i.v.) in 1,200 rats."],
    ["on days 2 , 300 , and 400", "on days 2, 300, and 400"],
    ["at 8 : 30 ; ratio : 1 : 10", "at 8:30; ratio: 1:10"],
    ["beta - blocker - induced , pre - and postoperative", "beta-blocker-induced, pre- and postoperative"],
    ["a C - to - T change", "a C-to-T change"],
    ["9 . 5 + / - 2 . 0 ms , from - 5 to 3", "9.5 +/- 2.0 ms, from -5 to 3"],
    ["( Na , K ) - ATPase , K ( + ) , N ( G ) - nitro", "(Na, K)-ATPase, K(+), N(G)-nitro"],
    ["1 , 2 - dichloroethane [ 3 ] .", "1,2-dichloroethane [3]."],
    ["P < 0 . 05 , n = 12 ( 61 % )", "P < 0.05, n = 12 (61%)"],
  ]);
});

Deno.test("detokenize() tells apostrophes from quotation marks", () => {
  reads(pubmed, [
    ["Crohn ' s disease , the patients ' age", "Crohn's disease, the patients' age"],
    ["so - called ' atypical ' drugs of the ' 70s", "so-called 'atypical' drugs of the '70s"],
    ["Smith ' s ' two - hit ' model", "Smith's 'two-hit' model"],
    ['the " gold standard " , " he said', 'the "gold standard", "he said'],
    ["at the 5 ' end", "at the 5' end"],
  ]);
});

Deno.test("detokenize() undoes WikiText's marks", () => {
  reads(wiki, [
    ["a 10 @,@ 000 @-@ seat hall , 0 @.@ 7 – 2 @.@ 2 km", "a 10,000-seat hall, 0.7–2.2 km"],
    ["he 's and they 'll ; ( or $ 2 @.@ 5 million ) !", "he's and they'll; (or $2.5 million)!"],
    ["a dash - or two – stays apart", "a dash - or two – stays apart"],
    ["and / or at 150 km / h", "and/or at 150 km/h"],
    ['" ... later [ ... ] " at 20 ° C', '"...later [...]" at 20 °C'],
  ]);
});
