/** What a hub's refusal means to a user. @module */

/** Something that went wrong between here and a hub. */
export class HubError extends Error {
  override readonly name = "HubError";
  /** Whether trying again may help. */
  readonly again: boolean;
  /** After how many seconds the hub asks to be tried again. */
  readonly after: number;

  constructor(
    message: string,
    options: ErrorOptions & { readonly again?: boolean; readonly after?: number } = {},
  ) {
    super(message, options);
    this.again = options.again ?? false;
    this.after = options.after ?? 0;
  }
}

/** Who asks a hub for what. */
export interface Asking {
  /** "organisation/model". */
  readonly model: string;
  readonly revision: string;
  /** The hub's address without a slash at its end: "https://huggingface.co". */
  readonly endpoint: string;
  /** The user's own, which goes to the endpoint and nowhere else. */
  readonly token?: string;
  /** The environment variable that the token came from, or would come from. */
  readonly tokenName: string;
}

/**
 * The error for an answer of the hub that is no success.
 *
 * @param answer its status and headers
 *
 * @example
 * ```ts
 * import { refusal } from "./hub_error.ts";
 * import { match } from "node:assert/strict";
 * const asking = { model: "a/b", revision: "main", endpoint: "https://hub.example", tokenName: "HF_TOKEN" };
 * const answer = new Response(null, { status: 401, headers: { "X-Error-Code": "GatedRepo" } });
 * match(refusal(answer, asking).message, /^a\/b is gated: its authors let you in at https:\/\/hub\.example\/a\/b/);
 * ```
 */
export function refusal({ status, headers }: Pick<Response, "status" | "headers">, asking: Asking): HubError {
  const { model, revision, endpoint, token, tokenName } = asking;
  const code = headers.get("X-Error-Code");
  const host = new URL(endpoint).host;
  if (code === "GatedRepo") {
    const then = token === undefined ? `Then set ${tokenName} to a token of that account` : `Then run again`;
    return new HubError(`${model} is gated: its authors let you in at ${endpoint}/${model}. ${then}.`);
  }
  if (status === 401 && token !== undefined && code !== "RepoNotFound") {
    return new HubError(
      `${host} does not accept the token in ${tokenName}. Make one at ${endpoint}/settings/tokens.`,
    );
  }
  if (status === 403) {
    return new HubError(
      token === undefined
        ? `${host} does not give ${model} to everyone. Set ${tokenName} to a token that may read it.`
        : `the token in ${tokenName} may not read ${model}. Give it that right at ${endpoint}/settings/tokens.`,
    );
  }
  if (code === "RevisionNotFound") {
    return new HubError(
      `${model} has no revision "${revision}" at ${host}. Name a branch, a tag or a commit.`,
    );
  }
  if (code === "EntryNotFound") {
    return new HubError(`a file of ${model} is listed at ${host}, but not there. Try again later.`);
  }
  if (status === 401 || status === 404) {
    const then = token === undefined
      ? `set ${tokenName} to a token that may read it`
      : `give the token in ${tokenName} the right to read it`;
    return new HubError(`no model ${model} at ${host}, or it is private. Check its name, or ${then}.`);
  }
  const again = status === 408 || status === 429 || status >= 500;
  return new HubError(`${host} answers ${status}. Try again later.`, { again, after: retryAfter(headers) });
}

/**
 * After how many seconds a server asks to be tried again, 300 at most: of seconds or of a date (RFC 9110, section 10.2.3). Anything
 * else counts as 0.
 *
 * @param now milliseconds since 1970
 *
 * @example
 * ```ts
 * import { retryAfter } from "./hub_error.ts";
 * import { equal } from "node:assert/strict";
 * equal(retryAfter(new Headers({ "Retry-After": "7" })), 7);
 * equal(retryAfter(new Headers({ "Retry-After": "Thu, 01 Jan 1970 00:00:09 GMT" }), 1000), 8);
 * ```
 */
export function retryAfter(headers: Headers, now = Date.now()): number {
  const said = headers.get("Retry-After") ?? "";
  const seconds = /^\s*\d/.test(said) ? Number(said) : (Date.parse(said) - now) / 1000;
  return seconds > 0 ? Math.min(seconds, 300) : 0;
}
