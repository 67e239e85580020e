/** Attention to a window around each place and to a few global places (Beltagy, Peters & Cohan 2020). @module */

import { type Dim, joined, type Value } from "../onnx/graph.ts";
import type { EncoderInputs } from "./architecture.ts";
import { attention, paddingBias, unseen } from "./attention.ts";
import { type Blocks, blocksOf, cut, neighbours, uncut } from "./blocks.ts";
import { type Globals, globalsOf } from "./globals.ts";
import type { Net } from "./net.ts";

/** What the layers of one window share. */
export interface SlidingView {
  readonly inputs: EncoderInputs;
  readonly blocks: Blocks;
  readonly globals: Globals | undefined;
  /** Added to the scores of a block's places: (batch or 1, 1, blocks, size, 3 · size + globals). */
  readonly bias: Value;
}

/**
 * Who sees whom: a piece those up to `reach` places from it that are neither padding nor global, and all global ones.
 *
 * Blocks have the size of the reach, so that a place sees nothing beyond the blocks beside its own; what of these three is
 * out of its reach is masked. Memory and time grow with sequence · reach.
 */
export function slidingView(net: Net, inputs: EncoderInputs, reach: number): SlidingView {
  const { b } = net;
  const { ids: { shape: [batch = 1, sequence = 1] }, mask } = inputs;
  const blocks = blocksOf(b, sequence, reach);
  const globals = inputs.globals && globalsOf(net, inputs, inputs.globals);
  const pieces = mask ? b.cast(mask, "float32") : ones(net, sequence); // (batch or 1, sequence)
  const local = globals ? b.mul(pieces, b.sub(b.scalar(1), globals.flags)) : pieces;
  const around = neighbours(b, cut(b, local, blocks, true), blocks, 1, 2); // (batch or 1, blocks, 3 · size)
  const [rows = 1] = around.shape;
  const seen = b.mul(withinReach(net, reach), b.reshape(around, [rows, 1, blocks.count, 1, 3 * reach]));
  const bias = unseen(net, seen); // (batch or 1, 1, blocks, size, 3 · size)
  if (!globals) return { inputs, blocks, globals, bias };
  const there = b.reshape(unseen(net, globals.there), [batch, 1, 1, 1, globals.count]);
  const stretched = stretch(net, there, [batch, 1, blocks.count, reach, globals.count]);
  return { inputs, blocks, globals, bias: b.one("Concat", [bias, stretched], { axis: { int: 4 } }) };
}

export interface SlidingSizes {
  readonly hidden: number;
  readonly heads: number;
  readonly dropout: number;
}

/** The projections of a layer; those of global places are `${query}_global` and so on. */
export interface SlidingNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
}

/** (batch · sequence, hidden) → the same: what each place takes from those that it sees. */
export function slidingAttention(
  net: Net,
  x: Value,
  names: SlidingNames,
  sizes: SlidingSizes,
  view: SlidingView,
): Value {
  const { b } = net;
  const { inputs: { ids, mask }, globals } = view;
  const context = fromNeighbours(net, x, names, sizes, view); // (batch · sequence, hidden)
  // Padding takes nothing from anywhere. No piece sees it, but its states are Python's to the last one.
  const column = mask && b.reshape(b.cast(mask, "float32"), [joined(ids.shape), 1]);
  const ofPieces = column ? b.mul(context, column) : context;
  return globals ? withGlobalQueries(net, x, ofPieces, names, sizes, view.inputs, globals) : ofPieces;
}

/** What places take from those in their reach and from the global ones. */
function fromNeighbours(
  net: Net,
  x: Value,
  names: SlidingNames,
  { hidden, heads, dropout }: SlidingSizes,
  view: SlidingView,
): Value {
  const { b } = net;
  const { inputs: { ids: { shape: [batch = 1, sequence = 1] } }, blocks } = view;
  const size = hidden / heads;
  const project = (name: string) =>
    b.reshape(net.dense(x, name, hidden, hidden), [batch, sequence, heads, size]);
  const [query, key, value] = [project(names.query), project(names.key), project(names.value)];
  const scaled = b.mul(query, b.scalar(1 / Math.sqrt(size)));
  const q = headsFirst(net, cut(b, scaled, blocks, false), [0, 3, 1, 2, 4]); // (batch · heads, blocks, places, size)
  const localKeys = headsFirst(net, cut(b, key, blocks, true), KEYS); // (batch · heads, blocks + 2, size, places)
  const localValues = headsFirst(net, cut(b, value, blocks, true), VALUES); // (batch · heads, blocks + 2, places, size)
  const k = besideGlobals(net, neighbours(b, localKeys, blocks, 1, 3), key, KEYS, 3, view); // (…, blocks, size, seen)
  const v = besideGlobals(net, neighbours(b, localValues, blocks, 1, 2), value, VALUES, 2, view); // (…, blocks, seen, size)
  const product = b.matMul(q, k); // (batch · heads, blocks, places, seen)
  const scores = b.add(b.reshape(product, [batch, heads, ...product.shape.slice(1)]), view.bias);
  const weights = net.dropout(b.one("Softmax", [scores], { axis: { int: -1 } }), dropout);
  const mixed = b.matMul(b.reshape(weights, product.shape), v); // (batch · heads, blocks, places, size)
  const apart = b.reshape(mixed, [batch, heads, blocks.count, blocks.size, size]);
  const together = b.transpose(apart, [0, 2, 3, 1, 4]); // (batch, blocks, places, heads, size)
  return uncut(b, b.reshape(together, [batch, blocks.count, blocks.size, hidden]), blocks); // (batch · sequence, hidden)
}

/** How the axes (batch, blocks, places, heads, size) are ordered for keys and for values. */
const [KEYS, VALUES] = [[0, 3, 1, 4, 2], [0, 3, 1, 2, 4]] as const;

/**
 * Axes in another order, of which the first two, batch and heads, are laid together: in this form the runtime's optimizer
 * cannot push the transposition behind what makes three copies of a block.
 */
function headsFirst({ b }: Net, x: Value, perm: readonly number[]): Value {
  const [batch = 1, heads = 1, ...rest] = perm.map((axis) => x.shape[axis] ?? 1);
  return b.reshape(b.transpose(x, perm), [joined([batch, heads]), ...rest]);
}

/** Keys or values of blocks, and behind them those of the global places, the same for every block. */
function besideGlobals(
  net: Net,
  local: Value,
  whole: Value,
  perm: readonly number[],
  places: number,
  { globals, blocks }: SlidingView,
): Value {
  if (!globals) return local;
  const { b } = net;
  const [batch = 1, sequence = 1, heads = 1, size = 1] = whole.shape;
  const picked = b.matMul(globals.rows, b.reshape(whole, [batch, sequence, joined([heads, size])])); // (batch, globals, hidden)
  const turned = headsFirst(net, b.reshape(picked, [batch, 1, globals.count, heads, size]), perm);
  const ofEach = stretch(net, turned, turned.shape.map((dim, axis) => axis === 1 ? blocks.count : dim));
  return b.one("Concat", [local, ofEach], { axis: { int: places } });
}

/** Global places look at every piece, with projections of their own. */
function withGlobalQueries(
  net: Net,
  x: Value,
  context: Value,
  names: SlidingNames,
  { hidden, heads, dropout }: SlidingSizes,
  { ids: { shape: [batch = 1, sequence = 1] }, mask }: EncoderInputs,
  { rows, count, flags }: Globals,
): Value {
  const { b } = net;
  const picked = b.matMul(rows, b.reshape(x, [batch, sequence, hidden])); // (batch, globals, hidden)
  const project = (y: Value, name: string) => net.dense(y, `${name}_global`, hidden, hidden);
  const query = project(b.reshape(picked, [joined([batch, count]), hidden]), names.query);
  const sizes = { batch, sequence: count, keys: sequence, heads, size: hidden / heads, dropout };
  const bias = mask && paddingBias(net, mask);
  const seen = attention(net, query, project(x, names.key), project(x, names.value), sizes, bias);
  const back = b.matMul(b.transpose(rows, [0, 2, 1]), b.reshape(seen, [batch, count, hidden])); // (batch, sequence, hidden)
  const others = b.reshape(b.sub(b.scalar(1), flags), [joined([batch, sequence]), 1]);
  return b.add(b.mul(context, others), b.reshape(back, context.shape));
}

/** 1 where a place of a block and one of its three blocks are at most `reach` apart: float32 (reach, 3 · reach). */
function withinReach({ b }: Net, reach: number): Value {
  const apart = b.sub(b.range(3 * reach), b.reshape(b.range(reach, reach), [reach, 1]));
  return b.cast(b.one("LessOrEqual", [b.one("Abs", [apart]), b.ints([reach])]), "float32");
}

function ones({ b }: Net, sequence: Dim): Value {
  const one = { dtype: "float32", shape: [1], data: Float32Array.of(1) } as const;
  const type = { dtype: "float32", shape: [1, sequence] } as const;
  return b.typed("ConstantOfShape", [b.shapeOf(type.shape)], type, { value: { tensor: one } });
}

function stretch({ b }: Net, x: Value, shape: readonly Dim[]): Value {
  return b.typed("Expand", [x, b.shapeOf(shape)], { dtype: x.dtype, shape });
}
