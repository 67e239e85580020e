/** Where the time of a training step goes. @module */

import { release } from "../../onnx/session.ts";
import { AdamW, gradientNorm } from "../adamw.ts";
import { given, gradientsIn, stepGraph } from "../step_graph.ts";
import { median } from "./median.ts";
import { type GraphRun, isProduct, productOperations } from "./operator_profile.ts";
import type { OurStep } from "./our_step.ts";
import { profiled } from "./profiled.ts";

/** Medians over steps, in seconds. */
export interface StepParts {
  /** Inside the runtime. */
  readonly graph: number;
  /** What a run of the graph takes beyond that: arrays going in and coming out. */
  readonly boundary: number;
  /** The gradient's norm and AdamW. */
  readonly optimizer: number;
  /** Putting the batch together, and drawing the masks of dropout. */
  readonly batch: number;
  readonly masks: number;
  /** What the matrix products reach, in GFLOP/s, and their share of the time inside the runtime. */
  readonly products: { readonly rate: number; readonly share: number };
  /** The operators that take most time: their shares of the time inside the runtime. */
  readonly operators: Readonly<Record<string, number>>;
}

/** Takes a trainer's steps part by part, under the runtime's profiler; the first two steps are not counted. */
export async function stepParts({ parameters, task, options }: OurStep, rounds: number): Promise<StepParts> {
  const optimizer = new AdamW(parameters, options);
  const { graph, dropout } = stepGraph(parameters, task, task.batch(0), options);
  const times: { run: number; optimizer: number; batch: number; masks: number }[] = [];
  const runs = await profiled(graph, options, async (session) => {
    for (let step = 0; step < WARM_UP + rounds; step++) {
      const watch = stopwatch();
      const batch = task.batch(step);
      const [batched, masks] = [watch(), dropout?.masks(step)];
      const drawn = watch();
      const results = await session.run({ ...given(parameters, options.base), ...batch, ...masks });
      const ran = watch();
      const gradients = gradientsIn(results, parameters);
      optimizer.step(gradients, 1e-4, gradientNorm(gradients));
      release(gradients.values());
      times.push({ batch: batched, masks: drawn, run: ran, optimizer: watch() });
    }
  });
  const [counted, countedRuns] = [times.slice(WARM_UP), runs.slice(WARM_UP)];
  const of = (part: (time: (typeof times)[number], i: number) => number) => median(counted.map(part));
  return {
    graph: median(countedRuns.map(({ seconds }) => seconds)),
    boundary: of(({ run }, i) => run - (countedRuns[i]?.seconds ?? NaN)),
    optimizer: of(({ optimizer }) => optimizer),
    batch: of(({ batch }) => batch),
    masks: of(({ masks }) => masks),
    products: productRate(countedRuns),
    operators: shares(countedRuns),
  };
}

const WARM_UP = 2;
const OPERATORS = 10;

/** What the matrix products of all runs together reach, in GFLOP/s, and their share of the time. */
function productRate(runs: readonly GraphRun[]): StepParts["products"] {
  const products = runs.flatMap(({ operators }) => operators.filter(isProduct));
  const seconds = products.reduce((sum, product) => sum + product.seconds, 0);
  const operations = products.reduce((sum, product) => sum + productOperations(product), 0);
  return {
    rate: operations / seconds / 1e9,
    share: seconds / runs.reduce((sum, run) => sum + run.seconds, 0),
  };
}

function shares(runs: readonly GraphRun[]): StepParts["operators"] {
  const whole = runs.reduce((sum, { seconds }) => sum + seconds, 0);
  const sums = new Map<string, number>();
  for (const { operator, seconds } of runs.flatMap(({ operators }) => operators)) {
    sums.set(operator, (sums.get(operator) ?? 0) + seconds / whole);
  }
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a).slice(0, OPERATORS));
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
