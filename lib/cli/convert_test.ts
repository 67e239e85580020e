import { deepEqual, equal, match } from "node:assert/strict";
import { project } from "../project.ts";
import { main } from "./main.ts";
import { tinyProject } from "./tiny_project.ts";

/** Runs `convert` in this process; its exit code, and what it wrote by `console`. */
async function convert(...args: string[]) {
  const { error, log } = console;
  const said: string[] = [];
  const wrote: string[] = [];
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  console.log = (...parts: unknown[]) => void wrote.push(parts.join(" "));
  try {
    return { code: await main(["convert", ...args]), said: said.join("\n"), wrote: wrote.join("\n") };
  } finally {
    Object.assign(console, { error, log });
  }
}

Deno.test("convert says what it wrote", async () => {
  await using made = await tinyProject(["tiny"]);
  const out = `${made.folder}/out`;
  const { code, wrote } = await convert(`${made.folder}/models/tiny`, out, "--dtype=int8,float32");
  equal(code, 0);
  deepEqual(wrote.replaceAll(out, "OUT").split("\n"), [
    "OUT/onnx/model.onnx: 0.1 MB",
    "OUT/onnx/model_quantized.onnx: 0.1 MB",
  ]);
});

Deno.test("convert: wrong use is told from failure, in one line, and nothing is written", async () => {
  await using made = await tinyProject(["tiny", "cut", "bare"]);
  const { folder } = made;
  const models = `${folder}/models`;
  await Deno.truncate(`${models}/cut/model.safetensors`, 3000);
  for (const name of ["tokenizer.json", "vocab.txt"]) await Deno.remove(`${models}/bare/${name}`);
  await Deno.writeTextFile(`${folder}/file`, "");
  const before = await names(folder);
  for (
    const [args, expected, line] of [
      [
        ["tiny", "out", "--dtype=float32,int4"],
        2,
        /^unknown element type "int4"\. Known: float32, float16, int8\.$/,
      ],
      [["tiny", "out", "--dtype="], 2, /^unknown element type ""\./],
      [["none", "out"], 1, /^unknown model "FOLDER\/models\/none": no folder/],
      [["cut", "out"], 1, /^FOLDER\/models\/cut\/model\.safetensors: .*truncated/],
      [["bare", "out"], 1, /^FOLDER\/models\/bare\/tokenizer\.json: missing\./],
      [["tiny", "models/tiny"], 1, /^FOLDER\/models\/tiny: is the checkpoint itself\./],
      [["tiny", "file"], 1, /^FOLDER\/file\/tokenizer\.json: a file is in the way of the folder\./],
    ] as const
  ) {
    const [model, out, ...options] = args;
    const { code, said } = await convert(`${models}/${model}`, `${folder}/${out}`, ...options);
    match(said.replaceAll(folder, "FOLDER"), line);
    equal(said.split("\n").length, 1, said);
    equal(code, expected, said);
  }
  deepEqual(await names(folder), before);
});

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

/** What puts a command into a place where `disk` is a disk of 64 kB; undefined where this machine does not allow that. */
async function smallDisk(disk: string): Promise<string[] | undefined> {
  const script =
    `mount -t tmpfs -o size=64k tmpfs ${disk} && "$@"; code=$?; find ${disk} -mindepth 1; exit $code`;
  const around = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"];
  const [command = "", ...args] = around;
  try {
    if ((await new Deno.Command(command, { args: [...args, "true"] }).output()).success) return around;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  console.error("skipped on a full disk: no unshare, or it may not mount");
}

Deno.test("convert onto a full disk: one line, exit code 1, nothing is left there", async () => {
  await using made = await tinyProject(["tiny"]);
  const disk = `${made.folder}/disk`;
  await Deno.mkdir(disk);
  const around = await smallDisk(disk);
  if (!around) return;
  const [command = "", ...args] = [
    ...around,
    ...[
      Deno.execPath(),
      "task",
      "--quiet",
      "palimpsest",
      "convert",
      `${made.folder}/models/tiny`,
      `${disk}/out`,
    ],
  ];
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: project.root,
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stderr).split("\n").filter((line) => !line.startsWith("converting "));
  equal(code, 1, said.join("\n"));
  match(
    said.join("\n"),
    /^\S+\/disk\/out\/onnx\/model\.onnx: the disk is full\. Free some space and run again\.\n$/,
  );
  equal(new TextDecoder().decode(stdout), "", "something is left on the disk");
});
