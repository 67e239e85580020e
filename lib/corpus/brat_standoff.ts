/** The lines of a `.ann` file. Source: https://brat.nlplab.org/standoff.html @module */
import type { Letter, Span, Standoff } from "./letter.ts";
import type { Offsets } from "./offsets.ts";
import { type Annotation, coveredText, type Problem } from "./validate.ts";

/** Relations, events, attributes, normalisations, equivalences and notes say nothing of where a span lies. */
const otherKinds = /^[REAMN*#]/;
const spanLine = /^(T\S*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$/s;

/** What a `.ann` file states, with its own offsets. */
export interface ParsedStandoff {
  readonly annotations: readonly Annotation[];
  readonly problems: readonly Problem[];
  /** As {@linkcode Standoff} has them. */
  readonly lines: readonly string[];
  /** Whether there is any line that is no span. */
  readonly others: boolean;
}

/** Reads the lines; discontinuous spans become what `discontinuous` says. */
export function parseStandoff(
  standoff: string,
  file: string,
  discontinuous: "refuse" | "split" | "keep",
): ParsedStandoff {
  const annotations: Annotation[] = [];
  const problems: Problem[] = [];
  const lines: string[] = [];
  const places = new Map<string, string>();
  let others = false;
  for (const [index, line] of standoff.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const at = `${file}:${index + 1}`;
    if (otherKinds.test(line)) {
      others = true;
      lines.push(line);
      continue;
    }
    const [, name, label, offsets, covered] = spanLine.exec(line) ?? [];
    if (name === undefined || label === undefined || offsets === undefined || covered === undefined) {
      problems.push({ at, message: "no line of BRAT standoff. Write T1<TAB>LABEL start end<TAB>text." });
      continue;
    }
    const column = name.length + label.length + 3;
    const before = places.get(name);
    if (before !== undefined) {
      problems.push({ at, message: `${name} is already the span of ${before}. Give it another number.` });
      continue;
    }
    places.set(name, at);
    const parts = offsets.split(";").map((pair) => pair.split(" ").map(Number)).map((
      [start = 0, end = 0],
    ) => (
      { start, end }
    )).sort((a, b) => a.start - b.start || a.end - b.end);
    const [first = { start: 0, end: 0 }] = parts;
    const whole = { at, column, name, label, text: covered };
    if (parts.length === 1) annotations.push({ ...whole, ...first });
    else if (discontinuous === "keep") {
      annotations.push({ ...whole, start: first.start, end: parts.at(-1)?.end ?? 0, fragments: parts });
    } else if (discontinuous === "split") {
      annotations.push(...parts.map((part) => ({ at, column, name, label, ...part })));
    } else {
      problems.push({
        at,
        column,
        message: `span ${name} is discontinuous (start end;start end). Split it into one span a part, ` +
          'or read with the option discontinuous: "split" or "keep".',
      });
      continue;
    }
    lines.push(name);
  }
  return { annotations, problems, lines, others };
}

/** The annotations at the offsets of the letter, where those of the file count from `shift` before its text. */
export function placed(
  annotations: readonly Annotation[],
  { toUnits }: Offsets,
  shift: number,
): Annotation[] {
  const move = (offset: number) => toUnits(offset - shift);
  return annotations.map(({ fragments, ...span }) => ({
    ...span,
    start: move(span.start),
    end: move(span.end),
    ...fragments &&
      { fragments: fragments.map(({ start, end }) => ({ start: move(start), end: move(end) })) },
  }));
}

/** The names of spans that a letter has in place of the file's, where one annotation became several spans. */
export function uniqueNames(names: readonly string[]): string[] {
  let free = Math.max(0, ...names.map((name) => Number(/^T(\d+)$/.exec(name)?.[1] ?? 0))) + 1;
  const used = new Set<string>();
  return names.map((name) => {
    const own = used.has(name) ? `T${free++}` : name;
    used.add(own);
    return own;
  });
}

/**
 * The `.ann` file of a letter.
 *
 * @param shift what the file's offsets count before the text: its byte-order mark, where they count that
 * @throws Error when the letter's relations and other lines name other spans than it has
 */
export function standoffText(
  { id, text, spans, standoff }: Letter,
  offsets: Offsets,
  shift: number,
): string {
  const names = standoff?.names ?? spans.map((_, index) => `T${index + 1}`);
  if (names.length !== spans.length) {
    throw new Error(
      `letter ${id}: ${spans.length} spans, but the other lines of its BRAT file name ${names.length}. ` +
        "Take standoff out of the letter, put the spans back, or choose another format.",
    );
  }
  const ofName = new Map(spans.map((span, index) => [names[index] ?? "", spanText(span)]));
  function spanText(span: Span): string {
    const parts = (span.fragments ?? [span]).map(({ start, end }) =>
      `${offsets.fromUnits(start) + shift} ${offsets.fromUnits(end) + shift}`
    );
    return `${span.label} ${parts.join(";")}\t${coveredText(text, span).replace(/[\r\n\t]/g, " ")}`;
  }
  const order = new Set([...standoff?.lines ?? [], ...names]);
  const lines = [...order].flatMap((line) => {
    if (line.includes("\t")) return [line];
    const span = ofName.get(line);
    return span === undefined ? [] : [`${line}\t${span}`];
  });
  return lines.map((line) => `${line}\n`).join("");
}

/** What is kept of a file beside its spans. */
export function keptStandoff(
  { lines, others }: ParsedStandoff,
  annotations: readonly Annotation[],
  mark: Standoff["mark"],
  lossless: boolean,
): Standoff | undefined {
  if (!others && !lossless) return undefined;
  const inOrder = [...annotations].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    names: uniqueNames(inOrder.map(({ name = "" }) => name)),
    lines,
    ...lossless && mark && { mark },
  };
}
