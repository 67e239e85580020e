import { deepEqual, ok, rejects } from "node:assert/strict";
import { t5 } from "../architectures/t5.ts";
import { t5Fixture } from "../parity/t5_fixture.ts";
import { t5Text, t5Texts, written } from "../parity/t5_parity.ts";
import { openWriter } from "./encoder_decoder.ts";

const NAMES = ["t5", "t5_gated"] as const;

for (const name of NAMES) {
  Deno.test(`${name}: 64 pieces written greedily, with the cache, are Python's`, async () => {
    const fixture = await t5Fixture(name);
    ok(fixture.generated.greedy.some((sequence) => written(sequence, 1).length === 64));
    for (const textsAtOnce of [3, 2]) ok((await t5Text(fixture, textsAtOnce)).equal);
  });

  Deno.test(`${name}: beams find the texts that Python's find, with their scores`, async () => {
    const fixture = await t5Fixture(name);
    const model = t5(fixture.config);
    const writer = await openWriter(model, fixture.parameters);
    for (const { options, sequences, scores } of fixture.generated.beams) {
      const found = await writer.write(t5Texts(fixture), {
        beams: options.num_beams,
        maxPieces: options.max_new_tokens,
        noRepeat: options.no_repeat_ngram_size,
        lengthPenalty: options.length_penalty,
        earlyStopping: options.early_stopping,
        textsAtOnce: 2,
      });
      deepEqual(
        found.map(({ pieces }) => pieces),
        sequences.map((sequence) => written(sequence, model.special.end)),
        JSON.stringify(options),
      );
      for (const [i, { score }] of found.entries()) {
        const expected = scores[i] ?? NaN;
        ok(
          Math.abs(score - expected) < 1e-5 * Math.max(1, Math.abs(expected)),
          `${score}, Python ${expected}`,
        );
      }
    }
    await writer.close();
  });
}

Deno.test("some of the recorded texts end by themselves, and stopping early finds others", async () => {
  const fixtures = await Promise.all(NAMES.map(t5Fixture));
  const [patient, early] = [0, 1].map((i) => fixtures.map(({ generated }) => generated.beams[i]?.sequences));
  ok(JSON.stringify(patient) !== JSON.stringify(early));
  const ends = fixtures.flatMap(({ generated }) => generated.beams.flatMap(({ sequences }) => sequences))
    .map((sequence) => sequence.includes(1));
  ok(ends.includes(true) && ends.includes(false));
});

Deno.test("write() refuses texts without pieces and impossible options", async () => {
  const fixture = await t5Fixture("t5");
  const writer = await openWriter(t5(fixture.config), fixture.parameters);
  deepEqual(await writer.write([], { maxPieces: 3 }), []);
  await rejects(writer.write([[5], []], { maxPieces: 3 }), /text 1 has no pieces/);
  await rejects(writer.write([[5]], { maxPieces: 0 }), /maxPieces 0: choose/);
  await rejects(writer.write([[5]], { maxPieces: 3, beams: 1.5 }), /beams 1.5: choose/);
  await rejects(writer.write([[5]], { maxPieces: 3, textsAtOnce: 0 }), /textsAtOnce 0: choose/);
  await writer.close();
});
