import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { decoderFixture } from "../parity/decoder_fixture.ts";
import { decoderOf } from "../parity/decoder_parity.ts";
import { type Continuation, type GenerateOptions, openGenerator, type TextGenerator } from "./decoder.ts";

async function opened(family: string) {
  const values = await decoderFixture(family);
  const generator = await openGenerator(decoderOf(values), values.parameters);
  const all = (prompts: readonly (readonly number[])[], options: GenerateOptions) =>
    Array.fromAsync(generator.generate(prompts, options));
  const { prompts } = values.text;
  return { text: values.text, prompts, generator, all, [Symbol.asyncDispose]: () => generator.close() };
}

const piecesOf = (texts: readonly Continuation[]) => texts.map(({ pieces }) => pieces);

for (const family of ["gpt2", "bloom", "biogpt"]) {
  Deno.test(`${family} writes what PyTorch writes greedily, side by side and alone`, async () => {
    await using made = await opened(family);
    const { text, prompts, all } = made;
    deepEqual(piecesOf(await all(prompts, { maxPieces: 64 })), text.greedy);
    deepEqual(piecesOf(await all(prompts, { maxPieces: 64, textsAtOnce: 1 })), text.greedy);
    deepEqual(piecesOf(await all(prompts, { maxPieces: 64, noRepeat: 2 })), text.no_repeated_pair);
  });

  Deno.test(`${family} with its cache writes what it writes without`, async () => {
    await using made = await opened(family);
    const { prompts, all } = made;
    const pieces = [...prompts[0] ?? []];
    for (let i = 0; i < 12; i++) {
      const [next] = await all([pieces], { maxPieces: 1 });
      pieces.push(next?.pieces[0] ?? NaN);
    }
    const [once] = await all(prompts.slice(0, 1), { maxPieces: 12 });
    deepEqual([...prompts[0] ?? [], ...once?.pieces ?? []], pieces);
  });
}

Deno.test("a text ends before the piece that ends it, and the others go on", async () => {
  await using made = await opened("gpt2");
  const { text, prompts, all } = made;
  for (const [row, greedy] of text.greedy.entries()) {
    const end = greedy[20] ?? NaN;
    const texts = await all([...prompts, ...prompts], { maxPieces: 64, ends: [end, 1000] });
    for (const [i, { pieces, ended }] of texts.entries()) {
      const whole = text.greedy[i % 2] ?? [];
      const at = whole.indexOf(end);
      deepEqual(pieces, at < 0 ? whole : whole.slice(0, at));
      equal(ended, at >= 0);
    }
    ok(texts[row]?.ended);
  }
});

Deno.test("a sampled text follows from seed and number, whoever is beside it", async () => {
  await using made = await opened("gpt2");
  const { prompts, all } = made;
  const five = [0, 1, 0, 0, 1].map((i) => prompts[i] ?? []);
  const options = {
    maxPieces: 40,
    ends: [3],
    sampling: { seed: "a", temperature: 1.2, topK: 40, topP: 0.95 },
  };
  const together = await all(five, options);
  deepEqual(await all(five, { ...options, textsAtOnce: 2 }), together);
  deepEqual(
    await all(five.slice(3), { ...options, sampling: { ...options.sampling, first: 3 } }),
    together.slice(3),
  );
  ok(`${together[0]?.pieces}` !== `${together[2]?.pieces}`, "texts of one prompt differ");
  const other = await all(five, { ...options, sampling: { ...options.sampling, seed: "b" } });
  ok(`${piecesOf(other)}` !== `${piecesOf(together)}`);
});

Deno.test("almost no temperature, and one piece to choose from, are greedy", async () => {
  await using made = await opened("bloom");
  const { text, prompts, all } = made;
  for (const sampling of [{ seed: 1, temperature: 0.001 }, { seed: 1, topK: 1 }, { seed: 1, topP: 1e-6 }]) {
    deepEqual(piecesOf(await all(prompts, { maxPieces: 64, sampling })), text.greedy);
  }
});

Deno.test("generate() refuses prompts and options that cannot be", async () => {
  await using made = await opened("gpt2");
  const { prompts, generator } = made;
  const first = (prompts: readonly (readonly number[])[], options: GenerateOptions) =>
    next(generator, prompts, options);
  await rejects(first([[]], { maxPieces: 4 }), /prompt 0 has no pieces/);
  await rejects(
    first(prompts, { maxPieces: 74 }),
    /prompt 0: 7 pieces and 74 to come, but the model has 80 positions/,
  );
  await rejects(first(prompts, { maxPieces: 0 }), /maxPieces 0: choose a whole number of 1 or more/);
  const sampling = { seed: 1 };
  await rejects(first(prompts, { maxPieces: 4, sampling: { ...sampling, temperature: 0 } }), /temperature 0/);
  await rejects(first(prompts, { maxPieces: 4, sampling: { ...sampling, topK: 0 } }), /topK 0/);
  await rejects(first(prompts, { maxPieces: 4, sampling: { ...sampling, topP: 1.5 } }), /topP 1.5/);
});

async function next(
  generator: TextGenerator,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions,
) {
  return await generator.generate(prompts, options).next();
}
