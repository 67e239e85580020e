import { deepEqual, ok, throws } from "node:assert/strict";
import { GraphBuilder } from "../builder.ts";
import { constant } from "../constant.ts";
import type { Attribute } from "../graph.ts";
import { inferenceInput } from "../operator.ts";
import { operators } from "../operators.ts";
import { Session } from "../session.ts";
import type { DType, Tensor } from "../tensor.ts";

interface Case {
  readonly operator: string;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

const tensor = (dtype: DType) => (values: readonly number[], shape: readonly number[] = [values.length]) =>
  constant(dtype, shape, values);
const [int, float, bool] = [tensor("int64"), tensor("float32"), tensor("bool")];
const matrix = int([5, -3, 0, 7, 2, 2], [2, 3]);
const [END, START] = [Infinity, -Infinity]; // the ends of int64
const over = (axis: number) => ({ axis: { int: axis } });

const cases: readonly Case[] = [
  ...["Add", "Sub", "Mul", "Div", "Mod", "Min", "Max"].map((operator) => ({
    operator,
    inputs: [matrix, int([4, -2, 3])],
  })),
  ...["Add", "Sub", "Mul", "Div"].map((operator) => ({
    operator,
    inputs: [float([0.1, -7.7, 1e20], [3, 1]), float([0.3, 3e-9])],
  })),
  { operator: "Mod", inputs: [float([5.5, -5.5]), float([2])], attributes: { fmod: { int: 1 } } },
  { operator: "Max", inputs: [matrix, int([1]), int([3], [])] },
  ...["Neg", "Abs", "Sign"].map((operator) => ({ operator, inputs: [matrix] })),
  ...["Sqrt", "Reciprocal"].map((operator) => ({ operator, inputs: [float([0.1, 2, 3e7])] })),
  ...["Floor", "Ceil", "Round", "Relu", "Identity"].map((operator) => ({
    operator,
    inputs: [float([0.5, 1.5, -0.5, -1.7, 2.5, 3.2])],
  })),
  ...["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"].map((operator) => ({
    operator,
    inputs: [matrix, int([5, 2], [2, 1])],
  })),
  ...["And", "Or", "Xor"].map((operator) => ({ operator, inputs: [bool([0, 0, 1, 1]), bool([0, 1, 0, 1])] })),
  { operator: "Not", inputs: [bool([0, 1])] },
  { operator: "IsNaN", inputs: [float([NaN, 1, Infinity])] },
  { operator: "Where", inputs: [bool([1, 0], [2, 1]), matrix, int([9], [])] },
  { operator: "Clip", inputs: [float([-2, 0, 2]), float([-1], []), float([1], [])] },
  { operator: "Clip", inputs: [matrix, undefined, int([4], [])] },
  { operator: "Cast", inputs: [float([1.7, -1.7, 0])], attributes: { to: { int: 7 } } },
  { operator: "Cast", inputs: [float([1.7, 0])], attributes: { to: { int: 9 } } },
  { operator: "Cast", inputs: [int([16777217, -3])], attributes: { to: { int: 1 } } },
  { operator: "Concat", inputs: [matrix, int([1, 2], [2, 1]), matrix], attributes: over(-1) },
  { operator: "Concat", inputs: [int([1]), int([]), int([2, 3])], attributes: over(0) },
  { operator: "Split", inputs: [matrix, int([1, 2])], attributes: over(1) },
  { operator: "Split", inputs: [int([1, 2, 3, 4, 5])], attributes: { num_outputs: { int: 2 } } },
  { operator: "ConstantOfShape", inputs: [int([2, 2])], attributes: { value: { tensor: int([3]) } } },
  { operator: "ConstantOfShape", inputs: [int([])] },
  { operator: "Gather", inputs: [matrix, int([1, -1], [2, 1])], attributes: over(1) },
  { operator: "Gather", inputs: [int([8, 9]), int([1], [])] },
  { operator: "Range", inputs: [int([3], []), int([11], []), int([3], [])] },
  { operator: "Range", inputs: [float([1], []), float([-1], []), float([-0.3], [])] },
  ...["ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin"].map((operator) => ({
    operator,
    inputs: [matrix, int([0])],
    attributes: { keepdims: { int: 0 } },
  })),
  { operator: "ReduceSum", inputs: [matrix] },
  { operator: "Reshape", inputs: [matrix, int([-1, 2])] },
  { operator: "Flatten", inputs: [matrix], attributes: over(0) },
  { operator: "Squeeze", inputs: [int([4], [1, 1]), int([0])] },
  { operator: "Unsqueeze", inputs: [int([4, 5]), int([0, -1])] },
  { operator: "Shape", inputs: [int([], [2, 0, 3])], attributes: { start: { int: -2 } } },
  { operator: "Shape", inputs: [matrix], attributes: { end: { int: 9 } } },
  { operator: "Size", inputs: [matrix] },
  { operator: "Slice", inputs: [matrix, int([-2, 0]), int([END, 1]), int([1, 0])] },
  { operator: "Slice", inputs: [matrix, int([END]), int([START]), int([1]), int([-2])] },
  { operator: "Slice", inputs: [matrix, int([2]), int([1]), int([1])] },
  { operator: "Expand", inputs: [int([1, 2], [2, 1]), int([2, 1, 3])] },
  { operator: "Tile", inputs: [matrix, int([2, 2])] },
  {
    operator: "Transpose",
    inputs: [int([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])],
    attributes: { perm: { ints: [1, 2, 0] } },
  },
  { operator: "Transpose", inputs: [matrix] },
  { operator: "Trilu", inputs: [int([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]), int([1], [])] },
  { operator: "Trilu", inputs: [matrix], attributes: { upper: { int: 0 } } },
];

for (const [i, { operator, inputs, attributes = {} }] of cases.entries()) {
  Deno.test(`constants come out as the runtime computes them: ${operator} (${i})`, async () => {
    const b = new GraphBuilder("constants");
    const values = inputs.map((tensor, i) => tensor && b.initializer(`x${i}`, tensor));
    const outputs = b.apply(operator, values, attributes);
    const readable = outputs.map((y, i) => b.named(`y${i}`, y.dtype === "bool" ? b.cast(y, "int32") : y));
    const session = await Session.open(b.graph(readable), { threads: 1 });
    const expected = await session.run({});
    await session.close();

    const read = inputs.map((tensor) => tensor && inferenceInput(tensor, tensor));
    const found = operators.get(operator)?.evaluate?.({ operator, attributes, inputs: read });
    ok(found, "it is not evaluated");
    found.forEach((tensor, i) => {
      const { dtype, shape, data } = tensor;
      deepEqual(
        { dtype, shape },
        { dtype: outputs[i]?.dtype, shape: outputs[i]?.shape },
        "shape inference differs",
      );
      const readable = dtype === "bool" ? constant("int32", shape, Array.from(data, Number)) : tensor;
      deepEqual(readable, expected[`y${i}`]);
    });
    deepEqual(found.length, outputs.length);
  });
}

Deno.test("shape inference refuses inputs that do not fit, by the operator's name", () => {
  const b = new GraphBuilder("misfit");
  const x = b.input("x", "float32", [2, 3]);
  const rows = b.input("rows", "int64", [2]);
  throws(() => b.one("Reshape", [x, b.ints([4, -1])]), /Reshape: \[2,3\] does not fit into \[4,-1\]/);
  throws(() => b.one("Reshape", [x, rows]), /Reshape: the shape is not constant/);
  throws(
    () => b.one("Concat", [x, b.input("y", "float32", [3, 3])], over(1)),
    /Concat: .* differ beside axis 1/,
  );
  throws(() => b.one("Squeeze", [x, b.ints([0])]), /Squeeze: axis 0 of \[2,3\] is not of size 1/);
  throws(() => b.one("Softmax", [x], over(2)), /Softmax: no axis 2 in an array of 2 axes/);
  throws(() => b.apply("Split", [x, b.ints([1, 1])], over(1)), /Split: \[1,1\] of an axis of 3/);
  throws(() => b.one("Gather", [x, x]), /Gather: float32 indices/);
  throws(() => b.one("Range", [rows, rows, rows]), /Range: input 0 is not constant/);
});
