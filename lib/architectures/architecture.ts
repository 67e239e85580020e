/** What every architecture offers: the parts of its graph, and the sizes that others need to know. @module */

import type { Value } from "../onnx/graph.ts";
import type { Head } from "./heads.ts";
import type { Net } from "./net.ts";

export interface EncoderInputs {
  /** Piece ids, int64 (batch, sequence). */
  readonly ids: Value;
  /** 1 for pieces, 0 for padding, int64 (batch, sequence). Left out: no padding. */
  readonly mask?: Value;
}

/** An encoder: every place of a text sees every other. */
export interface Encoder {
  readonly kind: "encoder";
  readonly modelType: string;
  /** The name of the hub's class with a head: `BertForMaskedLM`. */
  className(head: Head): string;
  /** What the names of the encoder's own parameters begin with where it has a head: `bert.`. */
  readonly prefix: string;
  /** Columns of a hidden state. */
  readonly hidden: number;
  readonly layers: number;
  readonly vocabulary: number;
  /** The longest input in pieces, special ones included. */
  readonly positions: number;
  /**
   * @param layers how many are built; default all of them
   * @returns the hidden states, the embeddings first, then every layer's output: float32 (batch · sequence, hidden)
   * @throws where `ids` has more positions than the model
   */
  states(net: Net, inputs: EncoderInputs, layers?: number): readonly Value[];
  /** Scores of every piece: (n, hidden) → (n, vocabulary). Tied to the word embeddings. */
  maskedLM(net: Net, hidden: Value): Value;
  /** Scores of every label: (n, hidden) → (n, labels). */
  tokenClassifier(net: Net, hidden: Value, labels: number): Value;
}

/** Any architecture, told apart by `kind`. */
export type Architecture = Encoder;

/** How the hub's classes of an encoder family are called. */
export function encoderClassName(family: string): Encoder["className"] {
  const suffix = {
    "none": "Model",
    "language-model": "ForMaskedLM",
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
