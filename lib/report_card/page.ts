/** A report card as one page that opens anywhere, without a network. @module */

import type { Letter } from "../corpus/letter.ts";
import { escapeHtml } from "../escape_html.ts";
import { htmlPage } from "../report/html_page.ts";
import { tableHtml } from "../report/table_html.ts";
import { vegaLiteSvg } from "../report/vega_lite.ts";
import type { Finding, LeftOut, Listing, Measure, Quote, ReportCard, Section } from "./card.ts";
import { measureFigure } from "./figures.ts";
import type { Corpus } from "./material.ts";
import { AS_REAL_NOTE, measuresTable } from "./measures_table.ts";
import { pageStyle } from "./page_style.ts";
import { readings } from "./tables.ts";

/** The letters that the page quotes from. */
export interface QuotedLetters {
  readonly real: readonly Letter[];
  readonly synthetic: readonly Corpus[];
}

/** Around what is quoted, so much of the letter in code units. */
const CONTEXT = 40;
/** Of a long stretch its beginning is shown. */
const LONGEST = 320;

/**
 * The page of a report card: a table and figures for each section, the letters to look at with what gives them away, and the signatures. A
 * content security policy forbids every request and script, and all text of letters is escaped.
 *
 * @param letters what is quoted; without them the page says where to look, and quotes no letter
 * @throws {Error} when a figure can't be drawn
 *
 * @example
 * ```ts
 * import { reportPage } from "./page.ts";
 * import { reportCard } from "./report_card.ts";
 * import { match, ok } from "node:assert/strict";
 * const real = ["Ann", "Bo", "Cy", "Di"].map((name) => ({ id: name, text: `<script>Mrs ${name}</script>`, spans: [], meta: {} }));
 * const synthetic = [{ name: "same", letters: real }];
 * const card = await reportCard(real, synthetic, { embeddings: false, utility: false });
 * const page = await reportPage(card, { real, synthetic });
 * match(page, /^<!doctype html>/);
 * ok(!page.includes("<script"));
 * ```
 */
export async function reportPage(card: ReportCard, letters?: QuotedLetters): Promise<string> {
  const { real, holdout, synthetic, sections, seed } = card;
  const quotes = letters && new Quotes(letters);
  const parts: string[] = [];
  for (const section of sections) parts.push(await sectionHtml(section, quotes));
  const names = synthetic.map(({ name }) => name).join(", ");
  const aside = holdout.from === "given"
    ? `${holdout.letters} real letters of a holdout`
    : `${holdout.letters} of the real letters, set aside by seed ${seed}`;
  const main = `<h1>Report card</h1>
<p>${
    escapeHtml(
      `${
        synthetic.length === 1 ? "One synthetic corpus" : `${synthetic.length} synthetic corpora`
      } against ${holdout.against} real letters. ` +
        `Beside every number stands what real letters get: ${aside}. Intervals are of 95%. ${AS_REAL_NOTE} There is no overall grade.`,
    )
  }</p>
<div class="scroll" tabindex="0">${corporaTable(card)}</div>
<nav aria-label="Sections"><ul>${
    sections.map(({ name, title }) => `<li><a href="#${name}">${escapeHtml(title)}</a></li>`).join("")
  }</ul></nav>
${parts.join("\n")}
<p class="soft">${
    escapeHtml(`Language of the real letters: ${real.language}. Seed: ${seed}. Format: ${card.format}.`)
  }</p>`;
  return htmlPage({ title: `Report card: ${names}`, style: pageStyle, main });
}

function corporaTable({ real, synthetic }: ReportCard): string {
  return tableHtml({
    columns: [
      { name: "corpus", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "language", kind: "text" },
      { name: "paired", title: "paired by id", kind: "integer" },
    ],
    rows: [
      { corpus: real.name, letters: real.letters, language: real.language, paired: null },
      ...synthetic.map(({ name, letters, language, paired }) => ({
        corpus: name,
        letters,
        language,
        paired,
      })),
    ],
  });
}

async function sectionHtml(section: Section, quotes: Quotes | undefined): Promise<string> {
  const { name, title, about, measures, listings, leftOut, notes = [], texts = [] } = section;
  const figures: string[] = [];
  for (const measure of measures.filter(({ drawn }) => drawn)) figures.push(await figureHtml(measure));
  const shown = measures.length === 0 ? "" : `
<div class="figures">${figures.join("\n")}</div>
<div class="scroll" tabindex="0">${measuresTable(title, measures)}</div>
${signatures(measures)}`;
  return `<section id="${name}" aria-labelledby="${name}-title">
<h2 id="${name}-title">${escapeHtml(title)}</h2>
${
    [about, ...notes].filter((text) => text !== "").map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")
  }${shown}
${texts.map(textHtml).join("\n")}
${listings.map((listing) => listingHtml(listing, quotes)).join("\n")}
${leftOutHtml(leftOut)}
</section>`;
}

async function figureHtml(measure: Measure): Promise<string> {
  const { title, spec } = measureFigure(measure);
  const label = readings(measure).map(({ corpus, value }) => `${corpus} ${value?.toFixed(3) ?? "none"}`).join(
    ", ",
  );
  return `<figure><figcaption>${
    escapeHtml(`${title} (${lettersOf(measure)})`)
  }</figcaption><div class="scroll" role="img" aria-label="${
    escapeHtml(`${title}: ${label}`)
  }">${await vegaLiteSvg(spec)}</div></figure>`;
}

/** Of how many letters the numbers are. */
function lettersOf(measure: Measure): string {
  const counts = readings(measure).filter(({ value }) => value !== null).map(({ n }) => n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `n = ${least}` : `n = ${least} to ${most}`;
}

function signatures(measures: readonly Measure[]): string {
  const entries = measures.map((measure) => {
    const counts = readings(measure).map(({ corpus, n, p, runs, reason }) => {
      const seeds = runs ? `, by seed ${runs.map((run) => run.toFixed(3)).join(", ")}` : "";
      return `${corpus}: ${
        reason ?? `n = ${n}${p === undefined ? "" : `, p = ${p.toPrecision(2)}`}${seeds}`
      }`;
    });
    return `<dt>${escapeHtml(measure.title)}</dt><dd><code>${escapeHtml(measure.signature)}</code><br>${
      escapeHtml(counts.join("; "))
    }</dd>`;
  });
  return `<details><summary>What exactly was computed, and of how many letters</summary><dl class="signatures">${
    entries.join("\n")
  }</dl></details>`;
}

function textHtml({ title, text }: { readonly title: string; readonly text: string }): string {
  return `<details><summary>${escapeHtml(title)}</summary><pre class="text">${
    escapeHtml(text)
  }</pre></details>`;
}

function leftOutHtml(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return "";
  const items = leftOut.map(({ what, why }) => `<li>${escapeHtml(`${what}: ${why}.`)}</li>`);
  return `<h3>Left out</h3><ul>${items.join("")}</ul>`;
}

function listingHtml({ title, corpus, letters }: Listing, quotes: Quotes | undefined): string {
  const head = `${title}: ${corpus}`;
  if (letters.length === 0) return `<h3>${escapeHtml(head)}</h3><p>None.</p>`;
  const items = letters.map(({ id, findings, of }) => {
    const more = of > findings.length ? `, of which ${findings.length} are shown` : "";
    const lines = findings.map((finding) => `<li>${findingHtml(finding, corpus, quotes)}</li>`).join("");
    return `<li><strong>${escapeHtml(id)}</strong> <span class="soft">${
      escapeHtml(`${of} finding${of === 1 ? "" : "s"}${more}`)
    }</span><ul>${lines}</ul></li>`;
  });
  return `<h3>${escapeHtml(head)}</h3><details><summary>${letters.length} letter${
    letters.length === 1 ? "" : "s"
  }</summary><ol class="letters">${items.join("\n")}</ol></details>`;
}

function findingHtml({ what, quotes: places }: Finding, corpus: string, quotes: Quotes | undefined): string {
  const shown = places.map((quote) => {
    const side = quote.side === "real" ? "real" : "synthetic";
    const place = `${side} ${quote.id} [${quote.start}, ${quote.end})`;
    return quotes === undefined
      ? `<span class="soft">${escapeHtml(place)}</span>`
      : `<span class="soft">${side}:</span> ${quotes.html(quote, corpus)}`;
  });
  return [escapeHtml(what), ...shown].join("<br>");
}

/** The letters by corpus and id. */
class Quotes {
  readonly #texts = new Map<string, string>();

  constructor({ real, synthetic }: QuotedLetters) {
    for (const { id, text } of real) this.#texts.set(JSON.stringify(["real", "", id]), text);
    for (const { name, letters } of synthetic) {
      for (const { id, text } of letters) this.#texts.set(JSON.stringify(["synthetic", name, id]), text);
    }
  }

  html({ id, side, start, end }: Quote, corpus: string): string {
    const text = this.#texts.get(JSON.stringify([side, side === "real" ? "" : corpus, id]));
    if (text === undefined) return `<span class="soft">${escapeHtml(`${id}, which is not at hand`)}</span>`;
    const [from, to] = [Math.max(0, start - CONTEXT), Math.min(text.length, end + CONTEXT)];
    const quoted = text.slice(start, end);
    const shown = quoted.length > LONGEST ? `${quoted.slice(0, LONGEST)} …` : quoted;
    // Whole characters: a context may not begin or end inside a surrogate pair.
    const whole = (part: string) => part.toWellFormed();
    return `<q>${from > 0 ? "…" : ""}${escapeHtml(whole(text.slice(from, start)))}<mark class="${side}">${
      escapeHtml(whole(shown))
    }</mark>${escapeHtml(whole(text.slice(end, to)))}${to < text.length ? "…" : ""}</q>`;
  }
}
