/** Asking an endpoint from a process of its own. @module */

import { fileURLToPath } from "node:url";
import { TextLineStream } from "../experiment/lines.ts";
import {
  type Asker,
  type AskOptions,
  completionsUrl,
  type Endpoint,
  openEndpoint,
  type Reply,
} from "./endpoint.ts";
import { ProcessReply } from "./judge_process.ts";

/** How an endpoint is asked from another process. */
export type ApartOptions = Omit<AskOptions, "signal">;

/**
 * Deno's permission flags for asking an endpoint, and nothing else: its host, and the variable that holds the key.
 *
 * @throws {Error} as `completionsUrl()`
 *
 * @example
 * ```ts
 * import { permissionFlags } from "./ask_apart.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(permissionFlags({ url: "https://api.example.org/v1", model: "m", keyFrom: "KEY" }), [
 *   "--no-prompt",
 *   "--allow-net=api.example.org:443",
 *   "--allow-env=KEY",
 * ]);
 * ```
 */
export function permissionFlags(endpoint: Endpoint): string[] {
  const { keyFrom } = endpoint;
  return [
    "--no-prompt",
    `--allow-net=${hostOf(endpoint)}`,
    ...keyFrom === undefined ? [] : [`--allow-env=${keyFrom}`],
  ];
}

/** The host with its port. */
function hostOf(endpoint: Endpoint): string {
  const { host, port, protocol } = completionsUrl(endpoint);
  return port === "" ? `${host}:${protocol === "http:" ? 80 : 443}` : host;
}

/**
 * Opens an endpoint here, where this process may reach its host and read its key, and else in a process that may do just that.
 *
 * @throws {Error} in one line, where the address makes no sense or the variable with the key is not set
 *
 * @example
 * ```ts
 * import { openAsker } from "./ask_apart.ts";
 * import { rejects } from "node:assert/strict";
 * await rejects(openAsker({ url: "ftp://a", model: "m" }), /"ftp:\/\/a" is no endpoint/);
 * ```
 */
export async function openAsker(endpoint: Endpoint, options: ApartOptions = {}): Promise<Asker> {
  const { keyFrom } = endpoint;
  const may = await Promise.all([
    Deno.permissions.query({ name: "net", host: hostOf(endpoint) }),
    ...keyFrom === undefined ? [] : [Deno.permissions.query({ name: "env", variable: keyFrom })],
  ]);
  return may.every(({ state }) => state === "granted")
    ? openEndpoint(endpoint, options)
    : askApart(endpoint, options);
}

/**
 * Opens an endpoint in a process of its own, which may reach its host and read the variable with its key, and nothing else. The key
 * passes through the environment: this process does not read it.
 *
 * @throws {Error} in one line, where the address makes no sense; from `ask()`, where the process has ended
 *
 * @example
 * ```ts
 * import { askApart } from "./ask_apart.ts";
 * import { deepEqual } from "node:assert/strict";
 * const body = { choices: [{ message: { content: "B" } }] };
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => Response.json(body));
 * await using endpoint = askApart({ url: `http://127.0.0.1:${server.addr.port}/v1`, model: "m" });
 * const reply = await endpoint.ask({ messages: [], seed: 1, temperature: 0, mostTokens: 8 });
 * deepEqual(reply, { kind: "answer", text: "B", cut: false, tokens: null });
 * ```
 */
export function askApart(endpoint: Endpoint, options: ApartOptions = {}): Asker {
  const script = fileURLToPath(new URL("./judge_process.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...permissionFlags(endpoint), script, JSON.stringify({ endpoint, ...options })],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const input = process.stdin.getWriter();
  const waiting = new Map<number, PromiseWithResolvers<Reply>>();
  const said = new Response(process.stderr).text();
  let ended: Error | undefined;
  const reading = read(process.stdout, waiting).then(async () => {
    const { code } = await process.status;
    const line = (await said).trim().split("\n").at(-1) ?? "";
    ended = new Error(line || `judge: the process that asks ended with code ${code}. Run it again to go on.`);
    for (const { reject } of waiting.values()) reject(ended);
  });
  let asked = 0;
  return {
    async ask(request) {
      if (ended) throw ended;
      const number = asked++;
      const reply = Promise.withResolvers<Reply>();
      waiting.set(number, reply);
      const line = new TextEncoder().encode(`${JSON.stringify({ number, request })}\n`);
      await input.write(line).catch(() => {}); // of a process that has ended, which `reading` tells
      return await reply.promise;
    },
    async [Symbol.asyncDispose]() {
      await input.close().catch(() => {}); // as above
      await reading;
    },
  };
}

async function read(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
  waiting: Map<number, PromiseWithResolvers<Reply>>,
): Promise<void> {
  for await (const line of stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())) {
    const { number, reply } = ProcessReply.parse(JSON.parse(line));
    waiting.get(number)?.resolve(reply);
    waiting.delete(number);
  }
}
