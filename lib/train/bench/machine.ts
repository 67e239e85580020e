/** What a figure was measured on. @module */

import { z } from "zod";

export const Machine = z.object({
  processor: z.string(),
  architecture: z.string(),
  cores: z.int().positive(),
  /** The vector and matrix instructions that products are fast by. */
  instructions: z.array(z.string()),
});

const TELLING =
  /^(avx2|fma|avx512f|avx512_vnni|avx512_bf16|avx_vnni|amx_tile|amx_bf16|asimd|asimddp|bf16|i8mm|sve|sve2)$/;

/** This machine, without any name of it. Reads `/proc/cpuinfo` where there is one, which Deno gives to `--allow-all` alone. */
export async function thisMachine(): Promise<z.infer<typeof Machine>> {
  const text = await procFile("cpuinfo");
  const field = (name: RegExp) => text.match(new RegExp(`^(?:${name.source})\\s*:\\s*(.*)$`, "m"))?.[1] ?? "";
  return {
    processor: field(/model name/) || "unknown",
    architecture: Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    instructions: field(/flags|Features/).split(" ").filter((flag) => TELLING.test(flag)),
  };
}

/** The most memory that this process ever held, in bytes; NaN where the system does not say. */
export async function peakMemory(): Promise<number> {
  return 1024 * Number((await procFile("self/status")).match(/^VmHWM:\s*(\d+) kB$/m)?.[1] ?? NaN);
}

async function procFile(name: string): Promise<string> {
  if (Deno.build.os !== "linux") return "";
  return await Deno.readTextFile(`/proc/${name}`);
}
