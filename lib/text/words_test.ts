import { deepEqual, equal } from "node:assert/strict";
import { Tokenizer } from "@huggingface/tokenizers";
import oracle from "./words_oracle.json" with { type: "json" };
import { words } from "./words.ts";

Deno.test("words() puts its borders where the reference BERT tokenizer does", () => {
  for (const { text, words: expected } of oracle.cases) {
    // The reference's offsets reach over dropped characters at a word's edge or not, as it happens; compare what is kept.
    const kept = (ranges: number[][]) =>
      ranges.map(([start, end]) => text.slice(start, end).replace(/[\p{C}\uFFFD]/gu, "")).filter((word) =>
        word !== ""
      );
    deepEqual(kept(words(text).map(({ start, end }) => [start, end])), kept(expected), JSON.stringify(text));
  }
});

Deno.test("words() gives offsets that slice to its texts, leaving out nothing visible", () => {
  for (const { text } of oracle.cases) {
    const found = words(text);
    for (const { start, end, text: word } of found) equal(text.slice(start, end), word);
    const outside = found.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
    equal(outside.replace(/[\s\p{C}\uFFFD]/gu, ""), "", JSON.stringify(text));
  }
});

Deno.test("words() cut into pieces one by one are the pieces of the whole", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789.,:;/%()'\"@_<>=$+-—“”…½µ°é悪患者";
  const vocabulary = [
    "[PAD]",
    "[UNK]",
    "in",
    "the",
    "was",
    "seen",
    ...alphabet,
    ...[...alphabet].map((c) => `##${c}`),
  ];
  for (const lowercase of [true, false]) {
    const tokenizer = new Tokenizer({
      normalizer: {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase,
      },
      pre_tokenizer: { type: "BertPreTokenizer" },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((piece, id) => [piece, id])),
      },
      post_processor: null,
      decoder: null,
      added_tokens: [],
    }, {});
    for (const { text: full } of oracle.cases) {
      // The JavaScript tokenizer looks at ideographs by code unit and so misses those beyond U+FFFF; the reference does not.
      const text = full.replace(/[\u{20000}-\u{2FA1F}]/gu, "");
      const whole = tokenizer.encode(text).tokens;
      deepEqual(
        words(text).flatMap((word) => tokenizer.encode(word.text).tokens),
        whole,
        JSON.stringify(text),
      );
    }
  }
});
