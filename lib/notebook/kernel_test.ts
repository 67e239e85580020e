import { deepEqual, equal } from "node:assert/strict";
import { startKernel } from "./kernel.ts";
import { spawnKernel } from "./kernel_process.ts";

Deno.test("startKernel()'s kernel ends by itself when its runner is killed, even while a cell waits", async () => {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const program = `import { startKernel } from ${JSON.stringify(new URL("kernel.ts", import.meta.url))};
    const kernel = await startKernel(".");
    const print = ({ type, content }) => type === "stream" && console.log(content.text);
    await kernel.execute("console.log(Deno.pid); await new Promise(() => {});", print);`;
  const args = ["eval", "--config", config, program];
  const runner = new Deno.Command(Deno.execPath(), { args, env: { NO_COLOR: "1" }, stdout: "piped" }).spawn();
  const reader = runner.stdout.getReader();
  const kernel = new TextDecoder().decode((await reader.read()).value).trim();
  await Deno.stat(`/proc/${kernel}`);
  runner.kill("SIGKILL");
  await runner.status;
  await reader.cancel();
  for (let tries = 0; tries < 100 && await exists(`/proc/${kernel}`); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  equal(await exists(`/proc/${kernel}`), false);
});

Deno.test("startKernel() leaves no connection file for others to find", async () => {
  await inOwnTemporaryFolder(async (folder) => {
    const kernel = await startKernel(".");
    deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    await kernel.stop();
  });
});

Deno.test("spawnKernel() lets nobody else read the connection file", async () => {
  await inOwnTemporaryFolder(async (folder) => {
    const kernel = await spawnKernel(".");
    const [made] = await Array.fromAsync(Deno.readDir(folder));
    equal(((await Deno.stat(`${folder}/${made?.name}/connection.json`)).mode ?? 0) & 0o777, 0o600);
    await kernel.forget();
    await kernel.stop(0);
  });
});

/** Other programs make temporary files too: a folder of our own holds only ours. */
async function inOwnTemporaryFolder(job: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const usual = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", folder);
  try {
    await job(folder);
  } finally {
    if (usual === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", usual);
    await Deno.remove(folder, { recursive: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
