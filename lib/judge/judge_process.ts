/**
 * The process that asks an endpoint: it alone may reach the network, and there one host; it may neither read nor write a file. It gets
 * {@linkcode ProcessOptions} as its argument, the key in its environment, and requests on stdin, a line each; on stdout it says each
 * reply in a line, the first that is there first.
 *
 * @module
 */

import { z } from "zod";
import { TextLineStream } from "../experiment/lines.ts";
import { type Asker, openEndpoint } from "./endpoint.ts";

/** What the process is told when it is started. */
export const ProcessOptions = z.object({
  endpoint: z.object({ url: z.string(), model: z.string(), keyFrom: z.string().exactOptional() }),
  timeout: z.number().exactOptional(),
  waits: z.array(z.number()).exactOptional(),
});

/** A line of stdin. */
export const ProcessRequest = z.object({
  number: z.number(),
  request: z.object({
    messages: z.array(z.object({ role: z.enum(["system", "user"]), content: z.string() })),
    seed: z.number(),
    temperature: z.number(),
    mostTokens: z.number(),
  }),
});

const Spent = z.object({ prompt: z.number(), completion: z.number() }).nullable();

/** A line of stdout. */
export const ProcessReply = z.object({
  number: z.number(),
  reply: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("answer"), text: z.string(), cut: z.boolean(), tokens: Spent }),
    z.object({ kind: z.literal("none"), reason: z.string(), down: z.boolean(), tokens: Spent }),
    z.object({ kind: z.literal("refused"), message: z.string() }),
  ]),
});

async function answer(asker: Asker, line: string): Promise<void> {
  const { number, request } = ProcessRequest.parse(JSON.parse(line));
  console.log(JSON.stringify({ number, reply: await asker.ask(request) }));
}

if (import.meta.main) {
  try {
    const { endpoint, ...options } = ProcessOptions.parse(JSON.parse(Deno.args[0] ?? ""));
    await using asker = openEndpoint(endpoint, options);
    const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
    const open = new Set<Promise<void>>();
    for await (const line of lines) {
      const one = answer(asker, line).finally(() => open.delete(one));
      open.add(one);
    }
    Deno.exit(0); // nobody waits for what is still open
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
