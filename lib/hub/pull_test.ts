import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { random } from "../random.ts";
import { partOf } from "./fetch_file.ts";
import type { Asking } from "./hub_error.ts";
import { type StandIn, standIn } from "./hub_stand_in.ts";
import { pull, type PullOptions, stagingOf } from "./pull.ts";

const rng = random("weights");
const weights = Uint8Array.from({ length: 50_000 }, () => rng.below(256));
const MODEL = {
  "config.json": '{"model_type": "bert"}\n',
  "README.md": "# A model\n",
  "LICENSE": "MIT\n",
  "tokenizer.json": "{}",
  "vocab.txt": "[PAD]\n",
  "model.safetensors": weights,
  "pytorch_model.bin": new Uint8Array(10),
  "tf_model.h5": new Uint8Array(10),
  "onnx/model.onnx": new Uint8Array(10),
  "training_args.bin": new Uint8Array(10),
};
const FETCHED = ["LICENSE", "README.md", "config.json", "model.safetensors", "tokenizer.json", "vocab.txt"];

/** A hub, a place for a model, and a way to pull it without long waits. */
async function scene(content: Readonly<Record<string, string | Uint8Array>> = MODEL) {
  const hub = standIn(content);
  const root = await Deno.makeTempDir();
  const folder = `${root}/model`;
  const fetchIt = (asking: Partial<Asking> = {}, options: PullOptions = {}) =>
    pull(
      {
        model: "organisation/model",
        revision: "main",
        endpoint: hub.endpoint,
        tokenName: "HF_TOKEN",
        ...asking,
      },
      folder,
      { waits: [1, 1, 1], patience: 5000, ...options },
    );
  const dispose = async () => {
    await hub[Symbol.asyncDispose]();
    await Deno.remove(root, { recursive: true });
  };
  return { hub, root, folder, staging: stagingOf(folder), fetchIt, [Symbol.asyncDispose]: dispose };
}

/** What a folder holds, but for the `.gitignore` of a model's. */
async function namesIn(folder: string): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  return names.filter((name) => name !== ".gitignore").sort();
}

const ranges = (hub: StandIn) => hub.log.filter(({ host }) => host === "cdn").map(({ range }) => range);

Deno.test("pull() fetches what makes a model folder, and leaves nothing beside it", async () => {
  await using at = await scene();
  const told: [number, number][] = [];
  const pulled = await at.fetchIt({}, { onBytes: (done, total) => told.push([done, total]) });
  deepEqual(await namesIn(at.folder), FETCHED);
  deepEqual(await namesIn(at.root), ["model"]);
  equal(await Deno.readTextFile(`${at.folder}/.gitignore`), "*\n");
  for (const name of FETCHED) {
    deepEqual(await Deno.readFile(`${at.folder}/${name}`), Uint8Array.from(at.hub.files.get(name) ?? []));
  }
  const bytes = FETCHED.reduce((sum, name) => sum + (at.hub.files.get(name)?.length ?? 0), 0);
  deepEqual([pulled.files, pulled.bytes, pulled.folder], [6, bytes, at.folder]);
  match(pulled.commit, /^[0-9a-f]{40}$/);
  deepEqual(told.at(-1), [bytes, bytes]);
});

Deno.test("pull() takes shards by their index, and .bin where there is no safetensors", async () => {
  const index = JSON.stringify({
    weight_map: { a: "pytorch_model-00002-of-00002.bin", b: "pytorch_model-00001-of-00002.bin" },
  });
  const content = {
    "config.json": "{}",
    "pytorch_model.bin.index.json": index,
    "pytorch_model-00001-of-00002.bin": new Uint8Array(10),
    "pytorch_model-00002-of-00002.bin": new Uint8Array(20),
    "pytorch_model-00001-of-00001.bin": new Uint8Array(30),
  };
  {
    await using at = await scene(content);
    await at.fetchIt();
    deepEqual(
      await namesIn(at.folder),
      Object.keys(content).filter((name) => !name.endsWith("of-00001.bin")).sort(),
    );
  }
  await using at = await scene({
    ...content,
    "pytorch_model.bin.index.json": index.replace("00002-of", "00003-of"),
  });
  await rejects(at.fetchIt(), /organisation\/model has no file pytorch_model-00003-of-00002\.bin/);
});

Deno.test("pull() goes on where a connection was cut, in one call and in the next", async () => {
  await using at = await scene();
  at.hub.accidents.cuts = [20_000, 5_000, 0, 10_000];
  await at.fetchIt();
  const starts = ranges(at.hub).map((range) => Number(range.match(/\d+/)?.[0] ?? 0));
  equal(starts.length, 5);
  deepEqual(starts, starts.toSorted((a, b) => a - b));
  ok((starts.at(-1) ?? 0) > 20_000, `${starts}`);
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), weights);

  await using other = await scene();
  other.hub.accidents.cuts = [30_000, 0, 0, 0, 0];
  await rejects(other.fetchIt(), /no connection to 127\.0\.0\.1:\d+: .*run again to go on/);
  ok(!(await namesIn(other.root)).includes("model"));
  other.hub.accidents.cuts = [];
  const before = ranges(other.hub).length;
  await other.fetchIt();
  match(ranges(other.hub)[before] ?? "", /^bytes=[1-9]\d{3,}-$/);
  equal(other.hub.log.filter(({ path }) => path.endsWith("/resolve/config.json")).length, 0);
  deepEqual(await Deno.readFile(`${other.folder}/model.safetensors`), weights);
});

Deno.test("pull() begins anew a file that has changed since, and takes out what the model no longer has", async () => {
  await using at = await scene();
  at.hub.accidents.cuts = [30_000, 0, 0, 0, 0];
  await rejects(at.fetchIt());
  const changed = weights.toReversed();
  at.hub.accidents.cuts = [];
  at.hub.files.set("model.safetensors", changed);
  at.hub.files.delete("LICENSE");
  const before = ranges(at.hub).length;
  await at.fetchIt();
  equal(ranges(at.hub)[before], "");
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), changed);
  deepEqual(await namesIn(at.folder), FETCHED.filter((name) => name !== "LICENSE"));
});

Deno.test("pull() lists anew a model that changes while it is fetched", async () => {
  await using at = await scene();
  const changed = weights.toReversed();
  let listings = 0;
  const pulled = await at.fetchIt({}, {
    onBytes: (_, __, file) => {
      if (file === "vocab.txt" && listings++ === 0) at.hub.files.set("model.safetensors", changed);
    },
  });
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), changed);
  const commits = at.hub.log.filter(({ path }) => path.includes("/tree/")).map(({ path }) => path.slice(-40));
  equal(new Set(commits).size, 2);
  equal(pulled.commit, commits.at(-1));
});

Deno.test("pull() keeps no corrupt byte: it fetches again, and gives up when it helps nothing", async () => {
  await using at = await scene();
  at.hub.accidents.corrupt = 1;
  await at.fetchIt();
  equal(ranges(at.hub).length, 2);
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), weights);

  await using other = await scene();
  other.hub.accidents.corrupt = 99;
  await rejects(
    other.fetchIt(),
    /model\.safetensors of organisation\/model came 3 times with other bytes than the hub lists \(sha256 [0-9a-f]{64}\)/,
  );
  deepEqual(await namesIn(other.root), [".model.part"]);
  ok(!(await namesIn(other.staging)).some((name) => name.startsWith("model.safetensors")));
});

Deno.test("pull() finds a part of a file that somebody changed", async () => {
  await using at = await scene();
  at.hub.accidents.cuts = [30_000, 0, 0, 0, 0];
  await rejects(at.fetchIt());
  const name = (await namesIn(at.staging)).find((name) =>
    /^model\.safetensors\.[0-9a-f]{16}\.part$/.test(name)
  );
  const part = `${at.staging}/${name}`;
  const bytes = await Deno.readFile(part);
  bytes[100] = ~(bytes[100] ?? 0);
  await Deno.writeFile(part, bytes);
  at.hub.accidents.cuts = [];
  await at.fetchIt();
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), weights);
});

Deno.test("pull() takes the whole file from a server that knows no ranges", async () => {
  await using at = await scene();
  at.hub.accidents.cuts = [30_000];
  at.hub.accidents.wholeOnly = true;
  await at.fetchIt();
  deepEqual(await Deno.readFile(`${at.folder}/model.safetensors`), weights);
});

Deno.test("pull() waits for a hub that is busy, and not for ever for one that says nothing", async () => {
  await using at = await scene();
  at.hub.accidents.busy = 2;
  await at.fetchIt();
  await using other = await scene();
  other.hub.accidents.busy = 99;
  await rejects(other.fetchIt(), /127\.0\.0\.1:\d+ answers 503\. Try again later\./);
  other.hub.accidents.busy = 0;
  other.hub.accidents.stall = true;
  await rejects(
    other.fetchIt({}, { patience: 50, waits: [1] }),
    /127\.0\.0\.1:\d+ has sent nothing for 0\.05 s/,
  );
});

Deno.test("pull() sends the token to the hub and to nobody else, and never tells it", async () => {
  await using at = await scene();
  const token = "hf_verysecret";
  at.hub.accidents.token = token;
  at.hub.accidents.cuts = [10_000];
  await at.fetchIt({ token });
  ok(at.hub.log.length > 8);
  for (const { host, token: sent } of at.hub.log) equal(sent, host === "hub" ? `Bearer ${token}` : "");

  for (
    const [asking, refusal, line] of [
      [
        {},
        undefined,
        /organisation\/model is gated: .*\/organisation\/model\. Then set HF_TOKEN to a token of that account\.$/,
      ],
      [{ token: "hf_wrong" }, undefined, /does not accept the token in HF_TOKEN\. Make one at/],
      [{ token }, { status: 403, code: "GatedRepo" }, /is gated: .* Then run again\.$/],
      [{ token }, { status: 403 }, /the token in HF_TOKEN may not read organisation\/model/],
      [
        {},
        { status: 401, code: "RepoNotFound" },
        /no model organisation\/model at 127.* or it is private\. Check its name, or set HF_TOKEN/,
      ],
      [{ token: "hf_two\nlines" }, undefined, /HF_TOKEN holds what no token does/],
    ] as const
  ) {
    if (refusal) at.hub.accidents.refusal = refusal;
    else delete at.hub.accidents.refusal;
    await rejects(at.fetchIt(asking), (error) => {
      ok(error instanceof Error);
      match(error.message, line);
      ok(!error.message.includes("\n") && !/secret|hf_/.test(error.message), error.message);
      return true;
    });
  }
});

Deno.test("pull() follows a model that has another name now", async () => {
  await using at = await scene();
  await at.fetchIt({ model: "organisation/old-name" }).catch(() => {}); // its tree is only under the new name here
  equal(at.hub.log[0]?.path, "/api/models/organisation/old-name/revision/main");
  equal(at.hub.log[1]?.path, "/api/models/organisation/model/revision/main");
});

Deno.test("pull() says what is wrong with what it is asked for", async () => {
  await using at = await scene();
  const refuses = (asking: Partial<Asking>, line: RegExp) => rejects(at.fetchIt(asking), line);
  await refuses(
    { model: "organisation/none" },
    /no model organisation\/none at 127\.0\.0\.1:\d+, or it is private/,
  );
  await refuses({ revision: "v9" }, /organisation\/model has no revision "v9" at/);
  await refuses({ model: "../../etc" }, /"\.\.\/\.\.\/etc" is no model's name/);
  await refuses({ model: "a/b/c" }, /is no model's name/);
  await refuses({ endpoint: "http://example.org" }, /"http:\/\/example\.org" is no endpoint/);
  await refuses({ endpoint: "file:///etc" }, /is no endpoint/);
  await refuses({ endpoint: `${at.hub.endpoint}/` }, /is no endpoint/);
  at.hub.files.delete("model.safetensors");
  at.hub.files.delete("pytorch_model.bin");
  await refuses({}, /has neither model\.safetensors nor pytorch_model\.bin, but tf_model\.h5\./);
  at.hub.files.delete("config.json");
  await refuses({}, /organisation\/model has no file config\.json/);
  deepEqual(await namesIn(at.root), []);
});

Deno.test("pull() compares a folder that is there, and leaves it as it is", async () => {
  await using at = await scene();
  const first = await at.fetchIt();
  const before = at.hub.log.length;
  deepEqual(await at.fetchIt(), first);
  ok(!at.hub.log.slice(before).some(({ path }) => path.includes("/resolve/")));
  await Deno.writeTextFile(`${at.folder}/config.json`, "{}");
  await rejects(at.fetchIt(), {
    message: `${at.folder}: there already, with another config.json. Choose another folder, or remove it.`,
  });
  equal(await Deno.readTextFile(`${at.folder}/config.json`), "{}");
});

Deno.test("pull() stops when it is told to, and keeps what it has", async () => {
  await using at = await scene();
  const controller = new AbortController();
  const stopped = at.fetchIt({}, {
    signal: controller.signal,
    onBytes: (done) => done > 20_000 && controller.abort(new Error("enough")),
  });
  await rejects(stopped, /enough/);
  deepEqual(await namesIn(at.root), [".model.part"]);
  await at.fetchIt();
  deepEqual(await namesIn(at.folder), FETCHED);
});

Deno.test("pull() lets one process at a time into a folder", async () => {
  await using at = await scene();
  await Deno.mkdir(at.staging);
  using lock = await Deno.open(`${at.staging}/.lock`, { create: true, write: true });
  ok(await lock.tryLock(true));
  await rejects(at.fetchIt(), /another pull is fetching it/);
});

Deno.test("partOf() tells a file's versions apart", () => {
  const file = (hex: string) => ({ path: "a", size: 1, hash: { algorithm: "sha256", hex } as const });
  ok(partOf("f", file("a".repeat(64))) !== partOf("f", file("b".repeat(64))));
});
