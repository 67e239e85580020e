/** What a format of letters is: a reader of drafts and a writer of letters. @module */
import type { TagScheme } from "./tag_scheme.ts";
import type { Letter } from "./letter.ts";
import type { OffsetUnit } from "./offsets.ts";
import type { Draft, ValidateOptions } from "./validate.ts";

/** How letters are read; what a format has no use for, it leaves alone. */
export interface ReadOptions extends ValidateOptions {
  /** A label of the WHATWG Encoding Standard; left out: UTF-8, and a file that is not is refused. */
  readonly encoding?: string;
  /** What the file's offsets count, where it is not what the format counts. */
  readonly offsets?: OffsetUnit;
  /** Spans of several parts (BRAT): refused, made one span a part, or kept with their `fragments`. Left out: refused. */
  readonly discontinuous?: "refuse" | "split" | "keep";
  /** The column with the ids (CSV); left out: `id`. */
  readonly idColumn?: string;
  /** The column with the texts (CSV); left out: `text`. */
  readonly textColumn?: string;
  /** The file of annotations (SNOMED), where it is not beside the notes. */
  readonly annotations?: string;
  /** The scheme of the tags (IOB); `"labels"`: labels without a letter before them. Left out: found in the file. */
  readonly tags?: TagScheme | "labels";
  /** Also keep what says nothing of a letter: byte-order marks, names and order of annotations (BRAT). */
  readonly lossless?: boolean;
}

/** How letters are written; what a format has no use for, it leaves alone. */
export interface WriteOptions {
  /** What the offsets count, where it is not what the format counts. */
  readonly offsets?: OffsetUnit;
  /** The scheme of the tags (IOB); left out: IOB2. */
  readonly tags?: TagScheme;
  /** What a token is (IOB): words and marks, or what stands between blanks. Left out: words. */
  readonly tokens?: "words" | "blanks";
  /** Write letters without their spans where the format has no place for them (text). */
  readonly dropSpans?: boolean;
}

/** A piece of text for a file of the output. */
export interface Chunk {
  /** In the output's folder; `""` for an output that is one file. */
  readonly file: string;
  readonly text: string;
  /** The file holds this and nothing else; left out, it is added to the file. */
  readonly whole?: true;
}

/** Turns letters, one after the other, into text for files. */
export interface Encoder {
  /** Throws an Error naming the letter when the format can't hold it. */
  encode(letter: Letter): Chunk[];
  /** What it must know of the letters so far to go on with the next: kept when a run is interrupted. */
  state: string;
  /** What stands behind the last letter; left out where nothing does. */
  end?(): Chunk[];
}

/** A way to store letters. */
export interface Format {
  readonly name: string;
  /** What it is, for a list of formats. */
  readonly what: string;
  /** The endings of its files, where a file is a corpus. */
  readonly endings: readonly string[];
  /** Whether it is written as a folder. */
  readonly folder: boolean;
  /** The drafts at a path, in the order of the file or of the files' names. */
  read(path: string, options: ReadOptions): AsyncIterable<Draft>;
  /** @param stem the output's name without folder and ending */
  encoder(options: WriteOptions, stem: string): Encoder;
}

/** An encoder that needs to know nothing of other letters. */
export function stateless(encode: (letter: Letter) => Chunk[]): Encoder {
  return { encode, state: "" };
}

/** The letter's id as a file's name; throws where it can't be one. */
export function fileName({ id }: Letter): string {
  if (!/^[^/\\\0]+$/.test(id) || id.startsWith(".")) {
    throw new Error(`id "${id}" cannot name a file. Rename the letter.`);
  }
  return id;
}

/** A file's name without its folder and its endings (`.gz` included). */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, "").replace(/\.[^.]*$/, "");
}
