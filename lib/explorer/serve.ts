/** The explorer's server. @module */

import { project } from "../project.ts";
import { bundlePage } from "./bundle.ts";
import { guard, isOwnHost } from "./guard.ts";
import { answer } from "./headers.ts";
import { letterSources, type NamedCorpus } from "./letters/sources.ts";
import { openFiles, type PageFile, pageFiles } from "./page_files.ts";
import { repetition } from "../experiment/experiment.ts";
import { cellsSchema, cellsTable } from "./results/cells_table.ts";
import { type OpenResults, openResults } from "./results/open_results.ts";
import { Download, type Explorer, type Route, Unanswerable } from "./route.ts";
import { ReviewHistory } from "./review/history.ts";
import { routes } from "./routes.ts";

/** What is explored, and where. */
export interface ExplorerOptions {
  /** Left out: 4180. With 0 the system chooses one. */
  readonly port?: number;
  /** Folder of results; left out: the project's. */
  readonly results?: string;
  /** Letters to look at, the originals first; left out: the embedded ones. */
  readonly letters?: readonly NamedCorpus[];
  /** Folder of stored steps; left out: the project's. */
  readonly runs?: string;
  /** Folder in which a review is kept, made where it is not there; left out: nothing is reviewed. */
  readonly review?: string;
  /** Left out: drawn at random. */
  readonly token?: string;
}

/** A server that runs. */
export interface OpenExplorer {
  /** With the token: whoever has it may look at everything. */
  readonly address: string;
  /** Reads ahead what the first look takes. */
  warm(): Promise<void>;
  /** Reads what the letters of cells take, once the page has had time to open. */
  readAhead(): void;
  close(): Promise<void>;
}

/** What may be sent to the server at once, in bytes. */
const MOST_SENT = 1_000_000;

/** Milliseconds in which a page opens. */
const AFTER_FIRST_LOOK = 2000;

/**
 * Serves the explorer on the loopback interface, to pages of its own address alone (see {@linkcode guard}). Paths are looked up in
 * lists, never on the disk.
 *
 * @throws {Error} when the port is in use or may not be had, the folder of results is not there, or that of the review can't be written to
 *
 * @example
 * ```ts
 * import { serveExplorer } from "./serve.ts";
 * import { equal } from "node:assert/strict";
 * const explorer = await serveExplorer({ port: 0, results: await Deno.makeTempDir() });
 * const answer = await fetch(`${explorer.address}style.css`);
 * equal(answer.headers.get("content-type"), "text/css; charset=utf-8");
 * await answer.body?.cancel();
 * await explorer.close();
 * ```
 */
export async function serveExplorer(options: ExplorerOptions = {}): Promise<OpenExplorer> {
  const { port = 4180, runs = project.runs, token = randomToken() } = options;
  const review = options.review === undefined ? undefined : await ReviewHistory.open(options.review);
  const results = await openResults(options.results ?? project.results);
  const corpora = options.letters ?? [{ name: "letters", path: project.letters }];
  const letters = letterSources(corpora, results, runs);
  const explorer: Explorer = { results, letters, ...review && { review } };
  let script: Promise<string> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  const page = () => script ??= bundlePage(`${project.lib}/explorer/page/main.tsx`);
  const server = listen(port, async (request, own) => {
    try {
      return await answered(request, { token, port: own, explorer, page });
    } catch (error) {
      if (error instanceof Unanswerable) return told(422, error.message);
      // What went wrong may quote a letter: it goes to the page, whose user sees them anyway, and into no log.
      return told(500, error instanceof Error ? error.message : String(error));
    }
  });
  return {
    address: `http://127.0.0.1:${server.addr.port}/${token}/`,
    async warm() {
      const first = results.entries.find(({ leftOut }) => leftOut === undefined);
      await Promise.all([page(), import("../report/vega_lite.ts"), first && firstLook(results, first.id)]);
    },
    readAhead() {
      later = setTimeout(() => {
        import("../experiments/all.ts").catch(() => {}); // whoever asks for a cell's letters is told
      }, AFTER_FIRST_LOOK);
    },
    async close() {
      clearTimeout(later);
      await server.shutdown();
      await results.close();
    },
  };
}

/** What is shown first, so that it is there when it is asked for. */
async function firstLook(results: OpenResults, experiment: string): Promise<void> {
  try {
    const data = await results.data(experiment);
    const by = data.factors.filter(({ name }) => name !== repetition).map(({ name }) => name);
    const metrics = data.metrics.slice(0, 3).map(({ name }) => name);
    await cellsTable(data, cellsSchema.parse({ experiment, by, metrics }));
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error; // whoever opens it is told
  }
}

type Handler = (request: Request, port: number) => Promise<Response>;

function listen(port: number, handle: Handler): Deno.HttpServer<Deno.NetAddr> {
  try {
    const server: Deno.HttpServer<Deno.NetAddr> = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      (request) => handle(request, server.addr.port),
    );
    return server;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new Error(
        `port ${port} is in use, maybe by another explorer. End that one, or choose another: --port ${
          port + 1
        }`,
        { cause: error },
      );
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new Error(`port ${port} may not be used. Choose one above 1023: --port 4180`, { cause: error });
    }
    throw error;
  }
}

/** 128 bits, in letters that a path takes. */
function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
}

interface Asked {
  readonly token: string;
  readonly port: number;
  readonly explorer: Explorer;
  page(): Promise<string>;
}

async function answered(request: Request, { token, port, explorer, page }: Asked): Promise<Response> {
  const { pathname } = new URL(request.url);
  const open = Object.hasOwn(openFiles, pathname) ? openFiles[pathname] : undefined;
  if (open && request.method === "GET" && isOwnHost(request, port)) return await fileAnswer(open);
  const passed = guard(request, token, port);
  if ("status" in passed) return told(passed.status, passed.why);
  const { path } = passed;
  if (pathname === `/${token}`) return Response.redirect(`http://127.0.0.1:${port}/${token}/`);
  if (path === "main.js") return answer(await page(), "text/javascript; charset=utf-8");
  const file = Object.hasOwn(pageFiles, path) ? pageFiles[path] : undefined;
  if (file) return await fileAnswer(file);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) return told(404, "Nothing here.");
  if ((request.method === "POST") !== (route.does === "write")) {
    return told(405, `Refused: ${path} is asked by ${route.does === "write" ? "POST" : "GET"}.`);
  }
  return await routeAnswer(request, route, explorer);
}

async function routeAnswer(request: Request, route: Route, explorer: Explorer): Promise<Response> {
  const query = await queryOf(request, route);
  if (query instanceof Response) return query;
  const said = await route.answer(query, explorer);
  if (said instanceof Download) return answer(said.body, said.type, { name: said.name });
  return answer(JSON.stringify(said ?? null), "application/json; charset=utf-8");
}

async function queryOf(request: Request, { does }: Route): Promise<unknown> {
  if (does === "write" && !request.headers.get("content-type")?.startsWith("application/json")) {
    return told(400, "Refused: what is written is JSON.");
  }
  const text = does === "write" ? await request.text() : new URL(request.url).searchParams.get("q") ?? "{}";
  if (text.length > MOST_SENT) return told(400, "Refused: too long.");
  try {
    return JSON.parse(text);
  } catch {
    return told(400, "Refused: the query is no JSON.");
  }
}

async function fileAnswer({ type, body }: PageFile): Promise<Response> {
  return answer(await body(), type);
}

function told(status: number, error: string): Response {
  return answer(JSON.stringify({ error }), "application/json; charset=utf-8", { status });
}
