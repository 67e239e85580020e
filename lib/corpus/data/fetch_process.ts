/**
 * The process that fetches a corpus: it alone may reach the network, the one host of that corpus, and it may read and write nothing
 * but the corpus's folder. It gets a {@linkcode FetchRequest} on stdin; it tells how far it is on stderr and how it ended, as
 * {@linkcode FetchOutcome}, on stdout.
 *
 * @module
 */

import { z } from "zod";
import type { HelperFailure } from "../../helper_process.ts";
import { interruptible } from "../../interrupt.ts";
import { progress } from "../../progress.ts";
import { fetchCorpus } from "./fetch_corpus.ts";

/** What is to be fetched, and where to. */
export const FetchRequest = z.object({
  name: z.string(),
  address: z.string(),
  folder: z.string(),
  staging: z.string(),
  files: z.array(z.object({ name: z.string(), path: z.string(), sha256: z.string().exactOptional() })),
  folders: z.record(z.string(), z.string()).exactOptional(),
});

/** How it ended where it did not fail. */
export const FetchOutcome = z.object({
  checksums: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

async function run(
  request: z.infer<typeof FetchRequest>,
): Promise<z.infer<typeof FetchOutcome> | HelperFailure> {
  const { folder, staging, name, files } = request;
  const bar = progress(`fetching ${name}`, files.length, { unit: "files" });
  try {
    const checksums = await interruptible((signal) =>
      fetchCorpus(request, folder, staging, {
        signal,
        waits: [1000, 4000, 16_000],
        onFile: (done) => bar.update(done),
      })
    );
    return { checksums };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      return { error: `stopped; what is here of ${name} is kept. Run it again to go on.` };
    }
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    await bar.done();
  }
}

if (import.meta.main) {
  const outcome = await run(FetchRequest.parse(await new Response(Deno.stdin.readable).json()));
  console.log(JSON.stringify(outcome));
  Deno.exit("error" in outcome ? 1 : 0); // connections that are still open are of no use
}
