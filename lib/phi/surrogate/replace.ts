/** Letters with stand-ins for what would identify someone. @module */

import type { Letter, Span } from "../../corpus/letter.ts";
import { type Language, languageOf } from "../../text/language.ts";
import { coarseAge } from "./ages.ts";
import { monthPattern } from "./dates/months.ts";
import { anchorOf, dateOrder, drawnShift } from "./dates/setting.ts";
import { type DateSetting, shiftedDates } from "./dates/shift.ts";
import type { SurrogateKey } from "./key.ts";
import { LabelMap, type SurrogateSort } from "./label_sets.ts";
import { folded } from "./like.ts";
import { patientGender } from "./names/patient_gender.ts";
import { nameParts } from "./names/name_parts.ts";
import { type Mention, People } from "./names/people.ts";
import { checkLanguage } from "./other_language.ts";
import { emailLike, ipLike, urlLike } from "./numbers/electronic.ts";
import { identifierLike, plateLike } from "./numbers/identifier.ts";
import { phoneLike } from "./numbers/phone.ts";
import { namesAmongRelatives, otherLike, professionLike } from "./others.ts";
import { organisationLike } from "./places/organisation.ts";
import { countryLike, placeLike } from "./places/place.ts";
import { checkPolicy, type SurrogatePolicy } from "./policy.ts";

const month = new RegExp(monthPattern, "iu");

/** A span that is replaced, `[start, end)` in UTF-16 code units of the letter as it was. */
interface Target extends Span {
  readonly kind: string;
  readonly sort: SurrogateSort;
  readonly text: string;
}

/** Replaces identifying data by stand-ins. */
export type Replacer = (letter: Letter) => Letter;

/**
 * A function that writes stand-ins for the identifying spans of a letter, all drawn by a keyed hash. The text between spans
 * stays as it is, and so do clinical spans; all spans are at their new offsets. What a file of BRAT standoff or a corpus says besides (`standoff`,
 * `meta`) is left out, for it may identify too; `meta.fold` and `meta.specialty` stay.
 *
 * @throws {Error} the function does, naming letter and span, quoting no text: for a label without a mapping, spans that overlap, are empty,
 * discontinuous or lie outside the letter, a date that cannot be or leaves the calendar, text in another language than English or
 * Spanish. Leave such a letter out: nothing of it is replaced.
 *
 * @example
 * ```ts
 * import { surrogateKey } from "./key.ts";
 * import { replacer } from "./replace.ts";
 * import { equal, ok } from "node:assert/strict";
 * const text = "Mrs Ana Ortega was seen on 3 May 2021. Ortega's cough is better.";
 * const spans = [[4, 14, "PATIENT"], [27, 37, "DATE"], [39, 45, "PATIENT"]].map(([start, end, label]) =>
 *   ({ start: Number(start), end: Number(end), label: String(label) }));
 * const replaced = replacer(surrogateKey("0123456789abcdef"))({ id: "a", text, spans, meta: {} });
 * const [name, date, again] = replaced.spans.map(({ start, end }) => replaced.text.slice(start, end));
 * ok(!replaced.text.includes("Ortega") && name?.endsWith(` ${again}`));
 * equal(replaced.text, `Mrs ${name} was seen on ${date}. ${again}'s cough is better.`);
 * ```
 */
export function replacer(
  key: SurrogateKey,
  policy: SurrogatePolicy = {},
  labels: LabelMap = new LabelMap(),
): Replacer {
  checkPolicy(policy, labels);
  return (letter) => {
    const targets = targetsOf(letter, policy, labels);
    checkLanguage(letter, policy.language);
    return targets.length === 0 ? bare(letter) : rewritten(letter, targets, key, policy);
  };
}

function targetsOf({ id, text, spans }: Letter, policy: SurrogatePolicy, labels: LabelMap): Target[] {
  const targets: Target[] = [];
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const where = place(id, span);
    if (
      !(Number.isInteger(span.start) && Number.isInteger(span.end) && span.start >= 0 &&
        span.end > span.start && span.end <= text.length)
    ) {
      throw new Error(`${where} is empty or lies outside the letter [0, ${text.length}). Fix its offsets.`);
    }
    if (span.start < end) throw new Error(`${where} overlaps the span before it. Keep one of them.`);
    if (span.fragments) throw new Error(`${where} is in several parts. Make each a span.`);
    end = span.end;
    if (policy.labels && !policy.labels.includes(span.label)) continue;
    const meaning = named(where, () => labels.meaning(span.label));
    if (meaning === undefined || meaning.sort === "kept") continue;
    const covered = text.slice(span.start, span.end);
    if (
      meaning.sort === "name" && /\p{L}/u.test(covered) &&
      nameParts(covered).every(({ role }) => role === "fixed")
    ) continue; // "Dr."
    if (!/[\p{L}\p{N}]/u.test(covered)) continue; // a blank: nothing identifies
    targets.push({
      ...span,
      kind: meaning.kind ?? "PERSON",
      sort: sortOf(meaning.sort, covered),
      text: covered,
    });
  }
  return targets;
}

/** Where annotators gave a date's or a number's label to something else, how it is replaced goes by what it is. */
function sortOf(sort: SurrogateSort, text: string): SurrogateSort {
  if (sort !== "email" && sort !== "url" && /^\S+@\S+\.\S+$/.test(text)) return "email";
  if (sort === "date" && /^\d+\s+(?:años|years)/iu.test(text)) return "age";
  if (sort === "date" && /^\+?[\d ]{9,}$/.test(text) && /^(?:\D*\d){9,}/.test(text)) return "phone";
  if ((sort === "country" || sort === "name") && /^\d+\s+(?:años|years)/iu.test(text)) return "age";
  if (sort === "name" && !/\p{L}/u.test(text)) return "id";
  if ((sort === "id" || sort === "phone") && !/\d/.test(text) && /\p{Ll}{2}/u.test(text)) return "other";
  return sort;
}

function rewritten(
  letter: Letter,
  targets: readonly Target[],
  key: SurrogateKey,
  policy: SurrogatePolicy,
): Letter {
  const language = policy.language ?? languageOf(letter.text);
  const scope = policy.scope === "corpus" ? "corpus" : `letter ${letter.id}`;
  const mentions = targets.flatMap((target) => mentionsOf(letter.text, target));
  const people = new People(key, scope, policy, language, mentions, patientGender(letter, language));
  const dates = dateSetting(letter, targets, key, policy, language, people);
  const setting = { key, scope, language, people };
  const standIn = (target: Target): string => {
    const { text, sort, end } = target;
    switch (sort) {
      case "name":
      case "relative":
        return mentionsOf(letter.text, target).toReversed().reduce((result, mention) => {
          const at = mention.start - target.start;
          return result.slice(0, at) + people.standIn(mention) + result.slice(at + mention.text.length);
        }, text);
      case "date":
        return shiftedDates(text, dates) ?? otherLike(text, key, scope, language);
      case "age":
        return coarseAge(text, letter.text.slice(end, end + 12), policy.ages);
      case "place":
      case "street":
        return placeLike(text, setting, sort === "street");
      case "country":
        return countryLike(text, setting);
      case "organisation":
        return organisationLike(text, setting);
      case "profession":
        return professionLike(text, key, scope, language);
      case "phone":
        return phoneLike(text, key, scope, language);
      case "email":
        return emailLike(text, setting);
      case "url":
        return urlLike(text, setting);
      case "ip":
        return ipLike(text, setting);
      case "id":
        return identifierLike(text, key, scope);
      case "vehicle":
        return plateLike(text, key, scope);
      default:
        return otherLike(text, key, scope, language);
    }
  };
  const standIns = new Map(targets.map((target) => [
    target.start,
    named(place(letter.id, target), () => {
      const result = standIn(target);
      if (!mayStay(target, policy) && folded(result) === folded(target.text)) {
        throw new Error("has no stand-in other than itself. Give it another label, or leave the letter out.");
      }
      return result;
    }),
  ]));
  return spliced(letter, standIns);
}

/** Whether a stand-in may be what it stands for: ages, relations; kept initials; a day alone, where the shift is not this letter's. */
function mayStay({ sort, text }: Target, { initials }: SurrogatePolicy): boolean {
  if (sort === "name") return initials === "keep" && /^(?:\p{Lu}[. -]*){1,4}$/u.test(text);
  if (sort === "date") return /^\D*\d{1,2}\D*$/.test(text) && !month.test(text);
  return sort === "age" || sort === "relative";
}

/** The names in a span: all of it, or what of a relative's is a name. */
function mentionsOf(text: string, { start, end, kind, sort, text: covered }: Target): Mention[] {
  if (sort !== "name" && sort !== "relative") return [];
  const runs = sort === "name" ? [{ start: 0, end: end - start }] : namesAmongRelatives(covered);
  return runs.map((run) => ({
    start: start + run.start,
    text: covered.slice(run.start, run.end),
    kind,
    before: text.slice(Math.max(0, start + run.start - 40), start + run.start),
  }));
}

function dateSetting(
  letter: Letter,
  targets: readonly Target[],
  key: SurrogateKey,
  policy: SurrogatePolicy,
  language: Language,
  people: People,
): DateSetting {
  const dates = targets.filter(({ sort }) => sort === "date").map(({ text }) => text);
  const order = policy.dateOrder ?? dateOrder(letter.text, dates, language);
  const { dates: by = policy.scope === "corpus" ? "patient" : "letter" } = policy;
  const number = targets.find(({ kind }) => kind === "MRN")?.text.replace(/[^\p{L}\p{N}]/gu, "");
  const who = by === "letter" ? undefined : letter.meta["patient"] ?? people.patient ?? number;
  const rest = { order, language, anchor: anchorOf(dates, order) };
  const draw = key.draw("shift", who === undefined ? `letter ${letter.id}` : `patient ${folded(who)}`);
  let setting = { ...rest, shift: policy.shiftDays ?? drawnShift(draw) };
  if (who !== undefined || policy.shiftDays !== undefined) return setting;
  for (let i = 0; i < 20 && dates.some((date) => stays(date, setting)); i++) {
    setting = { ...rest, shift: drawnShift(draw) };
  }
  return setting;
}

/** Whether a date is the same when it is shifted: "the 5th", by chance. */
function stays(date: string, setting: DateSetting): boolean {
  try {
    return shiftedDates(date, setting) === date;
  } catch {
    return false; // told where it is replaced
  }
}

/** The letter with the stand-ins in their places, all spans moved. */
function spliced(letter: Letter, standIns: ReadonlyMap<number, string>): Letter {
  const parts: string[] = [];
  const spans: Span[] = [];
  let [position, length] = [0, 0];
  for (const span of letter.spans.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const between = letter.text.slice(position, span.start);
    const text = standIns.get(span.start) ?? letter.text.slice(span.start, span.end);
    parts.push(between, text);
    const start = length + between.length;
    spans.push({ ...span, start, end: start + text.length });
    [position, length] = [span.end, start + text.length];
  }
  parts.push(letter.text.slice(position));
  return { ...bare(letter), text: parts.join(""), spans };
}

/** A letter without what may identify beside its text. */
function bare({ id, text, spans, meta }: Letter): Letter {
  return {
    id,
    text,
    spans,
    meta: Object.fromEntries(
      Object.entries(meta).filter(([name]) => name === "fold" || name === "specialty"),
    ),
  };
}

function place(id: string, { start, end, label }: Span): string {
  return `letter ${id}: ${label} span [${start}, ${end})`;
}

function named<T>(where: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
