/** Who may ask the explorer: pages of its own address, by their token. @module */

/** Why a request is refused, as an HTTP status and a line for whoever sent it. */
export interface Refused {
  readonly status: 400 | 403 | 404 | 405;
  readonly why: string;
}

/** A request that passed: what it asks for below the token. */
export interface Passed {
  readonly path: string;
}

/** Names under which a browser on this machine reaches the loopback interface. */
const HOSTS = ["127.0.0.1", "localhost"] as const;

/**
 * Lets a request through that names this server as its host (a page of another name that resolves to this machine does not),
 * comes from no page of another origin, and has the token as the first part of its path.
 *
 * @param token the secret of the address
 * @param port the server's
 *
 * @example
 * ```ts
 * import { guard } from "./guard.ts";
 * import { deepEqual } from "node:assert/strict";
 * const headers = { host: "127.0.0.1:4180" };
 * deepEqual(guard(new Request("http://127.0.0.1:4180/s3cret/api/start", { headers }), "s3cret", 4180), { path: "api/start" });
 * deepEqual(guard(new Request("http://127.0.0.1:4180/guess/api/start", { headers }), "s3cret", 4180), {
 *   status: 403,
 *   why: "Open the address that the command printed: its token is missing or wrong.",
 * });
 * ```
 */
export function guard(request: Request, token: string, port: number): Passed | Refused {
  const host = request.headers.get("host") ?? "";
  if (!isOwnHost(request, port)) {
    return { status: 403, why: `Refused: this server is ${HOSTS[0]}:${port} and nothing else.` };
  }
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const { pathname } = new URL(request.url);
  const [, first = "", ...rest] = pathname.split("/");
  // Whoever follows the printed address from another page (a terminal in a browser) opens the page, and no more.
  const opens = request.headers.get("sec-fetch-mode") === "navigate" && rest.join("/") === "";
  if (
    (origin !== null && origin !== `http://${host}`) ||
    (site !== null && !["same-origin", "none"].includes(site) && !opens)
  ) {
    return { status: 403, why: "Refused: only this server's own page may ask." };
  }
  if (!["GET", "HEAD", "POST"].includes(request.method)) {
    return { status: 405, why: "Refused: GET and POST are all there is." };
  }
  if (request.method === "POST" && origin === null) {
    return { status: 403, why: "Refused: what is written comes from this server's own page." };
  }
  if (!sameSecret(first, token)) {
    return {
      status: 403,
      why: "Open the address that the command printed: its token is missing or wrong.",
    };
  }
  return { path: rest.join("/") };
}

/**
 * Whether a request names this server as its host.
 *
 * @example
 * ```ts
 * import { isOwnHost } from "./guard.ts";
 * import { equal } from "node:assert/strict";
 * equal(isOwnHost(new Request("http://127.0.0.1/", { headers: { host: "evil.example:4180" } }), 4180), false);
 * ```
 */
export function isOwnHost(request: Request, port: number): boolean {
  const host = request.headers.get("host") ?? "";
  return HOSTS.some((name) => host === `${name}:${port}`);
}

/** Takes as long wherever the first difference is, so that time tells nothing of the secret. */
function sameSecret(given: string, secret: string): boolean {
  let difference = given.length ^ secret.length;
  for (let i = 0; i < secret.length; i++) difference |= secret.charCodeAt(i) ^ (given.charCodeAt(i) || 0);
  return difference === 0;
}
