import { equal, ok } from "node:assert/strict";
import { project } from "../project.ts";
import { currentReadme } from "./readme.ts";

const readme = await Deno.readTextFile(`${project.root}/README.md`);
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, code = ""]) =>
    code
  );

Deno.test("the README states what the results and the models' cards state", async () => {
  equal(await currentReadme(readme), readme);
});

Deno.test("the README's links lead somewhere", async () => {
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (!target.startsWith("https:")) ok(await Deno.stat(`${project.root}/${target}`), target);
  }
});

Deno.test("the README's example runs and prints what it promises", async () => {
  const [example = ""] = blocks("ts");
  const file = `${project.root}/readme_example.ts`;
  try {
    await Deno.writeTextFile(file, example);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--check", file],
      cwd: project.root,
      env: { NO_COLOR: "1" },
    }).output();
    ok(success, new TextDecoder().decode(stderr));
    const out = new TextDecoder().decode(stdout);
    for (const word of ["rougeL", "bertscore"]) ok(out.includes(word), `${word} is not in: ${out}`);
  } finally {
    await Deno.remove(file);
  }
});

const help = (command: string) => ["task", "palimpsest", command, "--help"];

/** What each command of the README is tried as: the same, made short or harmless. */
const tried: Readonly<Record<string, readonly string[] | string>> = {
  "task repro": ["task", "repro", "--dry-run"], // a whole quick run is below, a full one is what made results/
  "task test": "this test is part of it",
  "jupyter --install": ["jupyter", "--help"], // installing would change the user's machine
  "task palimpsest --help": ["task", "palimpsest", "--help"],
  "task repro --dry-run": ["task", "repro", "--dry-run"],
  "task repro masking_ablations --profile full --workers 8": [
    "task",
    "repro",
    "masking_ablations",
    "--dry-run",
  ],
  "task repro masking_ablations --profile full --slurm --partition cpu": [
    ...[
      "task",
      "palimpsest",
      "experiment",
      "run",
      "masking_ablations",
      "--dry-run",
      "--slurm",
      "--partition",
      "cpu",
    ],
  ],
  "task palimpsest experiment ls": ["task", "palimpsest", "experiment", "ls"],
  "task palimpsest experiment why model_comparison --cell model=trigram,seed=42": [
    ...["task", "palimpsest", "experiment", "why", "model_comparison", "--cell", "model=trigram,seed=42"],
  ],
  "task palimpsest experiment run model_comparison --cell model=trigram,seed=42": [
    ...[
      "task",
      "palimpsest",
      "experiment",
      "run",
      "model_comparison",
      "--cell",
      "model=trigram,seed=42",
      "--dry-run",
    ],
  ],
  "task palimpsest experiment gc --dry-run": ["task", "palimpsest", "experiment", "gc", "--dry-run"],
  "task palimpsest reproduce results/model_comparison/manifest.json": help("reproduce"), // reproduce_test.ts runs it
  "task palimpsest letters data/letters letters.csv": help("letters"), // letters_test.ts runs it
  "task palimpsest letters data/letters --check": [
    "task",
    "palimpsest",
    "letters",
    "data/letters",
    "--check",
  ],
  "task palimpsest mask data/letters masked.jsonl --strategy hybrid:nouns=.5,stopwords=.3 --phi all": help(
    "mask",
  ),
  "task palimpsest fill data/letters filled.jsonl --model encoder-clinical --ratio 0.5 --seed 42": help(
    "fill",
  ),
  "task palimpsest score filled.jsonl scores.jsonl --against data/letters --metrics rougeL,bertscore,phi-left":
    help("score"), // commands_test.ts runs it
  "task palimpsest score pairs.jsonl scores.jsonl --metrics rougeL,rougeL-stem,bertscore,flesch-reading-ease":
    help(
      "score",
    ),
  "task palimpsest score-ner data/letters predicted scores.json --schemes seqeval-strict,token": help(
    "score-ner", // score_ner_test.ts runs it
  ),
  "task palimpsest score-privacy train.jsonl synthetic.jsonl privacy.json --holdout holdout.jsonl": help(
    "score-privacy", // score_privacy_test.ts runs it
  ),
  "task palimpsest compare data/letters synthetic.jsonl comparison.json": help("compare"), // compare_test.ts
  "task palimpsest report real.jsonl synthetic.jsonl card --no-utility --no-embeddings": help("report"), // report_test.ts
  "task palimpsest report real.jsonl synthetic.jsonl card --judge http://127.0.0.1:8000/v1 --judge-model NAME":
    help("report"), // judged_test.ts runs it
  "task explore": ["task", "explore", "--help"], // explore_test.ts runs it
  "task palimpsest annotate notes.jsonl annotated.jsonl --model tagger --probabilities": help("annotate"),
  "task palimpsest synthesize notes.jsonl --model gpt2 --prompts data/letters --samples 80": help(
    "synthesize",
  ),
  "task palimpsest phi find letters.jsonl found.jsonl": ["task", "palimpsest", "phi", "find", "--help"], // phi_test.ts
  "task palimpsest phi evaluate data/letters found.jsonl phi.json --misses misses.csv": [
    ...["task", "palimpsest", "phi", "evaluate", "--help"], // phi_test.ts runs it
  ],
  "task palimpsest phi replace data/letters replaced.jsonl --key key.txt": [
    ...["task", "palimpsest", "phi", "replace", "--help"], // phi_test.ts runs it
  ],
  "task palimpsest data meddocan": help("data"), // it needs the network
  "task palimpsest pull distilbert/distilbert-base-uncased --to my-model": help("pull"), // it needs the network
  "task palimpsest convert data/models/encoder-clinical my-onnx --dtype float32,float16,int8": help(
    "convert", // convert_test.ts runs it
  ),
  "task palimpsest train data/models/encoder-clinical/recipe.json my-model --corpora FOLDER --checkpoints FOLDER":
    help("train"),
};

Deno.test("the README's commands run", async () => {
  const commands = blocks("sh").flatMap((block) => block.trim().split("\n")).map((line) =>
    line.replace(/\s+#.*$/, "").replace(/^npx -y deno@2\.9\.6 /, "")
  );
  ok(commands.length >= 6);
  for (const command of commands) {
    const how = tried[command];
    ok(how !== undefined, `"${command}" is tried by no test`);
    if (typeof how === "string") continue;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...how], cwd: project.root })
      .output();
    ok(success, `${command}: ${new TextDecoder().decode(stderr)}`);
  }
});
