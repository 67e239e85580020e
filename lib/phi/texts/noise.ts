/** What hurried fingers, other systems and bad copies do to a text; borders of labels are kept. @module */

import type { Random } from "../../random.ts";
import { pick } from "./choice.ts";
import type { Segment } from "./segments.ts";

/** Changes a text; labels stay on what they were on. */
export type Noise = (segments: readonly Segment[], chance: Random) => Segment[];

const NEIGHBOURS: Readonly<Record<string, string>> = {
  ...{
    a: "sq",
    b: "vn",
    c: "xv",
    d: "sf",
    e: "wr",
    f: "dg",
    g: "fh",
    h: "gj",
    i: "uo",
    j: "hk",
    k: "jl",
    l: "k",
    m: "n",
  },
  ...{
    n: "bm",
    o: "ip",
    p: "o",
    q: "w",
    r: "et",
    s: "ad",
    t: "ry",
    u: "yi",
    v: "cb",
    w: "qe",
    x: "zc",
    y: "tu",
    z: "x",
  },
};
const OCR: Readonly<Record<string, string>> = {
  "0": "O",
  "1": "l",
  "5": "S",
  o: "0",
  l: "1",
  m: "rn",
  e: "c",
  S: "5",
  B: "8",
};

const each =
  (change: (segment: Segment, chance: Random, index: number) => string): Noise => (segments, chance) =>
    segments.map((segment, index) => ({ ...segment, text: change(segment, chance, index) }));
const names = /^(?:PATIENT|CLINICIAN|PERSON|LOCATION|ORGANISATION)$/;

/** All noises, by name, with how often each befalls a text. */
export const noises: ReadonlyMap<string, readonly [share: number, noise: Noise]> = new Map<
  string,
  readonly [number, Noise]
>([
  ["all in small letters", [0.09, each(({ text }) => text.toLowerCase())]],
  ["all in capitals", [0.03, each(({ text }) => text.toUpperCase())]],
  ["names in small letters", [
    0.05,
    each(({ text, label }) => label && names.test(label) ? text.toLowerCase() : text),
  ]],
  ["names in capitals", [
    0.03,
    each(({ text, label }) => label && names.test(label) ? text.toUpperCase() : text),
  ]],
  ["misspelt words", [
    0.07,
    each(({ text }, chance) =>
      text.replace(/\p{L}{4,}/gu, (word) => chance.next() < 0.12 ? misspelt(word, chance) : word)
    ),
  ]],
  ["points left out", [0.06, each(({ text, label }) => label ? text : text.replace(/[.,;:?](?=\s|$)/g, ""))]],
  ["blanks doubled", [
    0.04,
    each(({ text }, chance) => text.replace(/ /g, () => chance.next() < 0.15 ? "  " : " ")),
  ]],
  ["blanks left out", [
    0.02,
    each(({ text, label }, chance) =>
      label ? text : text.replace(/([,.;:]) /g, (all, mark: string) => chance.next() < 0.5 ? mark : all)
    ),
  ]],
  ["diacritics left out", [0.15, each(({ text }) => text.normalize("NFD").replace(/\p{M}/gu, ""))]],
  ["copied by machine", [
    0.015,
    each(({ text }, chance) => Array.from(text, (c) => chance.next() < 0.05 ? OCR[c] ?? c : c).join("")),
  ]],
  ["words left out", [
    0.1,
    each(({ text, label }, chance) =>
      label ? text : text.replace(/(?<=\s)\p{L}+ /gu, (word) => chance.next() < 0.2 ? "" : word)
    ),
  ]],
  ["words out of order", [
    0.08,
    each(({ text, label }, chance) =>
      label
        ? text
        : text.replace(/(\p{L}+) (\p{L}+)/gu, (all, a: string, b: string) =>
          chance.next() < 0.2 ? `${b} ${a}` : all)
    ),
  ]],
  ["lines run together", [0.06, each(({ text }) => text.replace(/\n+/g, " "))]],
]);

/** The segments after some noises, each drawn by its share. */
export function noisy(segments: readonly Segment[], chance: Random): Segment[] {
  let result = [...segments];
  for (const [share, noise] of noises.values()) if (chance.next() < share) result = noise(result, chance);
  return result;
}

function misspelt(word: string, chance: Random): string {
  const at = 1 + chance.below(word.length - 2);
  const [before, here, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  switch (chance.below(4)) {
    case 0:
      return before + after;
    case 1:
      return before + here + here + after;
    case 2:
      return before + after.charAt(0) + here + after.slice(1);
    default:
      return before + pick(chance, [...NEIGHBOURS[here.toLowerCase()] ?? here]) + after;
  }
}
