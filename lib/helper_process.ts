/** Processes of their own for what this one has no permission to do. @module */

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { interruptible } from "./interrupt.ts";

const failed = z.object({ error: z.string() });

/** What such a process writes to its stdout where it fails: the line that says why. */
export type HelperFailure = z.infer<typeof failed>;

/** What such a process is asked. */
export interface HelperRequest<T> {
  /** What it does, for messages: `"fetches meddocan"`. */
  readonly does: string;
  /** Where its file is. */
  readonly script: URL;
  /** Deno's permission flags. */
  readonly permissions: readonly string[];
  /** Written to its stdin, as JSON. */
  readonly request: unknown;
  /** What it writes to its stdout where it does not fail. */
  readonly outcome: z.ZodType<T>;
}

/**
 * Runs a script of this project in a process of its own, with permissions of its own; its stderr, where its progress goes, is this
 * one's. A user who stops this process stops that one first.
 *
 * @throws {Error} with the line that the process gave, or where it ended without any
 *
 * @example
 * ```ts
 * import { helperProcess } from "./helper_process.ts";
 * import { equal } from "node:assert/strict";
 * import { z } from "zod";
 * const script = new URL("data:text/javascript,console.log(JSON.stringify((await new Response(Deno.stdin.readable).json()) * 2))");
 * const twice = { does: "doubles", script, permissions: [], request: 21, outcome: z.number() };
 * equal(await helperProcess(twice), 42);
 * ```
 */
export async function helperProcess<T>(asked: HelperRequest<T>): Promise<T> {
  const { does, script, permissions, request, outcome } = asked;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      ...permissions,
      script.protocol === "file:" ? fileURLToPath(script) : script.href,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit", // the progress bar
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(request)));
  await writer.close();
  const { code, stdout } = await interruptible((signal) => {
    signal.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
    return child.output();
  });
  const said = new TextDecoder().decode(stdout);
  const read: unknown = code > 1 || said === "" ? undefined : JSON.parse(said);
  const failure = failed.safeParse(read);
  if (failure.success) throw new Error(failure.data.error);
  const ended = outcome.safeParse(read);
  if (ended.success) return ended.data;
  throw new Error(`the process that ${does} ended with code ${code}. Run it again to go on.`);
}
