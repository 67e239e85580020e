/** A server on this machine that answers as an OpenAI-compatible endpoint does, and in the ways in which one can fail. For tests. @module */

import type { Message } from "./question.ts";

/** What the server does with a request. */
export type Behaviour =
  /** An answer of these words. */
  | { readonly says: string; readonly finish?: string; readonly uncounted?: true }
  /** A status, with headers and a body. */
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** It says nothing: before its answer's head, or in the middle of its body. */
  | { readonly stalls: "head" | "body" }
  /** It cuts the connection in the middle of the body. */
  | { readonly cuts: true };

/** A request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly key: string | null;
  readonly body: { readonly model: string; readonly messages: readonly Message[] } & Record<string, unknown>;
}

/** The server. */
export interface JudgeStandIn extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly seen: readonly Seen[];
}

/**
 * Starts the server.
 *
 * @param behave what is done with the n-th request, from 0
 *
 * @example
 * ```ts
 * import { judgeStandIn } from "./stand_in.ts";
 * import { equal } from "node:assert/strict";
 * await using server = judgeStandIn(() => ({ status: 503 }));
 * const response = await fetch(`${server.url}/chat/completions`, { method: "POST", body: "{}" });
 * equal(response.status, 503);
 * await response.body?.cancel();
 * ```
 */
export function judgeStandIn(behave: (seen: Seen, n: number) => Behaviour): JudgeStandIn {
  const seen: Seen[] = [];
  const open = new AbortController();
  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      onError: () => new Response(null, { status: 500 }),
    },
    async (request) => {
      const { pathname: path } = new URL(request.url);
      const one = { path, key: request.headers.get("Authorization"), body: await request.json() };
      seen.push(one);
      return await respond(behave(one, seen.length - 1), open.signal);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    seen,
    async [Symbol.asyncDispose]() {
      open.abort();
      await server.shutdown();
    },
  };
}

async function respond(behaviour: Behaviour, closed: AbortSignal): Promise<Response> {
  if ("status" in behaviour) {
    const { status, headers = {}, body = null } = behaviour;
    return new Response(body, { status, headers });
  }
  if ("stalls" in behaviour) {
    if (behaviour.stalls === "head") await ended(closed);
    return new Response(begun(() => ended(closed)));
  }
  if ("cuts" in behaviour) return new Response(begun((controller) => controller.error(new Error("cut"))));
  const { says: content, finish = "stop", uncounted } = behaviour;
  return Response.json({
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: finish }],
    ...uncounted ? {} : { usage: { prompt_tokens: 100, completion_tokens: 1, total_tokens: 101 } },
  });
}

/** A body of which the beginning comes. */
function begun(
  then: (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => void | Promise<void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let asked = false;
  return new ReadableStream({
    pull(controller) {
      if (asked) return then(controller);
      asked = true;
      controller.enqueue(new TextEncoder().encode('{"choices": [{"message": {"content": "'));
    },
  });
}

function ended(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
