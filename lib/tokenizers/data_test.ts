import { deepEqual, equal, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { z } from "zod";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { pythonWith } from "../python.ts";
import { Tokenizer } from "./tokenizer.ts";
import { countWords } from "./train/count_words.ts";
import { CAUSAL_BPE_TOKENS, MASKED_BPE_TOKENS, UNIGRAM_TOKENS } from "./train/special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "./train/train_bpe.ts";
import { METASPACE, trainUnigram } from "./train/train_unigram.ts";
import { trainWordPiece } from "./train/train_wordpiece.ts";
import { writeBpe } from "./train/write_bpe.ts";
import { writeUnigram } from "./train/write_unigram.ts";
import { writeWordPiece } from "./train/write_word_piece.ts";

const Answer = z.record(
  z.string(),
  z.object({ pieces: z.number(), sha256: z.string(), auto: z.array(z.array(z.number())).optional() }),
);
const script = new URL("data_oracle.py", import.meta.url).pathname;

/** All texts of the shared corpora, or, unless PALIMPSEST_ALL_DATA is set, the beginnings of some. */
async function textsOf(folder: string): Promise<string[]> {
  const texts: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = (await Array.fromAsync(Deno.readDir(folder))).sort((a, b) => a.name < b.name ? -1 : 1);
    for (const { name, isDirectory } of entries) {
      if (isDirectory) await walk(`${folder}/${name}`);
      else texts.push(await Deno.readTextFile(`${folder}/${name}`));
    }
  };
  await walk(folder);
  if (Deno.env.get("PALIMPSEST_ALL_DATA")) return texts;
  return texts.filter(({ length }, i) => length > 50_000 || i % 40 === 0).map((text) =>
    text.slice(0, 15_000).toWellFormed()
  );
}

const data = sharedFolder("data");
const python = data === undefined ? undefined : await pythonWith("transformers");

Deno.test({
  name: "tokenizers trained here, and all-MiniLM-L6-v2, encode the shared corpora as Python's tokenizers do",
  ignore: data === undefined || python === undefined,
  fn: async () => {
    const texts = await textsOf(data ?? "");
    const learnt = texts.filter((_, i) => i % 3 === 0);
    const folder = await Deno.makeTempDir();
    try {
      const size = 1500;
      await writeWordPiece(`${folder}/word-piece`, trainWordPiece(countWords(learnt), { size }));
      for (const special of [MASKED_BPE_TOKENS, CAUSAL_BPE_TOKENS]) {
        const words = countWords(learnt, { ...BYTE_LEVEL, special });
        await writeBpe(`${folder}/bpe-${special.length}`, trainBpe(words, { size, special }), 512);
      }
      const words = countWords(learnt, { ...METASPACE, special: UNIGRAM_TOKENS });
      await writeUnigram(`${folder}/unigram`, trainUnigram(words, { size, special: UNIGRAM_TOKENS }), {
        maxLength: 512,
      });
      const folders = ["word-piece", "bpe-5", "bpe-1", "unigram"].map((name) => `${folder}/${name}`);
      const mini = sharedFolder("models/all-MiniLM-L6-v2");
      if (mini !== undefined) folders.push(mini);

      await Deno.writeTextFile(`${folder}/texts.json`, JSON.stringify(texts));
      const { success, stdout, stderr } = await new Deno.Command(python ?? "python3", {
        args: [script, `${folder}/texts.json`, ...folders],
      }).output();
      ok(success, new TextDecoder().decode(stderr));
      const answers = Answer.parse(JSON.parse(new TextDecoder().decode(stdout)));
      for (const one of folders) {
        const tokenizer = await Tokenizer.open(one);
        const digest = createHash("sha256");
        let pieces = 0;
        for (const text of texts) {
          const { ids, starts, ends } = tokenizer.encodeWithOffsets(text);
          deepEqual(tokenizer.encode(text), ids);
          pieces += ids.length;
          digest.update(Int32Array.from([...ids, ...ids.flatMap((_, i) => [starts[i] ?? 0, ends[i] ?? 0])]));
        }
        const answer = answers[one];
        equal(pieces, answer?.pieces, one);
        equal(digest.digest("hex"), answer?.sha256, one);
        for (const [i, ids] of answer?.auto?.entries() ?? []) {
          deepEqual(tokenizer.withSpecial(tokenizer.encode(texts[i] ?? "")), ids, `${one}: AutoTokenizer`);
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
