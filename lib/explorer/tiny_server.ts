/** A server of the small project, for tests. @module */

import { serveExplorer } from "./serve.ts";
import { tinyProject } from "./tiny_project.ts";

/** Where the small project lies. */
export const folder = await Deno.makeTempDir();

const tiny = await tinyProject(folder);

/** The experiment that it has results of. */
export const experiment = "model_comparison";

/** How it is served. */
export const options = {
  port: 0,
  results: tiny.results,
  runs: tiny.runs,
  letters: [{ name: "letters", path: tiny.letters }, { name: "synthetic", path: tiny.synthetic }],
};

/** Starts a server and ends it. */
export async function served(test: (at: Served) => Promise<void>): Promise<void> {
  const explorer = await serveExplorer(options);
  const { port, pathname } = new URL(explorer.address);
  try {
    await test({ address: explorer.address, port: Number(port), token: pathname.slice(1, -1) });
  } finally {
    await explorer.close();
  }
}

/** Where it answers. */
export interface Served {
  readonly address: string;
  readonly port: number;
  readonly token: string;
}

/** An answer to a query. */
export async function asked(address: string, path: string, query: unknown = {}) {
  const response = await fetch(`${address}${path}?q=${encodeURIComponent(JSON.stringify(query))}`);
  return { status: response.status, body: await response.json() };
}
