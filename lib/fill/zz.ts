import { letters } from "../corpus/letters.ts"; import { mask } from "../mask/mask.ts"; import { maskedLetter } from "../mask/rewrite.ts";
import { trigram } from "./trigram.ts"; import { frequentWord } from "./frequent_word.ts"; import { applyFills } from "./apply_fills.ts";
import { words } from "../text/words.ts"; import { encoder } from "./encoder.ts"; import { protect, reasons } from "../mask/protect.ts";
const time = async <T>(n: string, f: () => T | Promise<T>) => { const s = performance.now(); const r = await f(); console.log(n, (performance.now() - s).toFixed(0), "ms"); return r; };
const c = await time("read", () => letters("/tmp/letters_try"));
for (let k = 0; k < 3; k++) {
await time("words", () => c.forEach(l => words(l.text)));
for (const r of reasons) await time("  " + r, () => c.forEach(l => protect(l, [r])));
const m = await time("mask .5", () => mask(c, { strategy: "random", ratio: .5, seed: 42 }));
await time("maskedLetter", () => m.map(x => maskedLetter(x, "[MASK]")));
const t = trigram(c); const f = frequentWord(c);
await time("frequent", () => f.fill(m)); 
const fills = await time("trigram+train", () => t.fill(m)); await time("trigram", () => t.fill(m));
await time("apply", () => m.map((x, i) => applyFills(x, fills[i] ?? [])));
const fake = { name: "f", maxLength: 512, maskId: 0, clsId: 1, sepId: 2, padId: 3, pieces: () => [5], piece: () => "well", best: (w: readonly {masked: readonly number[]}[]) => Promise.resolve(w.map(x => x.masked.map(() => ({raw: 5, word: 5})))) };
await time("encoder (fake)", () => encoder(fake).fill(m));
if (k == 2) {
 const ws = m.flatMap(x => x.words), pr = m.flatMap(x => x.protectedBy); console.log(c.length, "letters", ws.length, "words", pr.filter(x => x === undefined).length, "maskable", m.flatMap(x => x.masked).length, "masked");
 console.log(Object.entries(Object.groupBy(pr, x => x ?? "free")).map(([k, v]) => `${k} ${v?.length}`));
 let right = 0, rf = 0, n = 0; const ff = await f.fill(m);
 m.forEach((x, i) => fills[i]?.forEach((y, j) => { n++; const o = x.words[y.word]?.text; right += +(o === y.text); rf += +(o === ff[i]?.[j]?.text); }));
 console.log("trigram acc", right / n, "frequent acc", rf / n);
 console.log(applyFills(m[0]!, fills[0]!).text.slice(0, 900)); console.log(m.find(x => x.letter.id == "cardiology-01")!.words.filter((_, i) => m.find(x => x.letter.id == "cardiology-01")!.protectedBy[i] === undefined).map(w => w.text).join(" ").slice(0, 600));
}}
