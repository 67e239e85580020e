import { deepEqual } from "node:assert/strict";
import { z } from "zod";
import { random } from "../random.ts";
import { TokenizerFile } from "./blueprint.ts";
import { createModel } from "./models/create.ts";
import type { Pieces } from "./models/model.ts";
import { createNormalizer } from "./normalizers/create.ts";
import { type Parts, Pipeline } from "./pipeline.ts";
import { createPreTokenizer } from "./pre_tokenizers/create.ts";
import oracle from "./tokenizer_oracle.json" with { type: "json" };

const families: Record<string, z.infer<typeof TokenizerFile>> = {};
for (const [name, { files }] of Object.entries(oracle.families)) {
  const file = "tokenizer.json" in files ? files["tokenizer.json"] : undefined;
  if (typeof file === "string") families[name] = TokenizerFile.parse(JSON.parse(file));
}
const metaspace = families["t5-always"];
if (metaspace) {
  const split = { type: "WhitespaceSplit" };
  const scheme = (prepend_scheme: string) => ({
    type: "Metaspace",
    replacement: "▁",
    prepend_scheme,
    split: true,
  });
  families["t5-split"] = {
    ...metaspace,
    pre_tokenizer: { type: "Sequence", pretokenizers: [split, scheme("always")] },
  };
  families["t5-first"] = { ...metaspace, pre_tokenizer: scheme("first") };
  families["t5-whole"] = { ...metaspace, pre_tokenizer: { ...scheme("always"), split: false } };
}
const bytes = families["roberta"];
if (bytes) {
  families["roberta-spaced"] = { ...bytes, pre_tokenizer: { type: "ByteLevel", add_prefix_space: true } };
  families["roberta-nfkc"] = { ...bytes, normalizer: { type: "NFKC" } };
}

function partsOf({ normalizer, pre_tokenizer, model, added_tokens }: z.infer<typeof TokenizerFile>): Parts {
  return {
    added: added_tokens,
    normalizer: normalizer ? createNormalizer(normalizer, "normalizer") : undefined,
    preTokenizer: pre_tokenizer ? createPreTokenizer(pre_tokenizer, "pre_tokenizer") : undefined,
    model: createModel(model, "model"),
  };
}

/** The same parts, with a normalizer that says that it needs all of a text. */
function uncut(parts: Parts): Parts {
  const { normalizer } = parts;
  return {
    ...parts,
    normalizer: {
      reach: "text",
      keepsSpaces: false,
      normalize: (text, place) => normalizer ? normalizer.normalize(text, place) : text,
    },
    // A token that is looked for in normalised text is looked for there still.
    added: parts.added.map((token) => normalizer ? token : { ...token, normalized: false }),
  };
}

function piecesOf(pipeline: Pipeline, text: string): Pieces {
  const all: Pieces = { ids: [], starts: [], ends: [] };
  pipeline.run(text, ({ ids, starts, ends }, from) => {
    all.ids.push(...ids);
    all.starts.push(...starts.map((start) => start + from));
    all.ends.push(...ends.map((end) => end + from));
  });
  return all;
}

const ALPHABET = [
  ..." \n\t\r\u00a0\u3000\u0085\u000b\u2028  Σσς'’.-,[]xXéÉIİ\u0301\u0323\u0000\u00ad\u200b東\ufffd\u0600\u037a\u00b4\u00a8\u200d½ﬁ…_ñµ°",
  ...[
    "\r\n",
    "[MASK]",
    "<mask>",
    " <mask>",
    "</s>",
    "the",
    " seen",
    "___",
    "▁",
    "\u{1f600}",
    "\ud800",
    " was",
    "\nno",
    " 12",
    "don't",
    ". ",
  ],
];

for (const [name, file] of Object.entries(families)) {
  Deno.test(`Pipeline gives the same pieces whether it cuts a text beforehand or not: ${name}`, () => {
    const parts = partsOf(file);
    const [cut, whole] = [new Pipeline(parts), new Pipeline(uncut(parts))];
    const { below } = random(`cuts/${name}`);
    for (let n = 0; n < 2000; n++) {
      const text = Array.from({ length: below(14) }, () => ALPHABET[below(ALPHABET.length)]).join("");
      deepEqual(piecesOf(cut, text), piecesOf(whole, text), JSON.stringify(text));
    }
  });
}
