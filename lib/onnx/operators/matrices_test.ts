import { type GradientCase, operatorCase as operator, testGradient } from "../central_differences.ts";

const cases: readonly GradientCase[] = [
  operator("MatMul, batches stretched", [[2, 1, 3, 4], [5, 4, 2]]),
  operator("MatMul of a row and a column", [[1, 4], [4, 1]]),
  operator("MatMul of batches and a matrix", [[2, 3, 4], [4, 2]]),
  operator("MatMul of a matrix and batches", [[3, 4], [2, 4, 2]]),
  operator("MatMul of a vector and batches", [[4], [2, 4, 3]]),
  operator("MatMul of batches and a vector", [[2, 3, 4], [4]]),
  operator("MatMul of vectors", [[4], [4]]),
  ...[[0, 0], [0, 1], [1, 0], [1, 1]].map(([transA = 0, transB = 0]) =>
    operator(`Gemm, transA ${transA}, transB ${transB}, with a bias`, [
      transA ? [3, 2] : [2, 3],
      transB ? [4, 3] : [3, 4],
      [4],
    ], { transA: { int: transA }, transB: { int: transB } })
  ),
  operator("Gemm, both parts scaled", [[2, 3], [3, 4], [2, 1]], {
    alpha: { float: 0.5 },
    beta: { float: 2 },
  }),
  operator("Gemm without a bias", [[2, 3], [3, 1]]),
  operator("Attention", [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 3]]),
  operator(
    "Attention, a mask that is added, and a scale",
    [[1, 2, 3, 4], [1, 2, 2, 4], [1, 2, 2, 4], [3, 2]],
    {
      scale: { float: 0.3 },
    },
  ),
  operator("Attention, causal", [[1, 1, 3, 4], [1, 1, 3, 4], [1, 1, 3, 4]], { is_causal: { int: 1 } }),
  operator("Attention, padding", [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]], {}, [
    { dtype: "bool", shape: [3, 3], data: Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0) },
  ]),
];

cases.forEach(testGradient);
