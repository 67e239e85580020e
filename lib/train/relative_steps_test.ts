import { ok } from "node:assert/strict";
import { AdamW } from "./adamw.ts";

Deno.test("with relative steps a parameter's first step is in proportion to its root mean square", () => {
  const tensor = (...values: number[]) =>
    ({ dtype: "float32", shape: [values.length], data: Float32Array.from(values) }) as const;
  const parameters = new Map([["wide", tensor(30, 40)], ["narrow", tensor(0.3, 0.4)], [
    "none",
    tensor(0, 0),
  ]]);
  const gradients = new Map([...parameters.keys()].map((name) => [name, tensor(1, -2)]));
  new AdamW(parameters, { relativeSteps: true, weightDecay: 0 }).step(gradients, 0.1);
  // Adam's first step is the learning rate, whatever the gradient's size.
  const near = (x: number | undefined, y: number) =>
    ok(Math.abs((x ?? NaN) - y) < 1e-4 * Math.abs(y), `${x}, not ${y}`);
  near(parameters.get("wide")?.data[0], 30 - 0.1 * Math.sqrt(1250));
  near(parameters.get("wide")?.data[1], 40 + 0.1 * Math.sqrt(1250));
  near(parameters.get("narrow")?.data[0], 0.3 - 0.1 * Math.sqrt(0.125));
  near(parameters.get("none")?.data[1], 0.1 * 1e-3);
});
