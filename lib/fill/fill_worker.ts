/** The inside of a worker that fills: `workers.ts` says what it is told and what it answers. @module */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import { type OpenFiller, openFiller } from "./models.ts";
import type { ToWorker } from "./workers.ts";

let filler: OpenFiller | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if ("open" in data) {
      filler = await openFiller(data.open, [], data.options);
      self.postMessage({ name: filler.name });
    } else {
      self.postMessage({ fills: await filler?.fill(data.fill) });
    }
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
