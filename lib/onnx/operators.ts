/** Every operator that a graph may hold, by its ONNX name. A new one is a file in `operators/` and a line here. @module */

import type { Operator } from "./operator.ts";
import { add, div, mod, mul, pow, sub } from "./operators/arithmetic.ts";
import { attention } from "./operators/attention.ts";
import { bitShift, bitwiseAnd } from "./operators/bitwise.ts";
import { cast } from "./operators/cast.ts";
import { clip } from "./operators/clip.ts";
import {
  and,
  equal,
  greater,
  greaterOrEqual,
  isNaN,
  less,
  lessOrEqual,
  not,
  or,
  xor,
} from "./operators/comparisons.ts";
import { concat, split } from "./operators/concat.ts";
import { constantOfShape } from "./operators/constant_of_shape.ts";
import { cumSum } from "./operators/cum_sum.ts";
import { dequantizeLinear } from "./operators/dequantize_linear.ts";
import { dropout } from "./operators/dropout.ts";
import {
  abs,
  ceil,
  cos,
  erf,
  exp,
  floor,
  hardSigmoid,
  identity,
  log,
  neg,
  reciprocal,
  relu,
  round,
  sigmoid,
  sign,
  sin,
  sqrt,
  tanh,
} from "./operators/elementwise.ts";
import { max, min } from "./operators/extremes.ts";
import { gather, gatherElements, gatherND } from "./operators/gather.ts";
import { biasGelu, fastGelu, gelu, microsoftGelu } from "./operators/gelu.ts";
import { gemm } from "./operators/gemm.ts";
import { layerNormalization } from "./operators/layer_normalization.ts";
import { matMul } from "./operators/mat_mul.ts";
import { matMulNBits } from "./operators/mat_mul_n_bits.ts";
import { argMax, reduceMax, reduceMean, reduceMin, reduceProd, reduceSum } from "./operators/reductions.ts";
import { flatten, reshape, squeeze, unsqueeze } from "./operators/reshape.ts";
import { rmsNormalization, simplifiedLayerNormalization } from "./operators/rms_normalization.ts";
import { scatterElements, scatterND } from "./operators/scatter.ts";
import { range, shape, size } from "./operators/shape.ts";
import { pad, slice } from "./operators/slice.ts";
import { logSoftmax, softmax } from "./operators/softmax.ts";
import { softmaxCrossEntropyLoss } from "./operators/softmax_cross_entropy_loss.ts";
import { expand, tile } from "./operators/stretch.ts";
import { transpose } from "./operators/transpose.ts";
import { trilu } from "./operators/trilu.ts";
import { where } from "./operators/where.ts";

export const operators: ReadonlyMap<string, Operator> = new Map(
  [
    abs,
    add,
    and,
    argMax,
    attention,
    biasGelu,
    bitShift,
    bitwiseAnd,
    cast,
    ceil,
    clip,
    concat,
    constantOfShape,
    cos,
    cumSum,
    dequantizeLinear,
    div,
    dropout,
    equal,
    erf,
    hardSigmoid,
    exp,
    expand,
    fastGelu,
    flatten,
    floor,
    gather,
    gatherElements,
    gatherND,
    gelu,
    gemm,
    greater,
    greaterOrEqual,
    identity,
    isNaN,
    layerNormalization,
    less,
    lessOrEqual,
    log,
    logSoftmax,
    matMul,
    matMulNBits,
    max,
    microsoftGelu,
    min,
    mod,
    mul,
    neg,
    not,
    or,
    pad,
    pow,
    range,
    reciprocal,
    reduceMax,
    reduceMean,
    reduceMin,
    reduceProd,
    reduceSum,
    relu,
    reshape,
    rmsNormalization,
    round,
    scatterElements,
    scatterND,
    shape,
    sigmoid,
    sign,
    simplifiedLayerNormalization,
    sin,
    size,
    slice,
    softmax,
    softmaxCrossEntropyLoss,
    split,
    sqrt,
    squeeze,
    sub,
    tanh,
    tile,
    transpose,
    trilu,
    unsqueeze,
    where,
    xor,
  ].map((operator) => [operator.name, operator]),
);
