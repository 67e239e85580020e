/** The pieces of a tagger that sees capitals, from those of an encoder that does not. @module */

import type { Letter } from "../corpus/letter.ts";
import { CASED_BERT, countWords } from "../tokenizers/train/count_words.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { trainWordPiece } from "../tokenizers/train/train_wordpiece.ts";

/** Letters and signs of European scripts: all that has a piece by itself. */
const CHARACTER = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}\p{P}\p{S}µªº]$/u;
const ACCENTED =
  "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžơƠưƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ";

/** How many pieces of each sort are taken, at most. */
export interface VocabularySizes {
  /** All. */
  readonly size: number;
  /** Learnt from what texts say between identifying data. */
  readonly texts: number;
  /** Learnt from the same in capitals. */
  readonly capitalTexts: number;
  /** Beginnings of words, with a capital, of the encoder's most frequent pieces. */
  readonly capitals: number;
}

/**
 * Pieces for texts whose capitals count: special tokens; characters; numbers of two digits and years, so that of a longer number the model sees
 * how long it is; pieces of the texts without what identifies in them, so that no name is learnt by heart; then the encoder's own, the most frequent
 * ones first (the order of its ids), in small letters and with a capital.
 *
 * @param encoder the uncased encoder's pieces, in the order of their ids
 *
 * @example
 * ```ts
 * import { casedPieces } from "./tagger_vocabulary.ts";
 * import { ok } from "node:assert/strict";
 * const texts = [{ id: "a", text: "Seen today. Seen today.", spans: [], meta: {} }];
 * const pieces = casedPieces(["[PAD]", "fever", "##ish"], texts, { size: 9000, texts: 400, capitalTexts: 400, capitals: 100 });
 * ok(["today", "Fever", "TODAY", "fever", "##ish", "Ł", "07", "1999"].every((piece) => pieces.includes(piece)));
 * ```
 */
export function casedPieces(
  encoder: readonly string[],
  texts: readonly Letter[],
  { size, texts: learnt, capitalTexts, capitals }: VocabularySizes,
): string[] {
  const pieces = new Set<string>(SPECIAL_TOKENS);
  const characters = new Set([...ACCENTED, ..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
  for (const piece of encoder) if (CHARACTER.test(piece)) characters.add(piece).add(piece.toUpperCase());
  const single = [...characters].filter((one) => [...one].length === 1);
  for (const one of single) pieces.add(one).add(`##${one}`);
  for (let i = 0; i < 100; i++) {
    const two = String(i).padStart(2, "0");
    pieces.add(two).add(`##${two}`);
  }
  for (let year = 1920; year <= 2030; year++) pieces.add(String(year));
  const harmless = texts.map(({ text, spans }) => {
    let [kept, at] = ["", 0];
    for (const { start, end } of spans) {
      kept += `${text.slice(at, start)} `;
      at = end;
    }
    return kept + text.slice(at);
  });
  const alphabetic = (piece: string) => /^(?:##)?\p{L}+$/u.test(piece);
  const learn = (from: readonly string[], size: number) => {
    const found = trainWordPiece(countWords(from, CASED_BERT), { size });
    for (const piece of found) if (alphabetic(piece)) pieces.add(piece);
  };
  learn(harmless, learnt);
  learn(harmless.map((text) => text.toUpperCase()), capitalTexts);
  const words = encoder.filter((piece) => /^[a-z]{2,}$/.test(piece)).slice(0, capitals);
  for (const word of words) pieces.add(word.charAt(0).toUpperCase() + word.slice(1));
  for (const piece of encoder) {
    if (pieces.size >= size) break;
    if (/^(?:##)?[a-z]+$/.test(piece)) pieces.add(piece);
  }
  return [...pieces].slice(0, size);
}
