/** Made-up corpora, tiny checkpoints and recipes, for tests of whole runs. @module */

import { modelParameters } from "../architectures/heads.ts";
import { readConfig, writeConfig } from "../checkpoint/config.ts";
import { saveModel } from "../checkpoint/model.ts";
import { random } from "../random.ts";
import { sha256 } from "../sha256.ts";
import { countWords } from "../tokenizers/train/count_words.ts";
import { CAUSAL_BPE_TOKENS, SPECIAL_TOKENS, UNIGRAM_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { BYTE_LEVEL, trainBpe } from "../tokenizers/train/train_bpe.ts";
import { METASPACE, trainUnigram } from "../tokenizers/train/train_unigram.ts";
import { writeBpe } from "../tokenizers/train/write_bpe.ts";
import { writeUnigram } from "../tokenizers/train/write_unigram.ts";
import { writeWordPiece } from "../tokenizers/train/write_word_piece.ts";
import { initialize } from "./initialize.ts";
import { folderHash } from "./texts/brat_folder.ts";

const WHAT = { corpus: "made up", licence: "CC0-1.0", from: "this test" } as const;
const DRUGS = { aspirin: "pain", heparin: "clots", insulin: "sugar" } as const;

/** A folder with made-up corpora of sentences that a model can learn, and recipes that train on them. */
export async function corpora() {
  const folder = await Deno.makeTempDir();
  const stream = random("sentences");
  const pick = <T>(items: readonly T[]): T => items[stream.below(items.length)] ?? items[0] ?? fail();
  const sentence = () => {
    const [drug, use] = pick(Object.entries(DRUGS));
    return ["the", "patient", "takes", drug, "for", use, "daily"];
  };
  const write = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return { file: name, sha256: sha256(text), ...WHAT };
  };
  const csv = async (name: string, count: number) => {
    const text = `note\n${Array.from({ length: count }, () => sentence().join(" ")).join("\n")}\n`;
    return { kind: "csv", column: "note", ...await write(name, text) };
  };
  const tsv = async (name: string, count: number) => {
    const lines = () => sentence().map((word) => `${word}\t${word in DRUGS ? "B-DRUG" : "O"}\n`).join("");
    return { kind: "iob", ...await write(name, Array.from({ length: count }, lines).join("\n")) };
  };
  const texts = { texts: [await csv("train.csv", 300)], validation: [await csv("valid.csv", 40)] };
  const labelled = { texts: [await tsv("train.tsv", 60)], validation: [await tsv("valid.tsv", 20)] };
  const title = { name: "tiny", description: "A tiny model.", seed: 42, threads: 1 };
  return {
    folder,
    /** Masked LM from random weights. */
    recipe: {
      ...{ ...title, task: "masked-lm", ...texts, batch: [16, 16], share: 0.2, steps: 800 },
      ...{ learningRate: 0.003, validateEvery: 400, weights: "float16" },
      start: {
        ...{
          kind: "scratch",
          vocabulary: 150,
          layers: 1,
          hidden: 32,
          heads: 2,
          intermediate: 64,
          positions: 32,
        },
      },
    },
    causal: {
      ...{
        ...title,
        task: "causal-lm",
        ...texts,
        batch: [8, 16],
        steps: 40,
        learningRate: 0.01,
        validateEvery: 20,
      },
      start: await checkpoint(folder, "gpt2", {
        ...{ model_type: "gpt2", n_embd: 32, n_layer: 1, n_head: 2, n_positions: 32 },
      }),
    },
    infilling: {
      ...{
        ...title,
        task: "span-infilling",
        ...texts,
        batch: [8, 16],
        steps: 20,
        learningRate: 0.01,
        validateEvery: 10,
      },
      start: await checkpoint(folder, "t5", {
        ...{
          model_type: "t5",
          d_model: 16,
          d_kv: 8,
          d_ff: 32,
          num_layers: 1,
          num_heads: 2,
          decoder_start_token_id: 0,
        },
      }),
    },
    tagging: {
      ...{ ...title, task: "token-classification", ...labelled, labels: ["O", "B-DRUG"], batch: [8, 32] },
      ...{ steps: 60, learningRate: 0.01, validateEvery: 30, weights: "float32" },
      start: await checkpoint(folder, "bert", {
        ...{ model_type: "bert", hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2 },
        ...{ intermediate_size: 32, max_position_embeddings: 32 },
      }),
    },
    /** A folder of BRAT letters as a source. */
    async letters() {
      await Deno.mkdir(`${folder}/letters`);
      for (const id of ["a", "b"]) {
        const text = `${sentence().join(" ")}.\n`;
        const drug = text.split(" ")[3] ?? "";
        await Deno.writeTextFile(`${folder}/letters/${id}.txt`, text);
        await Deno.writeTextFile(`${folder}/letters/${id}.ann`, `T1\tDRUG 18 ${18 + drug.length}\t${drug}\n`);
      }
      return { kind: "brat", file: "letters", sha256: await folderHash(`${folder}/letters`), ...WHAT };
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** A tiny random checkpoint with a tokenizer of its family, below a folder. */
async function checkpoint(folder: string, family: "bert" | "gpt2" | "t5", sizes: object) {
  const words = ["the", "patient", "takes", "for", "daily", ...Object.entries(DRUGS).flat()];
  const path = `${folder}/${family}`;
  let pieces: number;
  if (family === "bert") {
    const all = [...SPECIAL_TOKENS, ...words.filter((word) => word !== "aspirin"), "asp", "##irin", "."];
    pieces = all.length;
    await writeWordPiece(path, all, 32);
  } else if (family === "gpt2") {
    const counts = countWords([words.join(" "), words.join(" ")], {
      ...BYTE_LEVEL,
      special: CAUSAL_BPE_TOKENS,
    });
    const trained = trainBpe(counts, { size: 300, special: CAUSAL_BPE_TOKENS });
    pieces = trained.pieces.length;
    await writeBpe(path, trained, 32);
  } else {
    const counts = countWords([words.join(" ")], { ...METASPACE, special: UNIGRAM_TOKENS });
    const trained = trainUnigram(counts, { size: 60, special: UNIGRAM_TOKENS });
    pieces = trained.length + 10;
    await writeUnigram(path, trained, { maxLength: 32, sentinels: 10 });
  }
  await writeConfig(path, { ...sizes, vocab_size: pieces });
  const { config, architecture } = await readConfig(path);
  const head = { kind: family === "bert" ? "none" : "language-model" } as const;
  const shapes = [...modelParameters(architecture, head)];
  const parameters = new Map(shapes.map(([name, shape]) => [name, initialize(name, shape, 1, 0.1)]));
  await saveModel({ config, architecture, head, parameters }, path, "float32");
  const bytes = await Deno.readFile(`${path}/model.safetensors`);
  return { kind: "checkpoint", folder: family, sha256: sha256(bytes), from: "this test", licence: "CC0-1.0" };
}

function fail(): never {
  throw new Error("nothing to pick from");
}
