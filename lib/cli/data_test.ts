import { deepEqual, equal, match } from "node:assert/strict";
import { sharedFolder } from "../corpus/shared_folder.ts";
import { project } from "../project.ts";

const shared = sharedFolder("data") ?? "";

/** `deno task palimpsest data`, as a user has it: without network permission. */
async function data(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "palimpsest", "data", ...args],
    cwd: project.root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

Deno.test("data fetches from a place, shows licence and checksums, and refuses other bytes", async () => {
  let bytes = "not what is known";
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const name = new URL(url).pathname.slice(1);
    return new Response(bytes || (await Deno.readFile(`${shared}/bc5cdr/${name}`)));
  });
  const root = await Deno.makeTempDir();
  const args = ["bc5cdr", `${root}/bc5cdr`, "--address", `http://127.0.0.1:${server.addr.port}`];
  try {
    const refused = await data(...args);
    equal(refused.code, 1, refused.said);
    match(
      refused.said,
      /(train|devel)\.tsv: sha256 [0-9a-f]{64}, known is [0-9a-f]{64}\. It is not the corpus/,
    );
    if (shared === "") return;
    bytes = "";
    const { code, out, said } = await data(...args);
    equal(code, 0, said);
    match(out, /licence: CC BY 4\.0 .*https:\/\/github\.com\/cambridgeltl/);
    match(out, /sha256 b731361c0ed7[0-9a-f]{52} train\.tsv/);
    deepEqual((await Array.fromAsync(Deno.readDir(`${root}/bc5cdr`))).map(({ name }) => name).sort(), [
      "SOURCE.txt",
      "devel.tsv",
      "train.tsv",
    ]);
    const again = await data(...args);
    deepEqual([again.code, again.said], [
      1,
      `${root}/bc5cdr: there already. Use it, remove it, or name another folder.\n`,
    ]);
  } finally {
    await server.shutdown();
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test({
  name: "data gives the shared folder where it is there, checked, or a copy of it",
  ignore: shared === "",
  async fn() {
    const root = await Deno.makeTempDir();
    const args = ["--shared", shared];
    const here = await data("meddocan", ...args);
    deepEqual([here.code, here.out.split("\n")[0]], [0, `${shared}/meddocan`]);
    const copied = await data("ncbi-disease", `${root}/n`, ...args);
    equal(copied.code, 0, copied.said);
    deepEqual(
      await Deno.readFile(`${root}/n/devel.tsv`),
      await Deno.readFile(`${shared}/ncbi-disease/devel.tsv`),
    );
    await Deno.remove(root, { recursive: true });
  },
});

Deno.test("data tells wrong use", async () => {
  const cases: [string[], RegExp][] = [
    [["medocan"], /^unknown corpus "medocan"\. The nearest is meddocan\./],
    [["bc5cdr", "--address=there"], /^"there" is no address\./],
  ];
  for (const [args, line] of cases) {
    const { code, said } = await data(...args);
    equal(code, 2, said);
    match(said, line);
  }
});
