/** Requests to a hub, and to where it sends us. @module */

import { type Asking, HubError, refusal } from "./hub_error.ts";

/** How a request is made. */
export interface RequestOptions {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly patience?: number;
  /** The first byte that is wanted: a hub that can, answers with the rest from there. */
  readonly from?: number;
}

/** A hub's answer. */
export interface Answer {
  readonly status: number;
  /** Of the last answer: where the file is kept elsewhere, that place's. */
  readonly headers: Headers;
  /** Of the hub's own answer. */
  readonly hubHeaders: Headers;
  /** What comes, piece by piece; throws a {@linkcode HubError} that may be tried again where the connection is cut. */
  readonly body: AsyncIterable<Uint8Array>;
}

const MOST_REDIRECTS = 8;

/**
 * Asks a hub for an address, and follows it to where the hub keeps large files. The token is sent to the endpoint's own
 * origin (scheme, host and port) and to no other, whatever the hub answers; nor does an encrypted connection ever lead to
 * one that is not.
 *
 * @throws {HubError} in one line: what the hub refuses and why, or which host can't be reached
 */
export async function request(url: URL, asking: Asking, options: RequestOptions = {}): Promise<Answer> {
  const home = new URL(asking.endpoint).origin;
  const cut = new AbortController();
  const signal = AbortSignal.any([cut.signal, ...options.signal ? [options.signal] : []]);
  const patience = <T>(promise: Promise<T>, host: string) =>
    within(promise, options.patience ?? 60_000, host, cut);
  let hubHeaders: Headers | undefined;
  for (let redirects = 0, at = url; redirects < MOST_REDIRECTS; redirects++) {
    const response = await patience(send(at, { home, asking, signal, from: options.from ?? 0 }), at.host);
    if (at.origin === home) hubHeaders = response.headers;
    const target = response.headers.get("Location");
    if (response.status < 300 || response.status >= 400 || target === null) {
      if (!response.ok) {
        await response.body?.cancel();
        if (at.origin === home) throw refusal(response, asking);
        // The hub signs such addresses for a while only: the next try gets a new one.
        throw new HubError(`${at.host} answers ${response.status}. Try again later.`, { again: true });
      }
      const { status, headers } = response;
      return {
        status,
        headers,
        hubHeaders: hubHeaders ?? headers,
        body: pieces(response, (next) => patience(next, at.host)),
      };
    }
    await response.body?.cancel();
    const next = URL.canParse(target, at) ? new URL(target, at) : undefined;
    if (
      !next || !/^https?:$/.test(next.protocol) || (at.protocol === "https:" && next.protocol !== "https:")
    ) {
      throw new HubError(`${at.host} leads to an address that is not safe to follow. Use another endpoint.`);
    }
    at = next;
  }
  throw new HubError(`${url.host} leads from address to address without end. Use another endpoint.`);
}

interface Sending {
  readonly home: string;
  readonly asking: Asking;
  readonly signal: AbortSignal;
  readonly from: number;
}

async function send(url: URL, { home, asking: { token }, signal, from }: Sending): Promise<Response> {
  const headers = new Headers({ "Accept-Encoding": "identity", "User-Agent": "palimpsest" }); // packed files have no ranges
  if (from > 0) headers.set("Range", `bytes=${from}-`);
  if (token !== undefined && url.origin === home) headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(url, { headers, signal, redirect: "manual", credentials: "omit" });
  } catch (error) {
    throw explained(error, url.host, signal);
  }
}

async function* pieces(
  response: Response,
  patience: <T>(promise: Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    while (true) {
      const { done, value } = await patience(reader.read());
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof HubError) throw error;
    throw explained(error, new URL(response.url).host);
  } finally {
    await reader.cancel().catch(() => {}); // of a stream that has failed, which it says once more
  }
}

/** Addresses in messages are left out: those of files carry a signature that lets anybody fetch them. */
function explained(error: unknown, host: string, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof Deno.errors.NotCapable) {
    return new HubError(
      `files are kept at ${host}, which this command may not reach. Where you trust it, run again with --cdn ${host}.`,
      { cause: error },
    );
  }
  if (!(error instanceof Error)) return error;
  const { message } = error.cause instanceof Error ? error.cause : error;
  const reason = message.replaceAll(/\s*for url \(\S*\)|\S*:\/\/\S*/g, "").replaceAll(/\s+/g, " ");
  return new HubError(`no connection to ${host}: ${reason}. Check the network, and run again to go on.`, {
    again: true,
    cause: error,
  });
}

/** The promise's value; where it takes too long, what it waits for is ended. */
async function within<T>(
  promise: Promise<T>,
  patience: number,
  host: string,
  cut: AbortController,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new HubError(`${host} has sent nothing for ${patience / 1000} s. Run again to go on.`, {
        again: true,
      });
      reject(error);
      cut.abort(error);
    }, patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {}); // where it lost the race, its failure is that of `late`
  }
}
