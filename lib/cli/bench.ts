/** `deno task bench [NAME…]`: speed beside the Python peers that are installed, as ratios in one run. @module */

const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  rouge: () => import("../metrics/rouge_bench.ts"),
  train: () => import("../train/train_bench.ts"),
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(benches);
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`unknown benchmark "${unknown}". Known: ${Object.keys(benches).join(", ")}.`);
  Deno.exit(2);
}
for (const name of names) await benches[name]?.();
