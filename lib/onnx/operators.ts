/** Every operator that a graph may hold, by its ONNX name. A new one is a file in `operators/` and a line here. @module */

import type { Operator } from "./operator.ts";
import { add, div, mul, sub } from "./operators/arithmetic.ts";
import { constantOfShape } from "./operators/constant_of_shape.ts";
import { erf, exp, identity, neg, sqrt, tanh } from "./operators/elementwise.ts";
import { gather } from "./operators/gather.ts";
import { gelu } from "./operators/gelu.ts";
import { gemm } from "./operators/gemm.ts";
import { layerNormalization } from "./operators/layer_normalization.ts";
import { matMul } from "./operators/mat_mul.ts";
import { argMax, reduceMax, reduceMean, reduceSum } from "./operators/reductions.ts";
import { reshape } from "./operators/reshape.ts";
import { scatterElements } from "./operators/scatter.ts";
import { cast, concat, expand, shape, slice, unsqueeze } from "./operators/shapes.ts";
import { softmax } from "./operators/softmax.ts";
import { softmaxCrossEntropyLoss } from "./operators/softmax_cross_entropy_loss.ts";
import { transpose } from "./operators/transpose.ts";

export const operators: ReadonlyMap<string, Operator> = new Map(
  [
    add,
    argMax,
    cast,
    concat,
    constantOfShape,
    div,
    erf,
    exp,
    expand,
    gather,
    gelu,
    gemm,
    identity,
    layerNormalization,
    matMul,
    mul,
    neg,
    reduceMax,
    reduceMean,
    reduceSum,
    reshape,
    scatterElements,
    shape,
    slice,
    softmax,
    softmaxCrossEntropyLoss,
    sqrt,
    sub,
    tanh,
    transpose,
    unsqueeze,
  ].map((operator) => [operator.name, operator]),
);
