/** What every architecture offers: the parts of its graph, and the sizes that others need to know. @module */

import type { Dim, Value } from "../onnx/graph.ts";
import type { Head } from "./heads.ts";
import type { Net } from "./net.ts";

export interface EncoderInputs {
  /** Piece ids, int64 (batch, sequence). */
  readonly ids: Value;
  /** 1 for pieces, 0 for padding, int64 (batch, sequence). Left out: no padding. */
  readonly mask?: Value;
  /**
   * Places of a text that see all others and are seen by them, int64 (batch, globals), each once; −1 fills up the rows of
   * texts that have fewer. For Longformer; in the others every place is one, and they do not look at this.
   */
  readonly globals?: Value;
}

/** An encoder: a place sees those before it and those behind it. */
export interface Encoder {
  readonly kind: "encoder";
  readonly modelType: string;
  /** The name of the hub's class with a head: `BertForMaskedLM`. */
  className(head: Head): string;
  /** What the names of the encoder's own parameters begin with where it has a head: `bert.`. */
  readonly prefix: string;
  /** Names under which checkpoints hold a parameter that has not its own, the likeliest first. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
  /** Columns of a hidden state. */
  readonly hidden: number;
  readonly layers: number;
  readonly vocabulary: number;
  /** The longest input in pieces, special ones included. */
  readonly positions: number;
  /**
   * @param layers how many are built; default all of them
   * @returns the hidden states, the embeddings first, then every layer's output: float32 (batch · sequence, hidden)
   * @throws where `ids` has more positions than the model, or the model has fewer layers
   */
  states(net: Net, inputs: EncoderInputs, layers?: number): readonly Value[];
  /** Scores of every piece: (n, hidden) → (n, vocabulary). */
  maskedLM(net: Net, hidden: Value): Value;
  /** Scores of every label: (n, hidden) → (n, labels). */
  tokenClassifier(net: Net, hidden: Value, labels: number): Value;
}

/** The keys and values that an attention looks at, the heads apart: each float32 (batch, heads, places, head size). */
export interface KeyValue {
  readonly key: Value;
  readonly value: Value;
}

export interface EncoderDecoderInputs {
  /**
   * Piece ids, int64 (batch, sequence), with as many texts as `memory` has; or (batch, continuations, sequence), where
   * several continuations look at the memory of one text.
   */
  readonly ids: Value;
  /** What `memory` gave, of each layer of the decoder. */
  readonly memory: readonly KeyValue[];
  /** 1 for the encoder's pieces, 0 for padding, int64 (batch, encoder sequence). Left out: no padding. */
  readonly mask?: Value;
  /** `present` of the pieces before these, of each layer, a row a continuation. Left out: these are the first. */
  readonly past?: readonly KeyValue[];
}

/** An encoder that reads a text, and a decoder that writes another, from left to right, with the first in view. */
export interface EncoderDecoder {
  readonly kind: "encoder-decoder";
  readonly modelType: string;
  /** The name of the hub's class with a head: `T5ForConditionalGeneration`. */
  className(head: Head): string;
  /** What the names of the parameters without the head's begin with, where it has a head; empty for T5. */
  readonly prefix: string;
  /** Names under which checkpoints hold a parameter that has not its own: those of a tied one, the likeliest first. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
  /** Columns of a hidden state. */
  readonly hidden: number;
  /** Of the encoder. */
  readonly layers: number;
  readonly decoderLayers: number;
  readonly heads: number;
  /** Columns of a head. */
  readonly headSize: number;
  readonly vocabulary: number;
  /** The longest input in pieces, special ones included; Infinity where nothing bounds it. */
  readonly positions: number;
  /** The ids of padding, of the piece that ends a text, and of what the decoder is given before its first piece. */
  readonly special: { readonly pad: number; readonly end: number; readonly start: number };
  /** The encoder's output: float32 (batch · sequence, hidden). */
  encode(net: Net, inputs: EncoderInputs): Value;
  /**
   * What the decoder's layers look at of a text, computed once a text.
   *
   * @param encoded the encoder's output, (batch · sequence, hidden)
   */
  memory(net: Net, encoded: Value, batch: Dim, sequence: Dim): readonly KeyValue[];
  /**
   * The decoder's output for every piece given, float32 (rows, hidden), one row after the other; and the keys and values
   * of its layers, with those of the past before them.
   */
  decode(
    net: Net,
    inputs: EncoderDecoderInputs,
  ): { readonly hidden: Value; readonly present: readonly KeyValue[] };
  /** Scores of every piece to follow: (n, hidden) → (n, vocabulary). */
  languageModel(net: Net, hidden: Value): Value;
}

export interface DecoderInputs {
  /** Piece ids, int64 (batch, sequence). */
  readonly ids: Value;
  /**
   * 1 for pieces, 0 for padding, int64 (batch, past + sequence), those of the past first. Left out: no padding. Padding
   * may stand anywhere: no piece looks at it, and a piece's position is how many pieces came before it.
   */
  readonly mask?: Value;
  /** The keys and values of the pieces before these, a layer each. Left out: these are the first. */
  readonly past?: readonly KeyValue[];
}

export interface DecoderStates {
  /**
   * The hidden states, float32 (batch · sequence, hidden): the embeddings first, then every layer's output, that of the
   * last layer normalised. Those of padding mean nothing.
   */
  readonly states: readonly Value[];
  /** The keys and values of these pieces, a layer each: what belongs behind `past` when the text goes on. */
  readonly added: readonly KeyValue[];
}

/** A decoder: every piece of a text sees itself and those before it, and the model says which comes next. */
export interface Decoder {
  readonly kind: "decoder";
  readonly modelType: string;
  /** The name of the hub's class with a head: `GPT2LMHeadModel`. */
  className(head: Head): string;
  /** What the names of the decoder's own parameters begin with where it has a head: `transformer.`. */
  readonly prefix: string;
  /** Names under which checkpoints hold a parameter that has not its own: those of a tied one, the likeliest first. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>;
  /** Columns of a hidden state. */
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Columns of a head: a layer's keys of a text take pieces × heads × headSize numbers, its values as many. */
  readonly headSize: number;
  readonly vocabulary: number;
  /** The longest text in pieces; Infinity where nothing bounds it. */
  readonly positions: number;
  /**
   * @param layers how many are built; default all of them
   * @throws where `ids` has more positions than the model
   */
  states(net: Net, inputs: DecoderInputs, layers?: number): DecoderStates;
  /** Scores of every piece to follow: (n, hidden) → (n, vocabulary). */
  languageModel(net: Net, hidden: Value): Value;
}

/** Any architecture, told apart by `kind`. */
export type Architecture = Encoder | Decoder | EncoderDecoder;

/** How the hub's classes of an encoder family are called. */
export function encoderClassName(family: string): Encoder["className"] {
  const suffix = {
    "none": "Model",
    "language-model": "ForMaskedLM",
    "token-classification": "ForTokenClassification",
  };
  return ({ kind }) => `${family}${suffix[kind]}`;
}

/** How the hub's classes of a decoder family are called; those with a language model's head by two parts. */
export function decoderClassName(family: string, languageModel: string): Decoder["className"] {
  const suffix = {
    "none": "Model",
    "language-model": languageModel,
    "token-classification": "ForTokenClassification",
  };
  return ({ kind }) => `${family}${suffix[kind]}`;
}

/** The output of the last layer. */
export function lastOf(states: readonly Value[]): Value {
  const last = states.at(-1);
  if (!last) throw new Error("the architecture gave no states");
  return last;
}
