/** What a hub says that a model consists of. @module */

import { z } from "zod";
import { type Asking, HubError } from "./hub_error.ts";
import { request, type RequestOptions } from "./hub_request.ts";

/** One file of a model. */
export interface HubFile {
  /** Its path in the model's folder. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Of small files the SHA-1 under which git keeps them, of large ones the SHA-256 of their bytes. */
  readonly hash: { readonly algorithm: "git-sha1" | "sha256"; readonly hex: string };
}

/** A model at one moment. */
export interface Listing {
  /** The commit that the revision stands for now. */
  readonly commit: string;
  readonly files: readonly HubFile[];
}

const size = z.int().nonnegative();
const Info = z.looseObject({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) });
const Tree = z.array(z.looseObject({
  type: z.string(),
  path: z.string(),
  oid: z.string().regex(/^[0-9a-f]{40}$/),
  size: size.optional(),
  lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size }).nullish(),
}));
const MOST_PAGES = 100;
const MOST_BYTES = 50e6; // of an answer that is kept in memory

/**
 * The files of a model at a revision, with the commit that they are of.
 *
 * @throws {HubError} in one line where the hub refuses it, or its answer makes no sense
 */
export async function listModel(asking: Asking, options: RequestOptions = {}): Promise<Listing> {
  const api = `${asking.endpoint}/api/models/${asking.model}`;
  const info = await json(
    new URL(`${api}/revision/${encodeURIComponent(asking.revision)}`),
    Info,
    asking,
    options,
  );
  const commit = info.value.sha;
  const files: HubFile[] = [];
  let next: URL | undefined = new URL(`${api}/tree/${commit}?recursive=true`);
  for (let page = 0; next && page < MOST_PAGES; page++) {
    const { value, headers }: Parsed<z.infer<typeof Tree>> = await json(next, Tree, asking, options);
    for (const { type, path, oid, size, lfs } of value) {
      if (type !== "file") continue;
      files.push({
        path,
        size: lfs?.size ?? size ?? 0,
        hash: lfs ? { algorithm: "sha256", hex: lfs.oid } : { algorithm: "git-sha1", hex: oid },
      });
    }
    next = nextPage(headers, next);
  }
  return { commit, files };
}

/** The address of a file at a commit. */
export function fileAddress({ endpoint, model }: Asking, commit: string, path: string): URL {
  return new URL(
    `${endpoint}/${model}/resolve/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`,
  );
}

/**
 * The text of a small file.
 *
 * @throws {HubError} in one line where the hub refuses it, or it is no small file
 */
export async function hubText(url: URL, asking: Asking, options: RequestOptions): Promise<string> {
  return (await text(url, asking, options)).text;
}

interface Parsed<T> {
  readonly value: T;
  readonly headers: Headers;
}

async function json<T>(
  url: URL,
  schema: z.ZodType<T>,
  asking: Asking,
  options: RequestOptions,
): Promise<Parsed<T>> {
  const { text: said, headers } = await text(url, asking, options);
  try {
    return { value: schema.parse(JSON.parse(said)), headers };
  } catch (error) {
    throw new HubError(
      `${url.host} does not answer as a hub of models does. Check the endpoint, ${asking.endpoint}.`,
      {
        cause: error,
      },
    );
  }
}

async function text(url: URL, asking: Asking, options: RequestOptions) {
  const { body, headers } = await request(url, asking, options);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MOST_BYTES) {
      throw new HubError(`${url.host} answers with more than ${MOST_BYTES} bytes. Check the endpoint.`);
    }
  }
  return { text: text + decoder.decode(), headers };
}

/** Where a long listing goes on: `Link: <address>; rel="next"`. */
function nextPage(headers: Headers, from: URL): URL | undefined {
  const address = headers.get("Link")?.match(/<([^>]*)>;\s*rel="?next"?/)?.[1];
  const next = address !== undefined && URL.canParse(address, from) ? new URL(address, from) : undefined;
  return next?.origin === from.origin ? next : undefined;
}
