/** What graphs can be run on. @module */

import * as ort from "onnxruntime-node";
import { encodeModel } from "./codec.ts";
import type { Value } from "./graph.ts";

/** By the runtime's names: the processor, NVIDIA's graphics cards, and what the system's graphics interface offers. */
export const DEVICES = ["cpu", "cuda", "webgpu"] as const;
export type Device = (typeof DEVICES)[number];

const REMEDIES = {
  cuda:
    "It needs libonnxruntime_providers_cuda.so and _shared.so of ONNX Runtime for CUDA 12 beside onnxruntime-node's " +
    "libonnxruntime.so.1 (Linux x64; its install script fetches them), CUDA 12 with cuDNN 9, and a card",
  webgpu: "It needs a graphics card whose driver has Vulkan (on Linux), Metal or Direct3D 12",
} as const satisfies Record<Exclude<Device, "cpu">, string>;

const known = new Map<Device, Promise<string | undefined>>();

/**
 * Checks by way of a graph of a few bytes that a device can be used here, once a process.
 *
 * @throws Error in one line that says what the device needs
 *
 * @example
 * ```ts
 * import { requireDevice } from "./device.ts";
 * await requireDevice("cpu");
 * ```
 */
export async function requireDevice(device: Device): Promise<void> {
  if (device === "cpu") return;
  const opened = known.get(device) ?? whyNot(device);
  known.set(device, opened);
  const reason = await opened;
  if (reason === undefined) return;
  throw new Error(
    `device ${device}: not to be had here: ${reason}. ${
      REMEDIES[device]
    }. Install that, or leave the device out: the processor computes then.`,
  );
}

async function whyNot(device: Device): Promise<string | undefined> {
  const [x, y] = ["x", "y"].map((name): Value => ({ name, dtype: "float32", shape: [1] }));
  if (!x || !y) throw new Error("two names give two values");
  const nodes = [{ operator: "Neg", inputs: [x], outputs: [y], attributes: {} }];
  const graph = { name: "probe", inputs: [x], outputs: [y], nodes, initializers: new Map() };
  ort.env.logLevel = "fatal"; // what goes wrong is thrown
  try {
    const session = await ort.InferenceSession.create(encodeModel(graph), { executionProviders: [device] });
    await session.release();
    return undefined;
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return line.replace(/^.*(?=Failed to)/, "").replace(/\.$/, "");
  }
}
