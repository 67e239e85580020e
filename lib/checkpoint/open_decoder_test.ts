import { deepEqual, equal, rejects } from "node:assert/strict";
import { modelParameters } from "../architectures/heads.ts";
import { openGenerator } from "../generate/decoder.ts";
import { initialize } from "../train/initialize.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { writeWordPiece as writeTokenizer } from "../tokenizers/train/write_word_piece.ts";
import { readConfig } from "./config.ts";
import { openDecoder, openEncoder, openModel, saveModel } from "./model.ts";
import { writeSafetensors } from "./safetensors.ts";
import { tinyModel } from "./tiny_model.ts";

const HEAD = { kind: "language-model" } as const;
const PIECES = [...SPECIAL_TOKENS, "fever", "cough", "no", "and", "chill"];

/** A small random GPT-2 in a folder. */
async function tinyDecoder(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await writeTokenizer(folder, PIECES, 24);
  const sizes = {
    model_type: "gpt2",
    vocab_size: PIECES.length,
    n_embd: 16,
    n_layer: 2,
    n_head: 2,
    n_positions: 24,
  };
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(sizes));
  const { config, architecture } = await readConfig(folder);
  const parameters = new Map(
    [...modelParameters(architecture, HEAD)].map(([name, shape]) => [name, initialize(name, shape, 42)]),
  );
  await saveModel({ config, architecture, head: HEAD, parameters }, folder, "float32");
}

Deno.test("a folder with a decoder opens, and writes", async () => {
  const folder = `${await Deno.makeTempDir()}/tiny`;
  await tinyDecoder(folder);
  const { architecture, parameters, tokenizer, maxLength, config } = await openDecoder(folder, HEAD);
  equal(maxLength, 24);
  deepEqual(config["architectures"], ["GPT2LMHeadModel"]);
  const generator = await openGenerator(architecture, parameters);
  const prompts = ["no fever and", "cough"].map((text) => tokenizer.encode(text));
  const texts = await Array.fromAsync(generator.generate(prompts, { maxPieces: 5 }));
  deepEqual(texts.map(({ pieces }) => pieces.length), [5, 5]);
  await generator.close();

  // The hub's own GPT-2 names its parameters without the prefix.
  const bare = new Map([...parameters].map(([name, tensor]) => [name.replace("transformer.", ""), tensor]));
  await writeSafetensors(`${folder}/model.safetensors`, bare, { dtype: "float32" });
  deepEqual((await openDecoder(folder, HEAD)).parameters, parameters);
});

Deno.test("a folder of another kind is refused in one line", async () => {
  const root = await Deno.makeTempDir();
  await tinyDecoder(`${root}/decoder`);
  await tinyModel(`${root}/encoder`, { pieces: ["fever"], positions: 16 });
  await rejects(
    openEncoder(`${root}/decoder`, HEAD),
    /gpt2 is of the kind decoder, wanted is one of the kind encoder/,
  );
  await rejects(
    openDecoder(`${root}/encoder`, HEAD),
    /bert is of the kind encoder, wanted is one of the kind decoder/,
  );
  await rejects(
    openModel(`${root}/decoder`, { kind: "token-classification", labels: 2 }),
    /a gpt2 has no token-classification head/,
  );
  const config = await Deno.readTextFile(`${root}/decoder/config.json`);
  await Deno.writeTextFile(`${root}/decoder/config.json`, config.replace('"n_layer": 2', '"n_layer": 0'));
  await rejects(
    openDecoder(`${root}/decoder`, HEAD),
    /config\.json: n_layer is 0: not a whole number above 0/,
  );
});
