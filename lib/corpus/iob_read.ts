/** Reading files of tagged tokens. @module */
import { z } from "zod";
import type { ReadOptions } from "./format.ts";
import { stemOf } from "./format.ts";
import { plainTag, SchemeFinder, tagSpans } from "./iob_scheme.ts";
import { type Line, textLines } from "./text_stream.ts";
import type { Annotation, Draft, Problem } from "./validate.ts";

interface Sentence {
  readonly tokens: string[];
  readonly tags: string[];
  /** Of each token. */
  readonly lines: number[];
}

/** A letter's lines, as far as they have been read. */
interface Open {
  readonly line: number;
  id: string;
  text?: string;
  meta: Record<string, string>;
  readonly sentences: Sentence[];
  readonly problems: { line: number; message: string }[];
}

const comment = /^# (id|text|meta) = (.*)$/s;
const metaSchema = z.record(z.string(), z.string());
const noTag = "a token without a tag. Write TOKEN<TAB>TAG, blank lines between sentences.";

/** The drafts of a file; the first pass over it finds the scheme of its tags, where none is named. */
export async function* readIob(file: string, options: ReadOptions): AsyncGenerator<Draft> {
  const scheme = options.tags ?? await findScheme(file, options);
  let any = false;
  for await (const open of lettersIn(file, options)) {
    any = true;
    yield draftOf(open, file, scheme);
  }
  if (!any) throw new Error(`${file}: no sentence in it. Write TOKEN<TAB>TAG a line.`);
}

async function findScheme(file: string, options: ReadOptions) {
  const finder = new SchemeFinder();
  for await (const { sentences, problems } of lettersIn(file, options)) {
    if (problems.length === 0) { for (const { tags } of sentences) finder.see(tags); }
  }
  return finder.scheme;
}

async function* lettersIn(file: string, options: ReadOptions): AsyncGenerator<Open> {
  const stem = stemOf(file);
  let open: Open | undefined;
  let sentence: Sentence | undefined;
  let marked = false; // whether letters begin at marks, not at each sentence
  let count = 0;
  const begin = (line: number): Open => (
    { line, id: `${stem}-${++count}`, meta: {}, sentences: [], problems: [] }
  );
  for await (const line of textLines(file, options)) {
    const [, kind, value = ""] = comment.exec(line.text) ?? [];
    const opens = kind === "id" || line.text.startsWith("-DOCSTART-");
    const blank = line.text.trim() === "";
    if (opens || blank) sentence = undefined;
    if (open && (opens || (blank && !marked))) {
      if (hasContent(open)) yield open;
      open = undefined;
    }
    if (opens) marked = true;
    if (blank || line.text.startsWith("-DOCSTART-")) {
      if (opens) open = begin(line.number);
      continue;
    }
    open ??= begin(line.number);
    if (kind !== undefined) note(open, kind, value, line.number);
    else {
      if (sentence === undefined) open.sentences.push(sentence = { tokens: [], tags: [], lines: [] });
      addToken(open, sentence, line);
    }
  }
  if (open && hasContent(open)) yield open;
}

function hasContent({ sentences, problems }: Open): boolean {
  return sentences.length > 0 || problems.length > 0;
}

function note(open: Open, kind: string, value: string, line: number): void {
  const schema = kind === "meta" ? metaSchema : z.string();
  try {
    const parsed = schema.parse(JSON.parse(value));
    if (typeof parsed !== "string") open.meta = parsed;
    else if (kind === "id") open.id = parsed;
    else open.text = parsed;
  } catch { // what is said quotes nothing of the letter
    open.problems.push({
      line,
      message: `# ${kind} = must be followed by ${
        kind === "meta" ? "a JSON object" : "a JSON string"
      }. Mend it.`,
    });
  }
}

function addToken(open: Open, sentence: Sentence, { text, number }: Line): void {
  const columns = text.includes("\t") ? text.split("\t") : text.trim().split(/ +/);
  const [token, tag] = [columns[0], columns.at(-1)?.trim()];
  if (token === undefined || token === "" || tag === undefined || tag === "" || columns.length < 2) {
    open.problems.push({ line: number, message: noTag });
    return;
  }
  sentence.tokens.push(token);
  sentence.tags.push(plainTag(tag));
  sentence.lines.push(number);
}

function draftOf(open: Open, file: string, scheme: Parameters<typeof tagSpans>[1]): Draft {
  const at = `${file}:${open.line}`;
  const problems: Problem[] = open.problems.map(({ line, message }) => ({ at: `${file}:${line}`, message }));
  const text = open.text ?? open.sentences.map(({ tokens }) => tokens.join(" ")).join("\n");
  const annotations: Annotation[] = [];
  let position = 0;
  for (const { tokens, tags, lines } of open.sentences) {
    const starts: number[] = [];
    for (const [i, token] of tokens.entries()) {
      const start = nextPlace(text, token, position);
      if (start === undefined) {
        const message = `token ${i + 1} of the sentence is not what # text says next. Mend one of them.`;
        problems.push({ at: `${file}:${lines[i] ?? open.line}`, message });
        break;
      }
      starts.push(start);
      position = start + token.length;
    }
    const found = tagSpans(tags, scheme);
    if ("problem" in found) {
      const column = (tokens[found.index] ?? "").length + 2;
      const message = `${found.problem}. Mend the tag, or name another scheme (option tags, --tags).`;
      problems.push({ at: `${file}:${lines[found.index] ?? open.line}`, column, message });
    } else if (starts.length === tokens.length) {
      for (const { start, end, label } of found.spans) {
        const last = end - 1;
        annotations.push({
          start: starts[start] ?? 0,
          end: (starts[last] ?? 0) + (tokens[last] ?? "").length,
          label,
          at: `${file}:${lines[start] ?? open.line}`,
        });
      }
    }
  }
  return { id: open.id, text, meta: open.meta, annotations, at, ...problems.length > 0 && { problems } };
}

/** Where a token stands next, with nothing but blanks before it. */
function nextPlace(text: string, token: string, from: number): number | undefined {
  let at = from;
  while (at < text.length && !text.startsWith(token, at) && /\s/.test(text.charAt(at))) at++;
  return text.startsWith(token, at) ? at : undefined;
}
