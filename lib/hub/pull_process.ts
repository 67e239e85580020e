/**
 * The process that fetches a model: it alone may reach the network, and it may read no letter. It gets a
 * {@linkcode PullRequest} on stdin, and the token in its environment; it tells how far it is on stderr and how it ended,
 * as {@linkcode PullOutcome}, on stdout.
 *
 * @module
 */

import { z } from "zod";
import type { HelperFailure } from "../helper_process.ts";
import { interruptible } from "../interrupt.ts";
import { type Progress, progress } from "../progress.ts";
import { pull } from "./pull.ts";

/** How it ended where it did not fail. */
export const PullOutcome = z.object({ commit: z.string(), files: z.number(), bytes: z.number() });

const Request = z.object({
  model: z.string(),
  folder: z.string(),
  staging: z.string(),
  revision: z.string(),
  endpoint: z.string(),
  tokenName: z.string(),
  cdn: z.array(z.string()),
});

async function run(request: z.infer<typeof Request>): Promise<z.infer<typeof PullOutcome> | HelperFailure> {
  const { folder, staging: _, cdn: __, ...asked } = request;
  const token = Deno.env.get(asked.tokenName);
  const asking = { ...asked, ...token !== undefined && token !== "" && { token } };
  let bar: Progress | undefined;
  try {
    const pulled = await interruptible((signal) =>
      pull(asking, folder, {
        signal,
        onBytes(done, total, file) {
          const [unit, each] = total < 1e7 ? ["kB", 1e3] as const : ["MB", 1e6] as const;
          bar ??= progress(`pulling ${asked.model}`, Math.ceil(total / each), { unit });
          bar.update(Math.ceil(done / each), file);
        },
        onRetry: ({ message }, wait) => {
          const behindBar = bar && Deno.stderr.isTerminal() ? "\n" : "";
          const reason = message.slice(0, message.indexOf(". ") + 1) || message; // what follows is for when it is given up
          console.error(`${behindBar}${reason} Trying again in ${wait / 1000} s.`);
        },
      })
    );
    return { commit: pulled.commit, files: pulled.files, bytes: pulled.bytes };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      return { error: `stopped; what is here of ${asked.model} is kept. Run it again to go on.` };
    }
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    await bar?.done();
  }
}

if (import.meta.main) {
  const outcome = await run(Request.parse(await new Response(Deno.stdin.readable).json()));
  console.log(JSON.stringify(outcome));
  Deno.exit("error" in outcome ? 1 : 0); // connections that are still open are of no use
}
