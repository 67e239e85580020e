/** The steps of an experiment that train taggers and annotate with them. @module */

import { basename } from "node:path";
import { z } from "zod";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { type AnnotateOptions, Annotator } from "../ner/annotate.ts";
import { openTagger, type Tagger } from "../ner/tagger.ts";
import { type TaggerTraining, trainTagger } from "../ner/train_tagger.ts";
import { sha256 } from "../sha256.ts";

/** How a step trains a tagger: as `trainTagger()`, threads and models being the experiment's. */
export type TaggerPlan = Omit<TaggerTraining, "models" | "threads">;

/** How a step annotates. */
export interface AnnotationPlan extends AnnotateOptions {
  /** Folders of taggers, or what `trainTagger` gave; several annotate together. */
  readonly taggers: readonly string[];
}

/** What a letter was annotated with, as it is stored. */
export interface StoredAnnotation {
  readonly spans: Letter["spans"];
  readonly probabilities?: string;
}

/** Their shape. */
export const annotationsSchema: z.ZodType<StoredAnnotation[]> = z.array(z.object({
  spans: z.array(z.object({ start: z.int(), end: z.int(), label: z.string() })),
  probabilities: z.string().exactOptional(),
}));

/** What of letters a tagger learns from. */
export function annotatedHash(letters: readonly Letter[]): string {
  return sha256(JSON.stringify(letters.map(({ id, text, spans }) => [id, text, spans])));
}

/** Trains a tagger and writes its folder. */
export async function writeTagger(
  letters: readonly Letter[],
  how: TaggerPlan,
  place: string,
  options: ModelOptions,
): Promise<void> {
  await using tagger = await trainTagger(letters, { ...how, ...options });
  await tagger.save(place);
}

/** Annotates letters. */
export async function annotations(
  letters: readonly Letter[],
  { taggers: names, ...how }: AnnotationPlan,
  options: ModelOptions,
): Promise<StoredAnnotation[]> {
  const taggers: Tagger[] = [];
  try {
    for (const name of names) taggers.push(await openTagger(name, options));
    const annotator = new Annotator(taggers, how);
    const annotated = await annotator.annotate(letters);
    return annotated.map(({ spans, meta }) => ({
      spans,
      ...how.probabilities && { probabilities: meta["probabilities"] ?? "[]" },
    }));
  } finally {
    for (const tagger of taggers) await tagger.close();
  }
}

/** Letters with the spans that were found, in place of any that they had. */
export function annotatedLetters(
  letters: readonly Letter[],
  annotated: readonly StoredAnnotation[],
): Letter[] {
  return letters.map(({ id, text, meta }, i) => {
    const { spans = [], probabilities } = annotated[i] ?? {};
    return { id, text, spans, meta: probabilities === undefined ? meta : { ...meta, probabilities } };
  });
}

/** What a reader must know where taggers found nothing: the scores look like those of bad ones, which they may not be. */
export function nothingFound(
  letters: readonly Letter[],
  { taggers }: AnnotationPlan,
  annotated: readonly StoredAnnotation[],
): string | undefined {
  if (letters.length === 0 || annotated.some(({ spans }) => spans.length > 0)) return undefined;
  const names = [...new Set(taggers.map((name) => basename(name)))].join(", ");
  return `Nothing was found in ${letters.length} letters by the tagger ${names}: is it trained long enough, and for such texts?`;
}
