import { equal, match } from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { project } from "../project.ts";

/** The task as a user starts it, with no permission but its own. */
function explore(...args: string[]): Deno.ChildProcess {
  const [, ...task] = config.tasks.explore.split(" ");
  const stdio = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
  return new Deno.Command(Deno.execPath(), { args: [...task, ...args], cwd: project.root, ...stdio }).spawn();
}

/** What a command says before it ends. */
async function ended(child: Deno.ChildProcess): Promise<{ code: number; said: string }> {
  const { code, stderr } = await child.output();
  return { code, said: new TextDecoder().decode(stderr) };
}

Deno.test("explore prints its address, answers there, names a port in use, and ends when it is told to", async () => {
  const child = explore("--port", "0", "--results", await Deno.makeTempDir());
  const reader = child.stdout.getReader();
  const address = new TextDecoder().decode((await reader.read()).value).trim();
  match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
  const start = await (await fetch(`${address}api/start`)).json();
  equal(start.experiments.length, 0);
  const { port } = new URL(address);
  const second = await ended(explore("--port", port));
  equal(second.code, 1);
  match(second.said, new RegExp(`^port ${port} is in use, .*--port ${Number(port) + 1}\n$`));
  const wrong = await ended(explore("--port", "http"));
  equal(wrong.code, 2);
  child.kill("SIGTERM");
  reader.releaseLock();
  equal((await ended(child)).code, 0);
});
