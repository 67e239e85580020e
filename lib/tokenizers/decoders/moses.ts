/** BioGPT's decoder. @module */

import { z } from "zod";
import { kind } from "../component.ts";
import { mosesDetokenize } from "../moses/detokenize.ts";
import { wordsOf } from "../moses/tokenize.ts";
import type { Decoder } from "./decoder.ts";

/** Pieces joined to words at `</w>`, words to text by {@linkcode mosesDetokenize}. */
export const mosesDecoder = kind("Moses", z.looseObject({}), (): Decoder => (pieces) => {
  const text = pieces.map((piece) => piece.replaceAll(" ", "").replaceAll("</w>", " ")).join("");
  return [mosesDetokenize(wordsOf(text))];
});
