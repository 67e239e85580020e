import { deepEqual, equal, match, notDeepEqual, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { tinyProject } from "./tiny_project.ts";

const encoders = ["encoder-general", "encoder-clinical", "encoder-small"];

/** `deno task repro` with a tiny project, and what it said. */
async function repro(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "task",
      "--quiet",
      "repro",
      ...args,
      ...(folder === "" ? [] : ["model_comparison", ...given(folder)]),
    ],
    cwd: project.root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

const given = (folder: string) => [
  "--profile=quick",
  `--results=${folder}/results`,
  ...["--set", `corpusFolder=${folder}/letters.jsonl`, `models=${folder}/models`, `runs=${folder}/runs`],
];

/** Every file below a folder with its bytes. */
async function contents(folder: string, below = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    const path = `${below}/${name}`;
    if (!isDirectory) files.set(path, await Deno.readFile(`${folder}${path}`));
    else for (const [file, bytes] of await contents(folder, path)) files.set(file, bytes);
  }
  return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}

Deno.test("repro writes every result, the same bytes again, and forgets what is stored only when told", async () => {
  await using made = await tinyProject(encoders);
  const { folder } = made;
  const first = await repro(folder);
  equal(first.code, 0, first.said);
  equal(first.out, "");
  match(first.said, /cells · 0 cached · last \d+\.\d s, \d+ MB/);
  const results = await contents(`${folder}/results`);
  const manifest = "/model_comparison/manifest.json";
  const forms = (name: string, kinds: string[]) => kinds.map((kind) => `/model_comparison/${name}.${kind}`);
  deepEqual([...results.keys()], [
    ...["csv", "md", "tex"].map((kind) => `/claims.${kind}`),
    ...forms("claims", ["csv", "md", "parquet", "tex"]),
    ...forms("comparisons", ["csv", "md", "parquet", "tex"]),
    ...forms("figure-models", ["csv", "pdf", "png", "svg"]),
    manifest,
    "/model_comparison/runs.parquet",
    ...forms("table", ["csv", "md", "parquet", "tex"]),
    "/notebooks/01_model_comparison.html",
    "/notebooks/01_model_comparison.ipynb",
  ]);

  equal((await repro(folder, "--dry-run")).out, "model_comparison: 6 cells, 6 stored, 0 to compute\n");
  for (const [args, cached] of [[[], "6 cached"], [["--fresh"], "0 cached"]] as const) {
    const again = await repro(folder, ...args);
    equal(again.code, 0, again.said);
    match(again.said, new RegExp(`6/6 cells · ${cached}`));
    const same = await contents(`${folder}/results`);
    notDeepEqual(same.get(manifest), results.get(manifest)); // it has the time
    for (const files of [same, results]) files.delete(manifest);
    deepEqual([...same.keys()].filter((file) => `${same.get(file)}` !== `${results.get(file)}`), []);
    results.set(manifest, new Uint8Array());
  }
});

Deno.test("repro that is interrupted keeps what is finished, and goes on from there", async () => {
  await using made = await tinyProject(encoders);
  const { folder } = made;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `${project.lib}/cli/main.ts`, "repro", "model_comparison", ...given(folder)],
    cwd: project.root,
    stderr: "piped",
  }).spawn();
  let [said, stopped] = ["", false];
  for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (stopped || !said.includes("model_comparison  1/6 cells")) continue;
    process.kill("SIGINT");
    stopped = true;
  }
  equal((await process.status).code, 1);
  match(said, /model_comparison: stopped with \d of 6 cells stored\. Run it again to go on\.\n$/);
  const [, stored = "none"] = (await repro(folder, "--dry-run")).out.match(/(\d) stored/) ?? [];
  ok(Number(stored) >= 1, stored);
  equal((await repro(folder)).code, 0);
  ok(![...(await contents(`${folder}/results`)).keys()].some((file) => file.includes("partial")));
});

Deno.test("repro fails in one line that says what and where", async () => {
  await using made = await tinyProject(["encoder-general", "encoder-clinical"]);
  const { folder } = made;
  const missing = await repro(folder);
  equal(missing.code, 1);
  match(
    missing.said,
    /1 of 6 cells failed, the others are stored\. model encoder-small, .*unknown model "encoder-small".*Known: .*encoder-clinical/,
  );
  ok(!missing.said.includes("    at "), missing.said);

  await Deno.truncate(`${folder}/models/encoder-clinical/model.safetensors`, 1000);
  const half = await repro(folder);
  equal(half.code, 1);
  match(half.said, /encoder-clinical\/model\.safetensors/);
});

Deno.test("repro tells wrong use from failure", async () => {
  for (
    const [args, message] of [
      [["nope"], /^no notebook "nope"\. Known: quickstart, model_comparison, .*engine\.\n$/],
      [["--profile=huge"], /'huge' is invalid\. Allowed choices are quick, full/],
      [["--nope"], /unknown option '--nope'/],
      [["--set", "ratio"], /"ratio" is not of the form name=value/],
    ] as const
  ) {
    const { code, said } = await repro("", ...args);
    equal(code, 2, said);
    match(said, message);
  }
});
