/** PyTorch's files of tensors (`pytorch_model.bin`), read without running what is in them. @module */

import { sizeOf, type Tensor } from "../../onnx/tensor.ts";
import { type DiskFile, diskFile } from "../disk_file.ts";
import { bytesEach, checkReadable, tensorOf } from "../element_type.ts";
import { readPieces } from "../read_pieces.ts";
import type { StoredTensor } from "../stored_tensor.ts";
import { readLegacyLayout } from "./legacy_layout.ts";
import { Dict } from "./pickle_value.ts";
import { isContiguous, rowMajor } from "./read_strided.ts";
import { TensorLayout } from "./torch_value.ts";
import { readZipLayout, type TorchFile } from "./zip_layout.ts";

/**
 * Opens a file that `torch.save` wrote of a state dict, in the zip layout or in the legacy one: reads its pickle and checks
 * where its tensors lie, and reads no tensor. No code that the file may hold is ever run.
 *
 * What is no tensor in the dict (numbers, None) is left out. Tensors that share a storage (tied weights, views) are each
 * read by themselves, transposed ones in row-major order.
 *
 * @returns its tensors by name, in the order of the dict
 * @throws {Error} in one line, with the file, where it is missing, truncated or not in the format, where its parts
 * contradict each other, or where its pickle asks for anything that is no tensor
 *
 * @example
 * ```ts
 * import { openTorchFile } from "./torch_file.ts";
 * import { rejects } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "<!DOCTYPE html>");
 * await rejects(openTorchFile(path), /not a file that torch\.save wrote/);
 * ```
 */
export async function openTorchFile(path: string): Promise<Map<string, StoredTensor>> {
  const disk = await diskFile(path, "Name a model folder that has it");
  const { value, starts } = await explained(path, () => readLayout(disk));
  const tensors = new Map<string, StoredTensor>();
  for (const [name, layout] of value instanceof Dict ? value.entries : []) {
    if (typeof name !== "string" || !(layout instanceof TensorLayout)) continue;
    const start = (starts.get(layout.storage.key) ?? NaN) + layout.storage.start;
    const { dtype, shape } = layout;
    const where = `${path}: ${name}`;
    const read = () => readTensor(disk, start, layout, where);
    tensors.set(name, { dtype, shape, file: path, read, pieces: () => piecesOf(disk, start, layout, where) });
  }
  if (tensors.size > 0) return tensors;
  const keys = value instanceof Dict
    ? [...value.entries.keys()].slice(0, 5).map(String).join(", ")
    : "no dict";
  throw new Error(
    `${path}: no tensors by name in it, but ${keys || "nothing"}. Save the model's state_dict().`,
  );
}

async function readLayout(disk: DiskFile): Promise<TorchFile> {
  const first = await disk.read(0, Math.min(4, disk.size));
  const [a, b, c, d] = first;
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return await readZipLayout(disk);
  if (a === 0x80 && b !== undefined && b >= 2 && b <= 5) return await readLegacyLayout(disk);
  if (new TextDecoder().decode(first) === "vers") {
    throw new Error("a pointer of Git LFS, not the weights. Fetch them: git lfs pull");
  }
  throw new Error("not a file that torch.save wrote. Name a pytorch_model.bin");
}

async function readTensor(
  disk: DiskFile,
  start: number,
  { dtype, shape, strides, offset }: TensorLayout,
  where: string,
): Promise<Tensor> {
  checkReadable(dtype, where);
  const each = bytesEach(dtype);
  const elements = shape.reduce((product, size) => product * size, 1);
  if (elements === 0) return tensorOf(dtype, shape, new Uint8Array(), where);
  const last = shape.reduce((at, size, axis) => at + (size - 1) * (strides[axis] ?? 0), 0);
  const bytes = await disk.read(start + offset * each, (last + 1) * each);
  return tensorOf(
    dtype,
    shape,
    isContiguous({ shape, strides }) ? bytes : rowMajor(bytes, each, { shape, strides }),
    where,
  );
}

async function* piecesOf(
  disk: DiskFile,
  start: number,
  layout: TensorLayout,
  where: string,
): AsyncIterable<Tensor["data"]> {
  const { dtype, shape, offset } = layout;
  if (isContiguous(layout)) {
    yield* readPieces(disk, dtype, start + offset * (bytesEach(dtype) ?? 0), sizeOf(shape), where);
  } else yield (await readTensor(disk, start, layout, where)).data;
}

async function explained<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (said.startsWith(`${path}: `)) throw error;
    const reason = said.replaceAll(/\s+/g, " ").slice(0, 300).replace(/\.$/, "");
    const remedy = reason.includes(". ") ? "" : " Fetch or write it again.";
    throw new Error(`${path}: ${reason}.${remedy}`, { cause: error });
  }
}
