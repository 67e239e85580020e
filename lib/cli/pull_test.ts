import { deepEqual, equal, match, ok } from "node:assert/strict";
import { standIn } from "../hub/hub_stand_in.ts";
import { project } from "../project.ts";
import { main } from "./main.ts";

const MODEL = {
  "config.json": "{}",
  "vocab.txt": "[PAD]\n",
  "model.safetensors": new Uint8Array(200_000).fill(7),
};
const TOKEN = "hf_verysecret";

/** `deno task palimpsest pull`, as a user has it: without network permission. */
function pulling(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "palimpsest", "pull", "organisation/model", ...args],
    cwd: project.root,
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  });
}

async function pull(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await pulling(args, env).output();
  return { code, out: new TextDecoder().decode(stdout), said: new TextDecoder().decode(stderr) };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("pull fetches with the user's token from the hub and the hosts that are named, and no others", async () => {
  await using hub = standIn(MODEL);
  hub.accidents.token = TOKEN;
  const root = await Deno.makeTempDir();
  const args = ["--endpoint", hub.endpoint, "--to", `${root}/deep/model`];

  const denied = await pull([...args, "--token-from=MY_TOKEN"], { MY_TOKEN: TOKEN });
  equal(denied.code, 1, denied.said);
  match(
    denied.said,
    new RegExp(`files are kept at ${hub.cdn}, which this command may not reach.*--cdn ${hub.cdn}\\.\n$`),
  );
  equal(hub.log.filter(({ host }) => host === "cdn").length, 0);
  deepEqual(await namesIn(`${root}/deep`), [".model.part"]);

  const { code, out, said } = await pull([...args, "--token-from=MY_TOKEN", "--cdn", hub.cdn], {
    MY_TOKEN: TOKEN,
  });
  equal(code, 0, said);
  match(out, new RegExp(`^${root}/deep/model: 3 files, 0\\.2 MB, commit [0-9a-f]{40}\n$`));
  match(said, /pulling organisation\/model {2}.*200\/200 kB · model\.safetensors\n$/);
  ok(!said.includes(TOKEN));
  deepEqual(await namesIn(`${root}/deep`), ["model"]);
  deepEqual(await namesIn(`${root}/deep/model`), [".gitignore", ...Object.keys(MODEL).sort()]);
  await Deno.remove(root, { recursive: true });
});

Deno.test("pull that is stopped says so, and keeps what it has", async () => {
  await using hub = standIn(MODEL);
  hub.accidents.stall = true;
  const root = await Deno.makeTempDir();
  const child = pulling(["--endpoint", hub.endpoint, "--to", `${root}/model`, "--cdn", hub.cdn]).spawn();
  while (!hub.log.some(({ host }) => host === "cdn")) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  const said = new TextDecoder().decode(stderr);
  equal(code, 1, said);
  match(said, /stopped; what is here of organisation\/model is kept\. Run it again to go on\.\n$/);
  ok((await namesIn(`${root}/.model.part`)).includes("config.json"));
  await Deno.remove(root, { recursive: true });
});

Deno.test("pull tells wrong use from failure", async () => {
  const cases = [
    [["--token-from=hf-abc"], 2, /^--token-from takes the name of an environment variable/],
    [["--endpoint=hub"], 2, /^"hub" is no endpoint\. Write it as https:/],
    [["--cdn", "https://a/b"], 2, /^--cdn takes hosts such as/],
    [["--endpoint=http://127.0.0.1:1", "--to=a,b"], 2, /a path with a comma/],
    [["--endpoint=http://127.0.0.1:1", "--to=/proc/none/model"], 1, /^\/proc\/none: /],
  ] as const;
  const { error } = console;
  for (const [args, expected, line] of cases) {
    const said: string[] = [];
    console.error = (text: string) => void said.push(text);
    try {
      equal(await main(["pull", "organisation/model", ...args]), expected);
    } finally {
      console.error = error;
    }
    equal(said.length, 1);
    match(said.join(), line);
  }
});
