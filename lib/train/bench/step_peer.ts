/**
 * Our side of the benchmark, in a process of its own, so that its memory is that of one row: takes a step for each line
 * `step` on stdin, and prints a line of JSON; other requests: `peak`, `parts`, `product`.
 *
 * @module
 */

import * as ort from "onnxruntime-node";
import { Trainer } from "../trainer.ts";
import { bareProduct } from "./bare_product.ts";
import { peakMemory, thisMachine } from "./machine.ts";
import { ourStep } from "./our_step.ts";
import { stepParts } from "./step_parts.ts";
import { Work } from "./work.ts";

const ROUNDS = 5;

async function main(work: Work): Promise<void> {
  const step = await ourStep(work);
  let trainer: Trainer | undefined;
  const answers: Readonly<Record<string, () => Promise<object>>> = {
    step: async () => {
      trainer ??= new Trainer(step.parameters, step.task, step.options);
      const start = performance.now();
      const { loss } = await trainer.next();
      return { seconds: (performance.now() - start) / 1000, loss };
    },
    peak: async () => ({ peak: await peakMemory() }),
    parts: async () => ({ ...await stepParts(step, ROUNDS) }),
    product: async () => ({ rate: await bareProduct(work) }),
  };
  const versions = { deno: Deno.version.deno, "onnxruntime-node": ort.env.versions.node ?? "unknown" };
  say({ versions, machine: await thisMachine() });
  for await (const request of lines()) {
    const answer = answers[request];
    if (!answer) throw new Error(`no such request: ${request}`);
    say(await answer());
  }
  await trainer?.close();
}

function say(answer: object): void {
  console.log(JSON.stringify(answer));
}

async function* lines(): AsyncGenerator<string> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const [...whole] = (rest + text).split("\n");
    rest = whole.pop() ?? "";
    yield* whole;
  }
}

try {
  await main(Work.parse(JSON.parse(Deno.args[0] ?? "")));
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
  Deno.exit(1);
}
