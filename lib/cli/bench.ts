/**
 * `deno task bench [NAME…]`: speed beside the Python peers that are installed, as ratios in one run. Options behind the name
 * of one benchmark are its own: `deno task bench train --threads 2,1`.
 *
 * @module
 */

import { overlapBench } from "../metrics/overlap_bench.ts";

type Bench = (options: readonly string[]) => Promise<unknown>;

const benches: Readonly<Record<string, Bench>> = {
  generate: () => import("../generate/generate_bench.ts"),
  annotate: () => import("../ner/annotate_bench.ts"),
  taggers: async (options) => (await import("../ner/yardstick.ts")).yardsticks(options),
  rouge: () => overlapBench("rouge"),
  bleu: () => overlapBench("bleu"),
  meteor: () => overlapBench("meteor"),
  bertscore: async () => (await import("../metrics/bertscore/bertscore_bench.ts")).bertscoreBench(),
  spans: () => import("../metrics/spans/spans_bench.ts"),
  privacy: () => import("../metrics/privacy/privacy_bench.ts"),
  mask: async () => await (await import("../mask/mask_bench.ts")).maskBench(),
  phi: async () => await (await import("../phi/finder_bench.ts")).finderBench(),
  fill: async () => await (await import("../fill/fill_bench.ts")).fillBench(),
  infill: async () => await (await import("../fill/encoder_decoder/infilling_bench.ts")).infillingBench(),
  train: async (options) => (await import("../train/train_bench.ts")).trainBench(options),
  experiments: async () => await (await import("../experiment/grid_bench.ts")).gridBench(),
};

const behind = Deno.args.findIndex((arg) => arg.startsWith("-"));
const [named, options] = behind < 0 ? [Deno.args, []] : [Deno.args.slice(0, behind), Deno.args.slice(behind)];
/** Benchmarks that are run together by one name. */
const groups: Readonly<Record<string, readonly string[]>> = {
  metrics: ["rouge", "bleu", "meteor", "bertscore", "spans"],
  letters: ["mask", "phi", "fill", "infill"],
};
/** What takes hours is run by its name alone. */
const quick = Object.keys(benches).filter((name) => name !== "taggers");
const names = named.length > 0 ? named.flatMap((name) => groups[name] ?? [name]) : quick;
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(
    `unknown benchmark "${unknown}". Known: ${Object.keys({ ...benches, ...groups }).join(", ")}.`,
  );
  Deno.exit(2);
}
if (options.length > 0 && !["train", "taggers"].includes(`${names}`)) {
  console.error(`options are for train or taggers alone: deno task bench train ${options.join(" ")}`);
  Deno.exit(2);
}
try {
  for (const name of names) await benches[name]?.(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
