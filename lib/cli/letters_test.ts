/** Converting, checking and streaming letters at the command line. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { letters } from "../corpus/letters.ts";
import { project } from "../project.ts";
import { main } from "./main.ts";

/** Runs a command line in this process; its exit code and what it wrote by `console`. */
async function palimpsest(...args: string[]) {
  const [out, said]: [string[], string[]] = [[], []];
  const { error, log } = console;
  console.error = (...parts: unknown[]) => void said.push(parts.join(" "));
  console.log = (...parts: unknown[]) => void out.push(parts.join(" "));
  try {
    return { code: await main(args), out: out.join("\n"), said: said.join("\n") };
  } finally {
    Object.assign(console, { error, log });
  }
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("letters goes from format to format, by name and by option", () =>
  inFolder(async (folder) => {
    const source = `${folder}/a.jsonl`;
    const corpus = [
      {
        id: "a",
        text: "On 🙂 aspirin\nfor angina.",
        spans: [{ start: 6, end: 13, label: "DRUG" }],
        meta: {},
      },
      { id: "b", text: "Well.", spans: [], meta: {} },
    ];
    await Deno.writeTextFile(source, corpus.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const steps: [out: string, ...options: string[]][] = [
      ["b.jsonl.gz"],
      ["c.csv"],
      ["d"],
      ["e", "--to=i2b2", "--gzip"],
      ["f", "--from=i2b2", "--to=snomed"],
      ["g", "--to=meddocan"],
      ["h.tsv", "--to-tags=bilou"],
      ["i", "--to=meddocan-xml"],
      ["j.jsonl", "--to-offsets=bytes"],
      ["k.jsonl", "--offsets=bytes"],
    ];
    let from = source;
    for (const [out, ...options] of steps) {
      const { code, said } = await palimpsest("letters", from, `${folder}/${out}`, ...options);
      deepEqual([code, said], [0, ""], out);
      from = `${folder}/${out}`;
    }
    deepEqual(await letters(from), corpus);
    match(await Deno.readTextFile(`${folder}/h.tsv`), /^aspirin\tU-DRUG$/m);
    match(await Deno.readTextFile(`${folder}/j.jsonl`), /"start":8,"end":15/);
    const refused = await palimpsest("letters", source, `${folder}/text`, "--to=text");
    deepEqual([refused.code, refused.said.includes("--drop-spans")], [1, true]);
    equal((await palimpsest("letters", source, `${folder}/text`, "--to=text", "--drop-spans")).code, 0);
    deepEqual(await namesIn(`${folder}/text`), ["a.txt", "b.txt"]);
    ok((await namesIn(folder)).every((name) => !name.startsWith(".")));
  }));

Deno.test("letters tells wrong use: no output, no such format, with the nearest name", async () => {
  const cases: [string[], RegExp][] = [
    [["letters", "x.jsonl"], /^letters needs an output, or --check\./],
    [["letters", "x.jsonl", "y", "--from=josnl"], /^unknown format "josnl"\. The nearest is jsonl\. Known: /],
    [["letters", "x.jsonl", "y", "--to=i2b3"], /^unknown format "i2b3"\. The nearest is i2b2\./],
    [["mask", "x.jsonl", "y", "--strategy=hybrid"], /^strategy hybrid needs --ratios\./],
  ];
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x.jsonl`, '{"id":"a","text":"x"}\n');
    for (const [args, line] of cases) {
      const { code, said } = await palimpsest(
        ...args.map((arg) => /^[xy]/.test(arg) ? `${folder}/${arg}` : arg),
      );
      equal(code, 2, said);
      match(said, line);
    }
  });
});

Deno.test("--skip-bad goes on, lists and counts; without it the first bad letter ends the run", () =>
  inFolder(async (folder) => {
    const lines = [
      '{"id":"a","text":"He was well."}',
      "{",
      '{"id":"b","text":"x","spans":[{"start":0,"end":9,"label":"X"}]}',
      '{"id":"c","text":"Ill."}',
    ];
    await Deno.writeTextFile(`${folder}/in.jsonl`, lines.join("\n"));
    const run = (...options: string[]) =>
      palimpsest("mask", `${folder}/in.jsonl`, `${folder}/out.jsonl`, "--ratio=1", ...options);
    const strict = await run();
    equal(strict.code, 1);
    match(strict.said, /in\.jsonl:2: not valid JSON/);
    deepEqual(await namesIn(folder), ["in.jsonl"]);
    const { code, said } = await run("--skip-bad");
    equal(code, 0);
    deepEqual(said.replaceAll(`${folder}/`, "").split("\n"), [
      'left out: in.jsonl:2: not valid JSON. Write one object a line, line breaks in a text as \\n: {"id","text","spans":[{"start","end","label"}],"meta"}.',
      "left out: in.jsonl:3: span [0, 9) lies outside the letter [0, 1). Fix the offsets.",
      "2 of 4 letters left out",
    ]);
    deepEqual((await letters(`${folder}/out.jsonl`)).map(({ text }) => text), [
      "[MASK] [MASK] [MASK].",
      "[MASK].",
    ]);
    await Deno.writeTextFile(`${folder}/in.jsonl`, "{\n");
    equal((await run("--skip-bad")).code, 1);
  }));

Deno.test("letters --check lists problems on stdout and counts them at the end", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin.");
    await Deno.writeTextFile(`${folder}/a.ann`, "T1\tDRUG 4 11\taspirin\nT2\tX 9 99\tx\n");
    const { code, out, said } = await palimpsest("letters", folder, "--check");
    deepEqual([code, out.replaceAll(`${folder}/`, ""), said.replace(folder, "IN")], [
      1,
      'a.ann:1:9: span T1 [4, 11) reads "spirin.", annotation says "aspirin". Fix the offsets.\n' +
      "a.ann:2:6: span T2 [9, 99) lies outside the letter [0, 11). Fix the offsets.",
      "IN: 2 problems in 1 of 1 letters.",
    ]);
    const good = await palimpsest("letters", project.letters, "--check");
    equal(good.code, 0, good.out);
    match(good.out, /^\d+ letters, no problem$/);
  }));

/** Runs the command line in a process of its own. */
function spawn(args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `${project.lib}/cli/main.ts`, ...args],
    cwd: project.root,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Writes many letters of about 2,000 characters; gives their number. */
async function manyLetters(file: string, count: number): Promise<void> {
  const text = "She was seen in the clinic today and was well. ".repeat(42);
  using out = await Deno.create(file);
  for (let i = 0; i < count; i += 100) {
    const lines = Array.from(
      { length: 100 },
      (_, j) => `${JSON.stringify({ id: `${i + j}`, text: `${i + j} ${text}` })}\n`,
    );
    const bytes = new TextEncoder().encode(lines.join(""));
    for (let at = 0; at < bytes.length;) at += await out.write(bytes.subarray(at));
  }
}

/** Waits for a file, unless the process ends before. */
async function come(path: string, { status }: Deno.ChildProcess): Promise<void> {
  let ended = false;
  status.finally(() => ended = true);
  while (!ended && !await Deno.stat(path).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

for (
  const [signal, out, count] of [["SIGKILL", "out.jsonl", 4000], ["SIGINT", "out.csv.gz", 1500], [
    "SIGKILL",
    "out",
    400,
  ]] as const
) {
  Deno.test({
    name: `letters goes on where ${signal} ended it, and ${out} is what it would have been`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      inFolder(async (folder) => {
        await manyLetters(`${folder}/in.jsonl`, count);
        const args = (to: string) => ["letters", `${folder}/in.jsonl`, `${folder}/${to}`];
        const whole = await palimpsest(...args(`whole/${out}`));
        equal(whole.code, 0, whole.said);
        const cut = spawn(args(out));
        await come(`${folder}/.${out}.partial.json`, cut);
        cut.kill(signal);
        const { code, stderr } = await cut.output();
        ok(code !== 0);
        if (signal === "SIGINT") {
          match(
            new TextDecoder().decode(stderr),
            /^stopped; \d+ letters are kept beside .*Run it again to go on\.\n$/,
          );
        }
        ok(!(await namesIn(folder)).includes(out));
        const again = await spawn(args(out)).output();
        equal(again.code, 0);
        match(
          new TextDecoder().decode(again.stderr),
          /^going on after \d+ letters of an interrupted run \(--fresh begins anew\)\n$/,
        );
        deepEqual(await letters(`${folder}/${out}`), await letters(`${folder}/whole/${out}`));
        deepEqual((await namesIn(folder)).filter((name) => name.startsWith(".")), []);
      }),
  });
}

Deno.test({
  name: "letters takes no more memory for many letters than for few",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      await manyLetters(`${folder}/in.jsonl`, 30_000); // 64 MB: held in memory, they would be at least twice that
      const script = `import { main } from ${JSON.stringify(`file://${project.lib}/cli/main.ts`)};
        const code = await main(["letters", "${folder}/in.jsonl", "${folder}/out.jsonl"]);
        console.log(code, /VmHWM:\\s+(\\d+)/.exec(await Deno.readTextFile("/proc/self/status"))[1]);`;
      await Deno.writeTextFile(`${folder}/run.ts`, script);
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--config", `${project.root}/deno.json`, `${folder}/run.ts`],
      }).output();
      const [code, kilobytes] = new TextDecoder().decode(stdout).trim().split(" ").map(Number);
      equal(code, 0, new TextDecoder().decode(stderr));
      ok(kilobytes !== undefined && kilobytes < 330_000, `${kilobytes} kB`);
    }),
});
