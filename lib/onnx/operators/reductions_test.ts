import { type GradientCase, operatorCase as operator, testGradient, whole } from "../central_differences.ts";

const keep = { keepdims: { int: 1 } };
const drop = { keepdims: { int: 0 } };

const cases: readonly GradientCase[] = [
  operator("Softmax", [[2, 3, 4]]),
  operator("Softmax over an axis of size 1", [[3, 1]]),
  operator("Softmax over the first axis", [[3, 2]], { axis: { int: 0 } }),
  operator("LogSoftmax", [[2, 4]]),
  operator("LogSoftmax over a middle axis", [[2, 3, 2]], { axis: { int: 1 } }),
  operator("ReduceSum, axes dropped", [[2, 3, 4]], drop, [whole([0, -1])]),
  operator("ReduceSum over everything", [[2, 3]], drop),
  operator("ReduceSum over nothing", [[2, 3]], { noop_with_empty_axes: { int: 1 } }),
  operator("ReduceMean, axis kept", [[2, 3]], keep, [whole([-1])]),
  operator("ReduceMean over everything, kept", [[2, 3]], keep),
  operator("ReduceMean over an axis of size 1", [[2, 1, 3]], drop, [whole([1])]),
  operator("ReduceMax, axis dropped", [[3, 4]], drop, [whole([0])]),
  operator("ReduceMin over everything", [[3, 4]], keep),
  {
    name: "ReduceMax of equal elements, moved together",
    shapes: [[]],
    build: (b, [x]) => x ? b.one("ReduceMax", [b.one("Expand", [x, b.ints([4])])], drop) : [],
  },
  operator("LayerNormalization", [[2, 3, 8], [8], [8]], { axis: { int: -1 }, epsilon: { float: 1e-5 } }),
  operator("LayerNormalization without a bias", [[3, 8], [8]]),
  operator("LayerNormalization over two axes", [[2, 3, 4], [3, 4], [3, 4]], { axis: { int: 1 } }),
  operator("LayerNormalization, a scale stretched", [[2, 3, 4], [4], [4]], { axis: { int: 1 } }),
  operator("RMSNormalization", [[2, 3, 8], [8]], { epsilon: { float: 1e-6 } }),
  operator("SimplifiedLayerNormalization", [[2, 3, 8], [8]], { axis: { int: -1 }, epsilon: { float: 1e-6 } }),
  operator("SoftmaxCrossEntropyLoss", [[4, 6]], {}, [whole([5, 0, 0, 3])]),
  operator(
    "SoftmaxCrossEntropyLoss, rows that count for nothing",
    [[4, 6]],
    { ignore_index: { int: -100 } },
    [
      whole([5, -100, 0, -100]),
    ],
  ),
];

cases.forEach(testGradient);
