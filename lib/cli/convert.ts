/** `palimpsest convert`. @module */

import { basename } from "node:path";
import type { Command } from "commander";
import { findModel } from "../checkpoint/find_model.ts";
import { convertFolder } from "../export/convert_folder.ts";
import { exportTypes } from "../export/formats.ts";
import { interruptible } from "../interrupt.ts";
import { progress } from "../progress.ts";
import { usage } from "./usage_error.ts";

const MB = 1e6; // bytes

/** Adds `convert FOLDER OUT` to the command line. */
export function addConvert(program: Command): void {
  program.command("convert")
    .description("convert a checkpoint of the hub to a folder that transformers.js loads")
    .argument("<folder>", "the checkpoint, a folder with config.json, tokenizer and weights")
    .argument("<out>", "the folder to write, its models in onnx/")
    .option("--dtype <names>", "what the weights are stored in: float32, float16, int8", "float32")
    .action(async (name: string, out: string, { dtype }: { dtype: string }) => {
      const types = usage(() => exportTypes(dtype));
      const folder = await findModel(name);
      const written = await interruptible((signal) => converted(folder, out, { types, signal }));
      for (const [path, bytes] of written) {
        if (path.startsWith(`${out}/onnx/`)) console.log(`${path}: ${(bytes / MB).toFixed(1)} MB`);
      }
    });
}

async function converted(
  folder: string,
  out: string,
  options: Pick<Parameters<typeof convertFolder>[2] & object, "types" | "signal">,
) {
  let bar: ReturnType<typeof progress> | undefined;
  try {
    return await convertFolder(folder, out, {
      ...options,
      onBytes(done, total) {
        bar ??= progress(`converting ${basename(folder)}`, Math.ceil(total / MB), { unit: "MB" });
        bar.update(Math.ceil(done / MB));
      },
    });
  } finally {
    await bar?.done();
  }
}
