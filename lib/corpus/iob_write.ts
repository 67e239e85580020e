/** Writing files of tagged tokens. @module */
import { z } from "zod";
import { encodeTags } from "./tag_scheme.ts";
import type { Chunk, Encoder, WriteOptions } from "./format.ts";
import type { Fragment, Letter } from "./letter.ts";

const stateSchema = z.object({ count: z.int(), marked: z.boolean() });

/**
 * Writes letters so that they are read back as they were. Where tokens with blanks between them say it all, nothing else is written;
 * else comment lines hold the id, the text and `meta` of a letter.
 */
export class IobEncoder implements Encoder {
  readonly #options: WriteOptions;
  readonly #stem: string;
  #count = 0;
  #marked = false;

  constructor(options: WriteOptions, stem: string) {
    this.#options = options;
    this.#stem = stem;
  }

  get state(): string {
    return JSON.stringify({ count: this.#count, marked: this.#marked });
  }

  set state(value: string) {
    const { count, marked } = stateSchema.parse(JSON.parse(value));
    this.#count = count;
    this.#marked = marked;
  }

  encode(letter: Letter): Chunk[] {
    const { id, text, meta } = letter;
    checkSpans(letter);
    const sentences = this.#options.tokens === "blanks"
      ? blankSentences(letter) ?? wordSentences(letter)
      : wordSentences(letter);
    const lines = sentences.flatMap((tokens) => [...tokenLines(tokens, letter, this.#options), ""]);
    this.#count++;
    const told = sentences.map((tokens) => tokens.map(({ start, end }) => text.slice(start, end)).join(" "))
      .join("\n");
    const bare = told === text && Object.keys(meta).length === 0 && id === `${this.#stem}-${this.#count}` &&
      sentences.length === 1;
    this.#marked ||= !bare;
    const comments = this.#marked
      ? [
        `# id = ${JSON.stringify(id)}`,
        ...told === text ? [] : [`# text = ${JSON.stringify(text)}`],
        ...Object.keys(meta).length === 0 ? [] : [`# meta = ${JSON.stringify(meta)}`],
      ]
      : [];
    return [{ file: "", text: [...comments, ...lines].map((line) => `${line}\n`).join("") }];
  }
}

function checkSpans({ id, text, spans }: Letter): void {
  let before = 0;
  for (const { start, end, label, fragments } of spans) {
    const say = (what: string) => new Error(`letter ${id}: span [${start}, ${end}) ${what}`);
    if (fragments) throw say("has several parts, which tags can't write. Split it, or choose brat or jsonl.");
    if (start < before) throw say("overlaps another, which tags can't write. Choose brat or jsonl.");
    if (/\s/.test(label)) {
      throw say(`has the label "${label}" with a blank, which tags can't write. Rename it.`);
    }
    if (/^\s|\s$/.test(text.slice(start, end))) {
      throw say("begins or ends with a blank, which tags can't write. Trim it, or choose brat or jsonl.");
    }
    before = end;
  }
}

/** Tokens between single blanks and lines, where that is how the letter is written and no span cuts a token. */
function blankSentences({ text, spans }: Letter): Fragment[][] | undefined {
  let position = 0;
  const edges = new Set<number>();
  const sentences = text.split("\n").map((line) => {
    const tokens = line.split(" ").map((token) => {
      const start = position;
      position += token.length + 1;
      edges.add(start).add(position - 1);
      return { start, end: position - 1 };
    });
    return tokens;
  });
  const odd = /^(?:$|-DOCSTART-)|\s/;
  const fits = sentences.flat().every(({ start, end }) => !odd.test(text.slice(start, end))) &&
    spans.every(({ start, end }) =>
      edges.has(start) && edges.has(end) && !text.slice(start, end).includes("\n")
    );
  return fits ? sentences : undefined;
}

/** Words and single marks, cut where spans begin and end; a sentence a line, unless a span goes over its end. */
function wordSentences({ text, spans }: Letter): Fragment[][] {
  const cuts = spans.flatMap(({ start, end }) => [start, end]);
  const sentences: Fragment[][] = [];
  let current: Fragment[] = [];
  let [next, span, last] = [0, 0, 0];
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}\p{N}_]+|[^\s]/gu)) {
    while ((spans[span]?.end ?? Infinity) <= index) span++;
    const inSpan = (spans[span]?.start ?? Infinity) < index;
    if (current.length > 0 && !inSpan && text.slice(last, index).includes("\n")) {
      sentences.push(current);
      current = [];
    }
    let start = index;
    const end = index + word.length;
    for (; (cuts[next] ?? Infinity) < end; next++) {
      const cut = cuts[next] ?? end;
      if (cut <= start) continue;
      current.push({ start, end: cut });
      start = cut;
    }
    current.push({ start, end });
    last = end;
  }
  return [...sentences, current];
}

function tokenLines(
  tokens: readonly Fragment[],
  { text, spans }: Letter,
  { tags = "iob2" }: WriteOptions,
): string[] {
  const [first, last] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
  const inside = spans.filter(({ start, end }) => start >= first && end <= last);
  const place = new Map(tokens.map(({ start }, i) => [start, i]));
  const ends = new Map(tokens.map(({ end }, i) => [end, i + 1]));
  const tokenSpans = inside.map(({ start, end, label }) => (
    { start: place.get(start) ?? -1, end: ends.get(end) ?? -1, label }
  ));
  const written = encodeTags(tokenSpans, tokens.length, tags);
  return tokens.map(({ start, end }, i) => `${text.slice(start, end)}\t${written[i] ?? "O"}`);
}
