/** Both sides of a row, taking turns. @module */

import { z } from "zod";
import { Peer } from "../../peer.ts";
import { Machine } from "./machine.ts";
import { median } from "./median.ts";
import type { Work } from "./work.ts";

const Versions = z.record(z.string(), z.string());
const OurStart = z.object({ versions: Versions, machine: Machine });
const PyTorchStart = z.object({ versions: Versions });
const Step = z.object({ seconds: z.number(), loss: z.number() });
const Peak = z.object({ peak: z.number().nullable() });
const Rate = z.object({ rate: z.number() });
const Parts = z.object({
  graph: z.number(),
  boundary: z.number(),
  optimizer: z.number(),
  batch: z.number(),
  masks: z.number(),
  products: z.object({ rate: z.number(), share: z.number() }),
  operators: z.record(z.string(), z.number()),
});
const Refusal = z.object({ error: z.string() });

/** What is measured of a side; seconds are medians, memory is in bytes, rates are in GFLOP/s. */
export const Side = z.object({
  seconds: z.number(),
  /** The most memory that the process held, the rounds over; null where the system does not say. */
  peak: z.number().nullable(),
  /** A bare matrix product in the same process. */
  product: z.number(),
});

export const Measured = z.object({
  ours: Side.extend({ parts: Parts }),
  /** Left out where there is no PyTorch. */
  pytorch: Side.optional(),
  machine: Machine,
  versions: Versions,
});

export type Measured = z.infer<typeof Measured>;

/** Rounds that warm caches and allocators, and are not counted. */
export const WARM_UP = 2;

/**
 * Takes steps in turn with PyTorch, each side in a process of its own.
 *
 * @param python left out: ours alone
 * @throws Error with what a side says when it cannot
 */
export async function measure(work: Work, rounds: number, python: string | undefined): Promise<Measured> {
  const ours = ourPeer(work);
  const { versions, machine } = await ours.next(OurStart);
  const pytorch = python === undefined ? undefined : new StepPeer(python, [beside("step_peer.py")], work);
  const theirs = await pytorch?.next(PyTorchStart);
  for (let round = -WARM_UP; round < rounds; round++) {
    await ours.step(round >= 0);
    await pytorch?.step(round >= 0);
  }
  const [here, there] = [await ours.measured(), await pytorch?.measured()];
  await ours.close();
  await pytorch?.close();
  return {
    ours: { ...here, parts: await partsOf(work) },
    ...(there && { pytorch: there }),
    machine,
    versions: { ...versions, ...theirs?.versions },
  };
}

/** In a process of its own: what a trainer holds in memory slows a second session down. */
async function partsOf(work: Work): Promise<z.infer<typeof Parts>> {
  const peer = ourPeer(work);
  await peer.next(OurStart);
  const parts = await peer.ask("parts", Parts);
  await peer.close();
  return parts;
}

function ourPeer(work: Work): StepPeer {
  return new StepPeer(Deno.execPath(), ["run", "--allow-all", beside("step_peer.ts")], work);
}

/** A process that takes steps when it is asked to. */
class StepPeer {
  readonly #peer: Peer;
  readonly #seconds: number[] = [];

  constructor(program: string, args: readonly string[], work: Work) {
    this.#peer = new Peer(program, ...args, JSON.stringify(work));
  }

  async next<T>(schema: z.ZodType<T>): Promise<T> {
    return answered(schema, await this.#peer.answer());
  }

  async ask<T>(request: string, schema: z.ZodType<T>): Promise<T> {
    return answered(schema, await this.#peer.ask(request));
  }

  async step(counts: boolean): Promise<void> {
    const { seconds } = await this.ask("step", Step);
    if (counts) this.#seconds.push(seconds);
  }

  /** The memory first: a bare product takes some too. */
  async measured(): Promise<z.infer<typeof Side>> {
    const { peak } = await this.ask("peak", Peak);
    const { rate } = await this.ask("product", Rate);
    return { seconds: median(this.#seconds), peak, product: rate };
  }

  async close(): Promise<void> {
    await this.#peer.close();
  }
}

function answered<T>(schema: z.ZodType<T>, answer: unknown): T {
  const refusal = Refusal.safeParse(answer);
  if (refusal.success) throw new Error(refusal.data.error);
  return schema.parse(answer);
}

function beside(file: string): string {
  return new URL(file, import.meta.url).pathname;
}
