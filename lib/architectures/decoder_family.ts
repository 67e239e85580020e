/** What GPT-2, BLOOM and BioGPT share. @module */

import type { Value } from "../onnx/graph.ts";
import { type Decoder, decoderClassName, type DecoderInputs } from "./architecture.ts";
import { type DecoderParts, decoderStates } from "./decoder_states.ts";
import type { Net } from "./net.ts";

/** A family of decoders, at the sizes of one model. */
export interface DecoderFamily extends Pick<Decoder, "modelType" | "prefix" | "hidden" | "layers"> {
  readonly heads: number;
  readonly vocabulary: number;
  readonly positions: number;
  /** What the names of the hub's classes begin with, and how that of the language model ends. */
  readonly className: readonly [family: string, languageModel: string];
  /** The parameter of the word embeddings: (vocabulary, hidden). */
  readonly words: string;
  /** The parameter of the head, in whose place the word embeddings stand where both are tied. */
  readonly head: string;
  readonly tied: boolean;
  /** How the layers are made of a text's pieces. */
  parts(
    net: Net,
    inputs: DecoderInputs,
    word: () => Value,
  ): Omit<DecoderParts, "modelType" | "layers" | "positions">;
}

/**
 * The decoder of a family. A layer's heads share its columns out.
 *
 * @example See {@linkcode gpt2}.
 */
export function decoderOf(family: DecoderFamily): Decoder {
  const { modelType, prefix, hidden, layers, heads, vocabulary, positions, words, head } = family;
  return {
    ...{ kind: "decoder", modelType, prefix, hidden, layers, heads, vocabulary, positions },
    className: decoderClassName(...family.className),
    otherNames: new Map([[words, [head]]]),
    headSize: hidden / heads,
    states(net, inputs, upTo) {
      const word = () => net.b.one("Gather", [net.parameter(words, [vocabulary, hidden]), inputs.ids]); // (batch, sequence, hidden)
      return decoderStates(
        net,
        inputs,
        { modelType, layers, positions, ...family.parts(net, inputs, word) },
        upTo,
      );
    },
    languageModel: (net, x) =>
      net.b.dense(x, net.parameter(family.tied ? words : head, [vocabulary, hidden])),
  };
}
