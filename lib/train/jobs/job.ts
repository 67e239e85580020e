/** What a recipe comes to once its texts and its model are at hand. @module */

import type { Device } from "../../onnx/device.ts";
import type { EarlyStopping, Measures } from "../fit.ts";
import type { Base, Trained } from "../step_graph.ts";
import type { Task } from "../task.ts";

/** What is trained, and what it stands on. */
export interface Subject {
  readonly parameters: Trained;
  /** Left out: all of the model is trained. */
  readonly base?: Base;
  /** Left out: the processor. */
  readonly device?: Device;
}

/** What is to be done with a model, and how it is judged. */
export interface Job {
  readonly task: Task & { readonly batchesPerEpoch: number };
  /** What decides whether a measurement is better than another. */
  readonly early: Omit<EarlyStopping, "patience">;
  /** How many pieces there are in each source. */
  readonly pieces: { readonly texts: readonly number[]; readonly validation: readonly number[] };
  /** Measures the subject on held-out text, as it is now. */
  measure(): Promise<Measures>;
  /** Measures weights as they are written, for the card: numbers, and lists of numbers. */
  judge(written: Subject): Promise<Readonly<Record<string, number | readonly number[]>>>;
  close(): Promise<void>;
}

/** What a subject's graphs stand on and are run on, for options where left out is not undefined. */
export function baseOf({ base, device }: Subject): Pick<Subject, "base" | "device"> {
  return { ...(base && { base }), ...(device && { device }) };
}
