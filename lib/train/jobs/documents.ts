/** Texts as pieces. @module */

import type { TextSource } from "../texts/source.ts";

/** What is needed of a tokenizer. */
export interface TextTokenizer {
  encode(text: string): readonly number[];
}

/** A text source, read. */
export interface LoadedTexts {
  readonly source: TextSource;
  readonly texts: readonly string[];
}

/** A text source as pieces: one list a text, without special pieces. */
export interface Documents {
  readonly source: TextSource;
  readonly documents: readonly (readonly number[])[];
}

/** The pieces of texts. */
export function encoded(loaded: readonly LoadedTexts[], tokenizer: TextTokenizer): Documents[] {
  return loaded.map(({ source, texts }) => ({
    source,
    documents: texts.map((text) => tokenizer.encode(text)),
  }));
}

/** Documents of all sources, those of a source with weight w given w times (the fraction by its first documents). */
export function weighted(sources: readonly Documents[]): (readonly number[])[] {
  return sources.flatMap(({ source: { weight }, documents }) => {
    const whole = Array.from({ length: Math.floor(weight) }, () => documents).flat();
    return [...whole, ...documents.slice(0, Math.round((weight % 1) * documents.length))];
  });
}

/** How many pieces there are. */
export function pieceCounts(texts: readonly Documents[], validation: readonly Documents[]) {
  const count = ({ documents }: Documents) => documents.reduce((sum, { length }) => sum + length, 0);
  return { texts: texts.map(count), validation: validation.map(count) };
}
