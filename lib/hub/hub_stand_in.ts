/** A hub on this machine, for tests: the addresses of the real one, and the accidents of a network. @module */

import { createHash } from "node:crypto";

/** What goes wrong; all of it may be changed while the hub runs. */
export interface Accidents {
  /** Bytes after which a connection is cut, one number for each answer with a large file, then no more. */
  cuts: number[];
  /** How many of the next answers with a large file have a wrong byte. */
  corrupt: number;
  /** How many of the next answers are 503. */
  busy: number;
  /** Nothing of a large file comes after its first bytes, and no answer ends. */
  stall: boolean;
  /** Ranges are not understood: the whole file comes. */
  wholeOnly: boolean;
  /** The token without which nothing is given. */
  token?: string;
  /** What every request is refused with. */
  refusal?: { readonly status: number; readonly code?: string };
}

/** A hub that serves `organisation/model`, and the other host where it keeps large files. */
export interface StandIn extends AsyncDisposable {
  readonly endpoint: string;
  /** Host and port of the place for large files. */
  readonly cdn: string;
  readonly accidents: Accidents;
  /** The model's files, which may change. */
  readonly files: Map<string, Uint8Array>;
  /** Each request as "hub" or "cdn", method, path, range, and the token that came with it. */
  readonly log: {
    readonly host: "hub" | "cdn";
    readonly path: string;
    readonly range: string;
    readonly token: string;
  }[];
}

const LARGE = /\.(safetensors|bin)$/;

/** Starts one. */
export function standIn(content: Readonly<Record<string, string | Uint8Array>>): StandIn {
  const files = new Map(
    Object.entries(content).map(([name, body]) => [
      name,
      typeof body === "string" ? new TextEncoder().encode(body) : body,
    ]),
  );
  const accidents: Accidents = { cuts: [], corrupt: 0, busy: 0, stall: false, wholeOnly: false };
  const log: StandIn["log"] = [];
  const note = (host: "hub" | "cdn", request: Request) =>
    log.push({
      host,
      path: new URL(request.url).pathname,
      range: request.headers.get("Range") ?? "",
      token: request.headers.get("Authorization") ?? "",
    });
  const silent = {
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  };

  const cdn = Deno.serve(silent, (request) => {
    note("cdn", request);
    const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
    return sendLarge(files.get(name) ?? new Uint8Array(), request, accidents);
  });
  const hub = Deno.serve(silent, (request) => {
    note("hub", request);
    const refused = refuse(request, accidents);
    if (refused) return refused;
    const { pathname, searchParams } = new URL(request.url);
    const commit = commitOf(files);
    if (pathname === "/api/models/organisation/old-name/revision/main") {
      return new Response(null, {
        status: 307,
        headers: { Location: "/api/models/organisation/model/revision/main" },
      });
    }
    if (pathname === "/api/models/organisation/model/revision/main") {
      return Response.json({ sha: commit, id: "organisation/model" });
    }
    if (pathname === `/api/models/organisation/model/tree/${commit}`) {
      return tree(files, searchParams, request.url);
    }
    const name = pathname.match(/^\/organisation\/(?:model|old-name)\/resolve\/[0-9a-f]{40}\/(.*)$/)?.[1];
    const body = name === undefined ? undefined : files.get(decodeURIComponent(name));
    if (name === undefined || !body) {
      const code = /\/revision\//.test(pathname) && pathname.includes("organisation/model/")
        ? "RevisionNotFound"
        : "RepoNotFound";
      return new Response(null, { status: 404, headers: { "X-Error-Code": code } });
    }
    const headers = { "X-Repo-Commit": commit };
    if (!LARGE.test(name)) {
      return new Response(Uint8Array.from(body), { headers: { ...headers, ETag: `"${gitHash(body)}"` } });
    }
    return new Response(null, {
      status: 302,
      headers: {
        ...headers,
        "X-Linked-ETag": `"${sha256(body)}"`,
        Location: `http://${address(cdn)}/${name}?Signature=secret`,
      },
    });
  });
  return {
    endpoint: `http://${address(hub)}`,
    cdn: address(cdn),
    accidents,
    files,
    log,
    async [Symbol.asyncDispose]() {
      await Promise.all([hub.shutdown(), cdn.shutdown()]);
    },
  };
}

function refuse(request: Request, accidents: Accidents): Response | undefined {
  const { token, refusal } = accidents;
  if (accidents.busy > 0) {
    accidents.busy--;
    return new Response(null, { status: 503 });
  }
  if (refusal) {
    return new Response(null, {
      status: refusal.status,
      headers: refusal.code ? { "X-Error-Code": refusal.code } : {},
    });
  }
  if (token !== undefined && request.headers.get("Authorization") !== `Bearer ${token}`) {
    const code = request.headers.has("Authorization") ? undefined : "GatedRepo";
    return new Response(null, { status: 401, headers: code ? { "X-Error-Code": code } : {} });
  }
}

/** Two files a page. */
function tree(files: ReadonlyMap<string, Uint8Array>, query: URLSearchParams, url: string): Response {
  const start = Number(query.get("cursor") ?? 0);
  const entries = [...files].map(([path, body]) => ({
    type: "file",
    path,
    oid: gitHash(body),
    size: body.length,
    ...LARGE.test(path) && { lfs: { oid: sha256(body), size: body.length, pointerSize: 134 }, xetHash: "0" },
  }));
  const folder = { type: "directory", path: "onnx", oid: "0".repeat(40), size: 0 };
  const next = new URL(url);
  next.searchParams.set("cursor", `${start + 2}`);
  const more = start + 2 < entries.length;
  return Response.json(
    [...entries.slice(start, start + 2), folder],
    more ? { headers: { Link: `<${next}>; rel="next"` } } : {},
  );
}

function sendLarge(body: Uint8Array, request: Request, accidents: Accidents): Response {
  const range = request.headers.get("Range")?.match(/^bytes=(\d+)-$/);
  const start = range && !accidents.wholeOnly ? Number(range[1]) : 0;
  const bytes = body.slice(start);
  if (accidents.corrupt > 0 && bytes.length > 0) {
    accidents.corrupt--;
    bytes[bytes.length >> 1] = ~(bytes[bytes.length >> 1] ?? 0);
  }
  const cut = accidents.cuts.shift();
  const stall = accidents.stall;
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const end = cut ?? (stall ? Math.max(10 - start, 0) : bytes.length);
      for (let at = 0; at < end; at += 1000) controller.enqueue(bytes.subarray(at, Math.min(at + 1000, end)));
      if (cut !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // what came before the cut has left
        controller.error(new Error("cut"));
      } else if (!stall) controller.close();
    },
  });
  const partial = range && !accidents.wholeOnly;
  return new Response(stream, {
    status: partial ? 206 : 200,
    headers: {
      "Content-Length": `${bytes.length}`,
      ...partial && { "Content-Range": `bytes ${start}-${body.length - 1}/${body.length}` },
    },
  });
}

function address(server: Deno.HttpServer<Deno.NetAddr>): string {
  return `127.0.0.1:${server.addr.port}`;
}

function gitHash(body: Uint8Array): string {
  return createHash("sha1").update(`blob ${body.length}\0`).update(body).digest("hex");
}

function sha256(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}

function commitOf(files: ReadonlyMap<string, Uint8Array>): string {
  return gitHash(new TextEncoder().encode([...files].map(([name, body]) => name + sha256(body)).join()));
}
