/** The few functions and classes that a file of tensors names, and the refusal of all others. @module */

import { bytesEach } from "../element_type.ts";
import { Callable, Dict, type PickleValue, Tuple } from "./pickle_value.ts";
import { DTypeName, Storage, TensorLayout } from "./torch_value.ts";

const STORAGES: Readonly<Record<string, string>> = {
  FloatStorage: "float32",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  DoubleStorage: "float64",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
  UntypedStorage: "uint8",
  _UntypedStorage: "uint8",
};

const FUNCTIONS: Readonly<Record<string, (args: readonly PickleValue[]) => PickleValue>> = {
  "collections.OrderedDict": () => new Dict(),
  "torch.Size": ([sizes = null]) => sizes,
  "torch.device": () => null,
  "torch._utils._rebuild_tensor": rebuildTensor,
  "torch._utils._rebuild_tensor_v2": rebuildTensor,
  "torch._utils._rebuild_tensor_v3": ([storage, offset, size, stride, , , dtype]) =>
    rebuildTensor([storage ?? null, offset ?? null, size ?? null, stride ?? null], dtype),
  "torch._utils._rebuild_parameter": ([data]) => tensor(data),
  "torch._utils._rebuild_parameter_with_state": ([data]) => tensor(data),
  "torch._tensor._rebuild_from_type_v2": ([rebuild, , args]) => {
    if (rebuild instanceof Callable && args instanceof Tuple) return tensor(rebuild.call(args.items));
    throw new Error("a tensor with attributes is not described as PyTorch describes it");
  },
  "torch.Tensor": uncalled,
  "torch.nn.parameter.Parameter": uncalled,
};

const MOST_AXES = 64; // PyTorch's own limit

/**
 * What a global of a PyTorch file stands for: what tensors are made of, and nothing else.
 *
 * @throws {Error} naming the global, for every other
 *
 * @example
 * ```ts
 * import { torchGlobal } from "./torch_globals.ts";
 * import { throws } from "node:assert/strict";
 * torchGlobal("collections", "OrderedDict");
 * throws(() => torchGlobal("os", "system"), /pickle asks for os\.system, which is no tensor\. Nothing was run/);
 * ```
 */
export function torchGlobal(module: string, name: string): PickleValue {
  const full = `${module}.${name}`;
  const call = Object.hasOwn(FUNCTIONS, full) ? FUNCTIONS[full] : undefined;
  if (call) return new Callable(full, call);
  const place = /^torch(\.cuda|\.storage)?$/.test(module);
  const storage = place && Object.hasOwn(STORAGES, name) ? STORAGES[name] : undefined;
  if (storage !== undefined) return new DTypeName(storage);
  if (module === "torch" && bytesEach(name) !== undefined) return new DTypeName(name);
  throw new Error(
    `pickle asks for ${full}, which is no tensor. Nothing was run. ` +
      "Convert it to safetensors where you trust it, or use a file of tensors alone",
  );
}

/**
 * The storage that a persistent id names: `("storage", type, key, location, elements)`, to which the legacy layout adds
 * `(key of the view, first element, elements)` or None.
 *
 * @throws {Error} where it is none
 */
export function torchStorage(id: PickleValue): Storage {
  const [kind, type, key, , elements, view = null] = id instanceof Tuple ? id.items : [];
  if (kind !== "storage" || !(type instanceof DTypeName) || typeof key !== "string" || !isSize(elements)) {
    throw new Error("a storage is not described as PyTorch describes it");
  }
  const each = bytesEach(type.dtype) ?? NaN;
  if (view === null) return new Storage(key, type.dtype, 0, elements * each);
  const [, first, count] = view instanceof Tuple ? view.items : [];
  if (!isSize(first) || !isSize(count) || first + count > elements) {
    throw new Error(`a view of storage ${key} is not within it`);
  }
  return new Storage(key, type.dtype, first * each, count * each, elements * each);
}

function rebuildTensor(
  [storage, offset, size, stride]: readonly PickleValue[],
  type?: PickleValue,
): TensorLayout {
  const dtype = type instanceof DTypeName
    ? type.dtype
    : storage instanceof Storage
    ? storage.dtype
    : undefined;
  const shape = sizes(size);
  const strides = sizes(stride);
  if (
    !(storage instanceof Storage) || dtype === undefined || !isSize(offset) ||
    shape.length !== strides.length || shape.length > MOST_AXES
  ) {
    throw new Error("a tensor is not described as PyTorch describes it");
  }
  const elements = shape.reduce((product, count) => product * count, 1);
  const last = elements === 0
    ? -1
    : shape.reduce((at, count, i) => at + (count - 1) * (strides[i] ?? NaN), offset);
  const available = Math.floor(storage.bytes / (bytesEach(dtype) ?? NaN));
  // More elements than the storage has would be one read many times over: a small file that fills the memory.
  if (!(last < available && elements <= available)) {
    throw new Error(
      `a tensor of shape [${shape}], strides [${strides}] and offset ${offset} is not within storage ${storage.key}, ` +
        `which has ${available} elements`,
    );
  }
  return new TensorLayout(storage, dtype, shape, strides, offset);
}

function tensor(value: PickleValue | undefined): TensorLayout {
  if (value instanceof TensorLayout) return value;
  throw new Error("a parameter holds no tensor");
}

function sizes(value: PickleValue | undefined): number[] {
  const items = value instanceof Tuple ? value.items : undefined;
  if (!items?.every(isSize)) throw new Error("a tensor's shape or strides are not whole numbers from 0 on");
  return items.filter(isSize);
}

function isSize(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function uncalled(): never {
  throw new Error("a class of PyTorch is called that is only named in files of tensors");
}
