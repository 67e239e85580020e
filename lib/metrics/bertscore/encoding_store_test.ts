import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import { openTokenEncoder } from "../encoder_embeddings.ts";
import { scoreWithJudge } from "../judge.ts";
import { readBaseline } from "./baseline_file.ts";
import { encodingStore } from "./encoding_store.ts";
import { rememberingEncoder } from "./remembering_encoder.ts";
import { windowsOf } from "./windows.ts";

const filesUnder = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await filesUnder(`${folder}/${name}`));
    else found.push(`${folder}/${name}`);
  }
  return found.sort();
};

Deno.test("rememberingEncoder() computes once what it keeps, and anew what is damaged, without a trace of the text", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(`${folder}/tiny`, { pieces: ["fever", "cough"], positions: 16 });
  const asked: string[] = [];
  const open = async (layer = 2) => {
    const encoder = await openTokenEncoder(`${folder}/tiny`, { layer });
    const spied = {
      ...encoder,
      encode: (texts: readonly string[]) => (asked.push(...texts), encoder.encode(texts)),
    };
    return await rememberingEncoder(spied, `${folder}/tiny`, ["fever", "cough"], `${folder}/kept`);
  };
  const first = await open();
  const encoded = await first.encode(["cough", "fever", "fever cough"]);
  await first.close();
  const second = await open();
  deepEqual(await second.encode(["fever", "fever cough", "cough"]), [encoded[1], encoded[2], encoded[0]]);
  deepEqual(asked, ["cough", "fever", "fever cough", "fever cough"]);
  const files = await filesUnder(`${folder}/kept`);
  equal(files.length, 2);
  for (const [i, file] of files.entries()) {
    const bytes = await Deno.readFile(file);
    ok(!new TextDecoder("latin1").decode(bytes).includes("fever"));
    const damaged = i === 0 ? bytes.slice(0, 50) : bytes.map((byte, at) => at === 100 ? byte ^ 1 : byte);
    await Deno.writeFile(file, damaged);
  }
  asked.length = 0;
  deepEqual(await second.encode(["fever", "cough"]), [encoded[1], encoded[0]]);
  deepEqual(asked.toSorted(), ["cough", "fever"]);
  asked.length = 0;
  await second.encode(["fever", "cough"]);
  deepEqual(asked, []); // mended
  await second.close();
  const other = await open(1);
  await other.encode(["fever"]);
  deepEqual(asked, ["fever"]); // another layer is another encoding
  await other.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("encodingStore() takes out what was longest not asked for", async () => {
  const folder = await Deno.makeTempDir();
  const store = encodingStore(folder, "model");
  const encoded = {
    ids: Int32Array.of(7),
    embeddings: Float32Array.of(1, 0),
    hidden: 2,
    unit: true,
  } as const;
  for (const text of ["a", "b", "c"]) await store.put(text, encoded);
  for (const file of await filesUnder(folder)) await Deno.utime(file, 1000, 1000);
  await store.get("b");
  const [{ size } = { size: 0 }] = await Promise.all(
    (await filesUnder(folder)).map((file) => Deno.stat(file)),
  );
  await store.trim(size);
  deepEqual([await store.get("a"), await store.get("b"), await store.get("c")], [
    undefined,
    encoded,
    undefined,
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("scoreWithJudge() scores the same with what it kept as without", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(`${folder}/tiny`, { pieces: ["fever", "cough", "no"], positions: 16 });
  await Deno.writeTextFile(`${folder}/tiny/bertscore_baseline.tsv`, "LAYER,P,R,F\n2,0.1,0.1,0.1\n");
  const pairs = [{ id: "a", reference: "no fever", candidate: "no cough" }, {
    id: "b",
    reference: ["fever cough", "cough"],
    candidate: "no fever cough",
  }];
  const options = { judge: { encoder: "tiny", layer: 2 }, models: folder };
  const values = async (encodings: string | false) =>
    (await scoreWithJudge(pairs, ["bertscore", "bertscore-rescaled"], { ...options, encodings }))
      .map((one) => [...one.values]);
  const plain = await values(false);
  deepEqual(await values(`${folder}/kept`), plain);
  equal((await filesUnder(`${folder}/kept`)).length, 5); // two metrics ask for the candidates, too
  deepEqual(await values(`${folder}/kept`), plain);
  ok(Math.abs((plain[1]?.[0] ?? 0) - ((plain[0]?.[0] ?? 0) - 0.1) / 0.9) < 1e-12);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readBaseline() names the line that is wrong", async () => {
  const file = await Deno.makeTempFile();
  const says = async (text: string, error: RegExp) => {
    await Deno.writeTextFile(file, text);
    await rejects(readBaseline(file, 1), error);
  };
  await says("LAYER,P,R\n", /:1: "LAYER,P,R" is not LAYER,P,R,F/);
  await says(
    "LAYER,P,R,F\n0,0.1,0.1,0.1\n1,0.1,,0.1\n",
    /:3: "1,0\.1,,0\.1" is not a layer and three numbers/,
  );
  await says("LAYER,P,R,F\n0,0.1,0.1,0.1\n", /no layer 1 among 1/);
  await rejects(readBaseline(`${file}.none`, 1), /no such baseline file/);
  await Deno.remove(file);
});

Deno.test("windowsOf() takes every piece once, from where it is best in view", () => {
  for (const room of [4, 15, 62]) {
    for (const length of [0, 1, room - 1, room, room + 1, 2 * room, 7 * room + 3]) {
      const windows = windowsOf(length, room);
      let taken = 0;
      for (const { start, end, from, to } of windows) {
        ok(end - start <= room && start <= from && to <= end, `${length} in ${room}`);
        equal(from, taken);
        taken = to;
      }
      equal(taken, length);
      for (let piece = 0; piece < length; piece++) {
        const centring = ({ start, end }: { start: number; end: number }) =>
          Math.min(piece - start, end - 1 - piece);
        const takes = windows.find(({ from, to }) => from <= piece && piece < to);
        const best = Math.max(...windows.map(centring));
        ok(takes && centring(takes) >= best - 1, `piece ${piece} of ${length} in ${room}`);
      }
    }
  }
});
