/** The check of gradients against differences of the loss; tests of operators share it. @module */

import { ok } from "node:assert/strict";
import { random } from "../random.ts";
import { GraphBuilder } from "./builder.ts";
import { differentiate } from "./differentiate.ts";
import type { Attribute, Value } from "./graph.ts";
import { Session } from "./session.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

/** A small graph whose gradient is checked. */
export interface GradientCase {
  readonly name: string;
  /** The shapes of the inputs that are differentiated. */
  readonly shapes: readonly (readonly number[])[];
  readonly build: (b: GraphBuilder, xs: readonly Value[]) => Value | readonly Value[];
  /** Where the inputs lie, evenly spread, no two alike; default [−1, 1.05]. */
  readonly range?: readonly [number, number];
}

const STEP = 0.01;
const TOLERANCE = 2e-3; // rounding of the loss in float32, divided by the step

/** A case of one operator, with constants behind the inputs that are differentiated. */
export function operatorCase(
  name: string,
  shapes: GradientCase["shapes"],
  attributes: Readonly<Record<string, Attribute>> = {},
  constants: readonly Tensor[] = [],
  range?: readonly [number, number],
): GradientCase {
  const [operator = ""] = name.split(/[ ,]/);
  const build: GradientCase["build"] = (b, xs) => {
    const behind = constants.map((tensor, i) => b.initializer(`constant ${i}`, tensor));
    return b.apply(operator, [...xs, ...behind], attributes);
  };
  return { name, shapes, build, ...(range && { range }) };
}

/** Whole numbers as a constant of int64. */
export function whole(
  values: readonly number[],
  shape: readonly number[] = [values.length],
): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}

/** Numbers as a constant of float32. */
export function float(values: readonly number[], shape: readonly number[] = []): Tensor<"float32"> {
  return { dtype: "float32", shape, data: Float32Array.from(values) };
}

/** Σ w · y over the first output, with weights that differ, so that no error cancels. */
function weighted(b: GraphBuilder, built: Value | readonly Value[]): Value {
  const outputs = "name" in built ? [built] : built;
  const y = outputs.find(({ dtype }) => dtype === "float32");
  if (!y) throw new Error("nothing to differentiate");
  const shape = y.shape.map(Number);
  const stream = random("weights");
  const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.5 + stream.next());
  const product = b.mul(y, b.initializer("weights", { dtype: "float32", shape, data }));
  return shape.length === 0 ? product : b.reduceSum(product, shape.map((_, i) => i), false);
}

/** Numbers evenly spread over a range, in random order: as many tensors as there are shapes. */
function spread({ name, shapes, range: [low, high] = [-1, 1.05] }: GradientCase): Tensor<"float32">[] {
  const count = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const numbers = Array.from({ length: count }, (_, i) => low + (high - low) * (i + 0.5) / count);
  const left = random(name).shuffle(numbers);
  return shapes.map((shape) => ({
    dtype: "float32",
    shape,
    data: Float32Array.from(left.splice(0, sizeOf(shape))),
  }));
}

/** Registers a test that every element of the gradient equals a central difference of the loss. */
export function testGradient(of: GradientCase): void {
  const { name, shapes, build } = of;
  Deno.test(`the gradient equals central differences: ${name}`, async () => {
    const b = new GraphBuilder(name);
    const inputs = shapes.map((shape, i) => b.input(`x${i}`, "float32", shape));
    const loss = b.named("loss", weighted(b, build(b, inputs)));
    const gradients = differentiate(b, loss, inputs).map((value, i) => b.named(`g${i}`, value));
    const session = await Session.open(b.graph([loss, ...gradients]), { threads: 1 });
    const tensors = spread(of);
    const feeds = Object.fromEntries(tensors.map((tensor, i) => [`x${i}`, tensor]));
    const results = await session.run(feeds);
    const at = async () => Number((await session.run(feeds))["loss"]?.data[0]);
    for (const [i, { data, shape }] of tensors.entries()) {
      const gradient = results[`g${i}`];
      ok(gradient && `${gradient.shape}` === `${shape}`, `gradient ${i} has shape [${gradient?.shape}]`);
      for (let k = 0; k < data.length; k++) {
        const x = data[k] ?? 0;
        const [above, below] = [Math.fround(x + STEP), Math.fround(x - STEP)];
        data[k] = above;
        const up = await at();
        data[k] = below;
        const down = await at();
        data[k] = x;
        const expected = (up - down) / (above - below);
        const got: number = Number(gradient.data[k]);
        ok(
          Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)),
          `x${i}[${k}] at ${x}: ${got}, expected ${expected}`,
        );
      }
    }
    await session.close();
  });
}
