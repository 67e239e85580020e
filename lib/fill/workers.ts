/** A model that fills in several workers at once. @module */

import { checkWhole } from "../check_whole.ts";
import { z } from "zod";
import type { MaskedLetter } from "../mask/mask.ts";
import type { Fill } from "./filler.ts";
import type { FillerOptions, OpenFiller } from "./models.ts";

/** Letters that a worker is given at once. */
const LETTERS = 16;

/** What a worker is told: first what to open, then letters to fill. */
export type ToWorker =
  | { readonly open: string; readonly options: FillerOptions }
  | { readonly fill: readonly MaskedLetter[] };

const FromWorker = z.union([
  z.object({ name: z.string() }),
  z.object({ fills: z.custom<Fill[][]>(Array.isArray) }),
  z.object({ error: z.string() }),
]);

/**
 * Opens a model in several workers, each with a copy of it and its share of the threads. The fills are those of one: for machines with
 * many cores, on which one run of a model does not keep all of them busy.
 *
 * @param options as `openFiller()` has them; `threads` are those of all workers together, left out one a core
 * @throws Error when the number of workers is no positive whole number, and as `openFiller()` does
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { mask } from "../mask/mask.ts";
 * import { openInWorkers } from "./workers.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["well", "."], positions: 16 });
 * const filler = await openInWorkers(folder, 1);
 * const letters = [{ id: "a", text: "Is ill.", spans: [], meta: {} }];
 * const [fills] = await filler.fill(mask(letters, { strategy: "random", ratio: 1, seed: 42 }));
 * deepEqual(fills?.map(({ text }) => text), ["Well", "well"]);
 * await filler.close();
 * ```
 */
export async function openInWorkers(
  model: string,
  workers: number,
  options: FillerOptions = {},
): Promise<OpenFiller> {
  checkWhole("workers", workers);
  const { threads = navigator.hardwareConcurrency } = options;
  const each = { ...options, threads: Math.max(1, Math.floor(threads / workers)) };
  const links = Array.from({ length: workers }, () => new Link());
  try {
    const answers = await Promise.all(links.map((link) => link.ask({ open: model, options: each })));
    const [first] = answers;
    const name = first && "name" in first ? first.name : model;
    return {
      name,
      fill: async (masked, progress) => await fillIn(links, masked, progress),
      close: () => Promise.resolve(links.forEach((link) => link.close())),
    };
  } catch (error) {
    links.forEach((link) => link.close());
    throw error;
  }
}

async function fillIn(
  links: readonly Link[],
  masked: readonly MaskedLetter[],
  progress: (done: number, total: number) => void = () => {},
): Promise<Fill[][]> {
  const size = Math.max(1, Math.min(LETTERS, Math.ceil(masked.length / links.length)));
  const groups = Array.from(
    { length: Math.ceil(masked.length / size) },
    (_, i) => masked.slice(i * size, (i + 1) * size),
  );
  const results = groups.map((): Fill[][] => []);
  let [next, done] = [0, 0];
  await Promise.all(links.map(async (link) => {
    for (let i = next++; i < groups.length; i = next++) {
      const answer = await link.ask({ fill: groups[i] ?? [] });
      results[i] = "fills" in answer ? answer.fills : [];
      progress(done += groups[i]?.length ?? 0, masked.length);
    }
  }));
  return results.flat();
}

/** A worker that answers one message after the other. */
class Link {
  readonly #worker = new Worker(new URL("./fill_worker.ts", import.meta.url), { type: "module" });
  #answered = Promise.withResolvers<z.infer<typeof FromWorker>>();

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const answer = FromWorker.parse(data);
      if ("error" in answer) this.#answered.reject(new Error(answer.error));
      else this.#answered.resolve(answer);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#answered.reject(new Error(`a worker stopped: ${event.message}`));
    };
  }

  async ask(message: ToWorker): Promise<z.infer<typeof FromWorker>> {
    this.#answered = Promise.withResolvers();
    this.#worker.postMessage(message);
    return await this.#answered.promise;
  }

  close(): void {
    this.#worker.terminate();
  }
}
