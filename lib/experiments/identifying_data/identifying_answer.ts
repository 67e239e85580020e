/** What the page on identifying data says, in sentences. @module */

import { missCounts } from "../../phi/evaluate_misses.ts";
import type { Findings } from "./findings.ts";
import type { Loss } from "./losses.ts";
import type { HidingResults } from "./plain_sight.ts";

/**
 * The results as Markdown. Every number in it is computed from them.
 *
 * @example
 * ```ts ignore
 * Deno.jupyter.md`${identifyingAnswer({ findings: [embedded], losses, hiding })}`;
 * ```
 */
export function identifyingAnswer(
  { findings, losses, hiding }: {
    readonly findings: readonly Findings[];
    readonly losses: readonly Loss[];
    readonly hiding: HidingResults;
  },
): string {
  const sentences = [
    ...findings.flatMap((one) => [foundSentence(one), missedSentence(one)]),
    lossSentence(losses),
    ...hidingSentence(hiding),
  ];
  return sentences.map((sentence) => `- ${sentence}`).join("\n");
}

function foundSentence({ corpus, finder, letters, rates, atRecall }: Findings): string {
  const said = (name: string) => {
    const estimate = rates.find((one) => one.group === "all" && one.name === name)?.estimate;
    return estimate
      ? `${percent(estimate.value)} [${percent(estimate.low)}, ${percent(estimate.high)}]`
      : "none";
  };
  const [blind] = atRecall;
  const reach = blind?.precision
    ? `At ${percent(blind.target)} found its precision is ${percent(blind.precision.value)}.`
    : `${percent(blind?.target ?? 0.99)} is not reached.`;
  return `**${corpus}**, ${letters.length} letters: ${finder} finds ${
    said("found")
  } of the identifying characters and redacts ${said("other redacted")} of the others (${
    said("false spans")
  } in false spans, ${said("boundary excess")} beyond the ends of true ones); ${
    said("letters with a leak")
  } of the letters have a leak. ${reach}`;
}

function missedSentence({ corpus, misses }: Findings): string {
  const counts = missCounts(misses).slice(0, 3).map(({ kind, cause, spans }) =>
    `${kind}, ${cause} (${spans})`
  );
  return counts.length === 0
    ? `${corpus}: nothing was missed.`
    : `${corpus}: most often missed are ${counts.join("; ")}.`;
}

function lossSentence(losses: readonly Loss[]): string {
  const real = losses.filter(({ loss, p }) => loss.value > 0 && p < 0.05).toSorted((a, b) =>
    b.loss.value - a.loss.value
  );
  const most = real.slice(0, 5).map(({ change, loss }) => `${change} (−${percent(loss.value)})`);
  return real.length === 0
    ? `Of ${losses.length} changes none costs anything that is told from nothing.`
    : `Of ${losses.length} changes ${real.length} cost something (p < 0.05, Holm-adjusted), most of all: ${
      most.join(", ")
    }.`;
}

function hidingSentence({ byFinder }: HidingResults): string[] {
  const lists = byFinder.find(({ reader }) => reader === "lists");
  if (lists?.found.rate === null || lists?.found.rate === undefined) return [];
  const right = lists.right.rate === null
    ? ""
    : `, and is right in ${percent(lists.right.rate)} of those pointed at`;
  return [
    `Of the mentions that the finder missed (${
      percent(lists.missRate)
    }), a reader who has the lists of stand-ins tells ${percent(lists.found.rate)}${right}.`,
  ];
}

function percent(value: number): string {
  const digits = Math.abs(value) < 0.02 ? 2 : 1;
  return `${(100 * value).toFixed(digits).replace("-", "−")}%`;
}
