/** What bad input gets: one line that names the file and the remedy, exit code 1 or 2, and no result half-written. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { main } from "./main.ts";
import { tinyProject } from "./tiny_project.ts";

/** Runs a command line in this process; its exit code and what it wrote to stderr by `console`. */
async function palimpsest(...args: string[]) {
  const said: string[] = [];
  const { error } = console;
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  try {
    return { code: await main(args), said: said.join("\n") };
  } finally {
    console.error = error;
  }
}

/** Runs each case and holds it to its line, in which FOLDER stands for `folder`. */
async function expectLines(
  folder: string,
  cases: readonly (readonly [args: readonly string[], line: string, code?: number])[],
) {
  const before = await namesIn(folder);
  for (const [args, line, expected = 1] of cases) {
    const { code, said } = await palimpsest(...args.map((arg) => arg.replace("FOLDER", folder)));
    equal(said.replaceAll(folder, "FOLDER"), line);
    equal(code, expected, line);
  }
  deepEqual(await namesIn(folder), before, "a command that failed wrote something");
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

const letter = (text: string, ...spans: [start: number, end: number, label: string][]) =>
  JSON.stringify({ id: "a", text, spans: spans.map(([start, end, label]) => ({ start, end, label })) });

Deno.test("bad letters: the line names file, line and span", async () => {
  const folder = await Deno.makeTempDir();
  const files: Record<string, string | number[]> = {
    "outside.jsonl": letter("On aspirin.", [3, 99, "DRUG"]),
    "overlap.jsonl": letter("On aspirin.", [3, 10, "DRUG"], [5, 10, "TEST"]),
    "empty.jsonl": `${letter("Well.")}\n${letter(" \n").replace('"a"', '"b"')}`,
    "nothing.jsonl": "\n",
    "half.jsonl": letter("On aspirin.").slice(0, 20),
    "latin.txt": [0x66, 0xe9, 0x76],
    "utf-16.txt": [0x66, 0, 0x76, 0],
    "brat/a.txt": "On aspirin.",
    "brat/a.ann": "T1\tDRUG 4 11\taspirin\n",
    "lonely/a.ann": "",
  };
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content),
    );
  }
  const mask = (name: string) => ["mask", `FOLDER/${name}`, "FOLDER/out.jsonl"];
  const shape = '{"id","text","spans":[{"start","end","label"}],"meta"}';
  await expectLines(folder, [
    [
      mask("outside.jsonl"),
      "FOLDER/outside.jsonl:1: span [3, 99) lies outside the letter [0, 11). Fix the offsets.",
    ],
    [
      mask("overlap.jsonl"),
      "FOLDER/overlap.jsonl:1: span [5, 10) overlaps span [3, 10) of FOLDER/overlap.jsonl:1. " +
      "Keep one of them: gold spans must not overlap.",
    ],
    [
      mask("empty.jsonl"),
      "FOLDER/empty.jsonl:2: the letter is empty. Leave it out, or check how it was exported.",
    ],
    [mask("nothing.jsonl"), `FOLDER/nothing.jsonl: no line in it. Expected one object a line: ${shape}.`],
    [
      mask("half.jsonl"),
      `FOLDER/half.jsonl:1: not valid JSON. Write one object a line, line breaks in a text as \\n: ${shape}.`,
    ],
    [
      mask("latin.txt"),
      "FOLDER/latin.txt: byte 1 (0xe9) is not valid utf-8. Convert the file to UTF-8, " +
      'or name its encoding (option encoding: "latin1", "utf-16le", …).',
    ],
    [
      mask("utf-16.txt"),
      "FOLDER/utf-16.txt: byte 1 is NUL, which no letter holds. " +
      'If the file is UTF-16, name it (option encoding: "utf-16le" or "utf-16be").',
    ],
    [
      mask("brat"),
      'FOLDER/brat/a.ann:1: span T1 [4, 11) reads "spirin.", annotation says "aspirin". Fix the offsets.',
    ],
    [mask("lonely"), "FOLDER/lonely/a.txt: missing beside a.ann. Add it, or remove a.ann."],
    [mask("none.jsonl"), "FOLDER/none.jsonl: nothing there. Name a file or folder of letters."],
  ]);

  // The remedy works.
  equal(
    (await palimpsest("letters", `${folder}/latin.txt`, `${folder}/l.jsonl`, "--encoding=latin1")).code,
    0,
  );
  match(await Deno.readTextFile(`${folder}/l.jsonl`), /"text":"fév"/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("bad models: the line names the file that is missing, cut short or of another model", async () => {
  await using made = await tinyProject(["cut", "weightless", "unfit", "unnamed"]);
  const { folder } = made;
  await Deno.truncate(`${folder}/models/cut/model.safetensors`, 3000);
  await Deno.remove(`${folder}/models/weightless/model.safetensors`);
  await Deno.remove(`${folder}/models/unnamed/config.json`);
  const tokenizer = `${folder}/models/unfit/tokenizer.json`;
  const json = JSON.parse(await Deno.readTextFile(tokenizer));
  json.model.vocab.surplus = Object.keys(json.model.vocab).length;
  await Deno.writeTextFile(tokenizer, JSON.stringify(json));

  const fill = (model: string) => [
    ...["fill", "FOLDER/letters.jsonl", "FOLDER/out.jsonl"],
    `--model=FOLDER/models/${model}`,
  ];
  await expectLines(folder, [
    [
      fill("cut"),
      "FOLDER/models/cut/model.safetensors: header ends at byte 9600, the file at 3000: it is truncated. " +
      "Fetch or write it again.",
    ],
    [
      fill("weightless"),
      "FOLDER/models/weightless: no weights: model.safetensors is missing, and so are model.safetensors.index.json, " +
      "pytorch_model.bin, pytorch_model.bin.index.json. Name a model folder that has one.",
    ],
    [fill("unnamed"), "FOLDER/models/unnamed/config.json: missing. Name a model folder that has it."],
    [
      fill("unfit"),
      "FOLDER/models/unfit/tokenizer.json: 26 pieces, but vocab_size of config.json is 25. " +
      "Put the files of one model together.",
    ],
  ]);
  const { code, said } = await palimpsest(
    ...["fill", `${folder}/letters.jsonl`, `${folder}/out.jsonl`, "--model=bert"],
  );
  equal(code, 1);
  match(said, /^unknown model "bert": no folder \S+\/bert\. Known: frequent-word, trigram.*folder's path\.$/);
});

Deno.test("bad pairs and metrics: the line names them", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/pairs.jsonl`, '{"id":"a","reference":"well"}\n');
  await Deno.writeTextFile(`${folder}/good.jsonl`, '{"id":"a","reference":"well","candidate":"well"}\n');
  const score = (name: string, metrics: string) => [
    ...["score", `FOLDER/${name}`, "FOLDER/out.jsonl", `--metrics=${metrics}`],
  ];
  await expectLines(folder, [
    [
      score("pairs.jsonl", "rougeL"),
      'FOLDER/pairs.jsonl:1: candidate: Invalid input: expected string, received undefined. Expected {"id","reference","candidate"}.',
    ],
    [score("none.jsonl", "rougeL"), "FOLDER/none.jsonl: missing. Name a file that exists."],
    [
      score("good.jsonl", "copy-rate"),
      "copy-rate: letter a comes without its fills. Score it where it was filled, or drop the metric.",
    ],
  ]);
  const { code, said } = await palimpsest(...score(folder, "rougeL,blue"));
  equal(code, 2);
  match(said, /^unknown metric "blue"\. The nearest is bleu\. Known: rouge1, [^\n]*\.$/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a place that can't be written to: the line names it and what helps", async () => {
  await using made = await tinyProject([]);
  await expectLines(made.folder, [
    [
      ["mask", "FOLDER/letters.jsonl", "FOLDER/letters.jsonl/out.jsonl"],
      "FOLDER/letters.jsonl/out.jsonl: a file is in the way of the folder. Remove it, or choose another folder.",
    ],
    [
      ["letters", "FOLDER/letters.jsonl", "FOLDER/letters.jsonl/brat"],
      "FOLDER/letters.jsonl/brat/letter-0.txt: a part of the path is a file, not a folder. Remove it, or choose another folder.",
    ],
  ]);
});

Deno.test("repro with bad letters: one line, and nothing written", async () => {
  await using made = await tinyProject([]);
  const { folder } = made;
  await Deno.writeTextFile(`${folder}/bad.jsonl`, letter("On aspirin.", [3, 10, "DRUG"], [5, 10, "TEST"]));
  const { code, said } = await palimpsest(
    ...["repro", "model_comparison", `--results=${folder}/results`],
    ...["--set", `corpusFolder=${folder}/bad.jsonl`, `runs=${folder}/runs`],
  );
  equal(code, 1);
  match(said, /^[^\n]*bad\.jsonl:1: span [^\n]* overlaps/);
  ok(!said.includes("\n"), said);
  deepEqual((await namesIn(folder)).includes("results"), false);
});

Deno.test("repro refuses parameters that are options of their own", async () => {
  for (const [parameter, flag] of [["profile", "--profile"], ["output", "--results"]]) {
    const { code, said } = await palimpsest("repro", "--set", `${parameter}=x`);
    deepEqual([code, said], [2, `--set ${parameter}: use ${flag} instead.`]);
  }
});

/** Runs the command line in a process of its own, inside whatever `around` says. */
function spawn(around: readonly string[], args: readonly string[]): Deno.ChildProcess {
  const [command = Deno.execPath(), ...rest] = [...around, Deno.execPath()];
  return new Deno.Command(command, {
    args: [...rest, "run", "-A", `${project.lib}/cli/main.ts`, ...args],
    cwd: project.root,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** How a process ended, and what it wrote to stdout and stderr. */
async function endOf(process: Deno.ChildProcess): Promise<{ code: number; wrote: string; said: string }> {
  const { code, stdout, stderr } = await process.output();
  return { code, wrote: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

Deno.test({
  name: "Ctrl-C in mid-run: one line, exit code 1, nothing written",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    const pipe = `${folder}/slow.jsonl`; // letters that never come
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    const process = spawn([], ["fill", pipe, `${folder}/out.jsonl`, "--model=trigram"]);
    using _writer = await Deno.open(pipe, { write: true }); // opens once the command reads
    process.kill("SIGINT");
    const { code, said } = await endOf(process);
    deepEqual([code, said], [1, "stopped before anything was written. Run it again.\n"]);
    deepEqual(await namesIn(folder), ["slow.jsonl"]);
    await Deno.remove(folder, { recursive: true });
  },
});

/** What puts a command into a place where `disk` is a disk of 16 kB; undefined where this machine does not allow that. */
async function smallDisk(disk: string): Promise<string[] | undefined> {
  const script =
    `mount -t tmpfs -o size=16k tmpfs ${disk} && "$@"; code=$?; find ${disk} -type f; exit $code`;
  const around = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"];
  const [command = "", ...args] = around;
  try {
    if ((await new Deno.Command(command, { args: [...args, "true"] }).output()).success) return around;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  console.error("skipped on a full disk: no unshare, or it may not mount");
}

Deno.test("a full disk: one line, exit code 1, nothing half-written", async () => {
  await using made = await tinyProject([]);
  const disk = `${made.folder}/disk`;
  await Deno.mkdir(disk);
  const around = await smallDisk(disk);
  if (!around) return;
  const long = Array.from({ length: 9 }, (_, i) => JSON.stringify({ id: `${i}`, text: "well ".repeat(800) }));
  await Deno.writeTextFile(`${made.folder}/long.jsonl`, long.join("\n"));
  for (const out of ["out.jsonl", "brat"]) {
    const args = ["letters", `${made.folder}/long.jsonl`, `${disk}/${out}`];
    const { code, wrote, said } = await endOf(spawn(around, args));
    equal(code, 1, said);
    match(said, /^\S+\/disk\/\S+: the disk is full\. Free some space and run again\.\n$/);
    equal(wrote, "", "a file is left on the disk");
  }
});
