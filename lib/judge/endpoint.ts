/** A language model behind an OpenAI-compatible endpoint. @module */

import { retry } from "../hub/retry.ts";
import { AskError, askOnce } from "./ask_once.ts";
import type { Message } from "./question.ts";

/** Which model is asked where. */
export interface Endpoint {
  /** The address before `/chat/completions`: `https://api.example.org/v1`. */
  readonly url: string;
  /** Its name there. */
  readonly model: string;
  /** The environment variable that holds the key; left out: no key is sent. */
  readonly keyFrom?: string;
}

/** How it is asked. */
export interface AskOptions {
  /** Milliseconds that an answer may take; default 60,000. */
  readonly timeout?: number;
  /** Milliseconds to wait before each further try; default 1, 2 and 4 seconds, or what the endpoint asks for. */
  readonly waits?: readonly number[];
  readonly signal?: AbortSignal;
}

/** One thing that is asked. */
export interface Request {
  readonly messages: readonly Message[];
  readonly seed: number;
  readonly temperature: number;
  /** The most tokens that an answer may have. */
  readonly mostTokens: number;
}

/** Tokens as the endpoint counts them. */
export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
}

/** What came of it. */
export type Reply =
  | {
    readonly kind: "answer";
    readonly text: string;
    /** Whether it had to end before it was whole. */
    readonly cut: boolean;
    readonly tokens: Tokens | null;
  }
  /** No answer, for the reason given; `down` where that is the endpoint's fault rather than the question's. */
  | { readonly kind: "none"; readonly reason: string; readonly down: boolean; readonly tokens: Tokens | null }
  /** It does not let us in, so that asking on is of no use: a line for the user. */
  | { readonly kind: "refused"; readonly message: string };

/** Something that can be asked, one thing beside another. */
export interface Asker extends AsyncDisposable {
  ask(request: Request): Promise<Reply>;
}

const WAITS = [1, 2, 4].map((seconds) => seconds * 1000);
/**
 * Checks an endpoint's address and gives the one that questions are sent to.
 *
 * @throws {Error} in one line for no http(s) address, or one that holds a password; for an empty model or odd variable
 *
 * @example
 * ```ts
 * import { completionsUrl } from "./endpoint.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(completionsUrl({ url: "http://127.0.0.1:8000/v1/", model: "m" }).href, "http://127.0.0.1:8000/v1/chat/completions");
 * throws(() => completionsUrl({ url: "localhost", model: "m" }), /"localhost" is no endpoint/);
 * ```
 */
export function completionsUrl({ url, model, keyFrom }: Endpoint): URL {
  const at = URL.canParse(url) ? new URL(url) : undefined;
  if (at === undefined || !/^https?:$/.test(at.protocol)) {
    throw new Error(`judge: "${url}" is no endpoint. Write it as https://api.example.org/v1.`);
  }
  if (at.username !== "" || at.password !== "") {
    throw new Error(
      `judge: ${at.host} comes with a password. Put the key into an environment variable, and name that.`,
    );
  }
  if (model.trim() === "") {
    throw new Error("judge: the model has no name. Give the one it has at the endpoint.");
  }
  if (keyFrom !== undefined && !/^[A-Za-z_]\w*$/.test(keyFrom)) {
    throw new Error(
      "judge: the key comes from an environment variable. Give its name, such as OPENAI_API_KEY, not the key.",
    );
  }
  const path = at.pathname.replace(/\/+$/, "");
  at.pathname = path.endsWith("/chat/completions") ? path : `${path}/chat/completions`;
  at.hash = "";
  return at;
}

/**
 * Opens an endpoint: nothing is sent before the first question, and then to this address alone. Time-outs, cut connections, 408, 409, 425,
 * 429 and 5xx are tried again, as late as the endpoint asks for; answers that are no chat completion too. Other refusals of a question count
 * as no answer. Reasons hold nothing of what was sent or came.
 *
 * @throws {Error} in one line, where the address makes no sense or the variable with the key is not set
 *
 * @example
 * ```ts
 * import { openEndpoint } from "./endpoint.ts";
 * import { deepEqual } from "node:assert/strict";
 * const body = { choices: [{ message: { content: "B" } }], usage: { prompt_tokens: 9, completion_tokens: 1 } };
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => Response.json(body));
 * await using endpoint = openEndpoint({ url: `http://127.0.0.1:${server.addr.port}/v1`, model: "m" });
 * const reply = await endpoint.ask({ messages: [], seed: 1, temperature: 0, mostTokens: 8 });
 * deepEqual(reply, { kind: "answer", text: "B", cut: false, tokens: { prompt: 9, completion: 1 } });
 * ```
 */
export function openEndpoint(endpoint: Endpoint, options: AskOptions = {}): Asker {
  const url = completionsUrl(endpoint);
  const key = keyOf(endpoint);
  const { waits = WAITS, signal } = options;
  const unknown = new Set<string>(); // settings that this endpoint does not take
  return {
    async ask(request) {
      let spent: Tokens | null = null;
      const one = async (): Promise<Reply> => {
        const reply = await askOnce(request, { endpoint, url, key, unknown }, options);
        if (reply.kind !== "refused") spent = addedTokens(spent, reply.tokens);
        if (reply.kind === "none") throw new AskError(reply, reply.down);
        return reply.kind === "answer" ? { ...reply, tokens: spent } : reply;
      };
      try {
        return await retry(one, { waits, ...signal && { signal } });
      } catch (error) {
        if (!(error instanceof AskError)) throw error;
        const { reply } = error;
        return reply.kind === "none" ? { ...reply, tokens: spent } : reply;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function keyOf({ keyFrom }: Endpoint): string | undefined {
  if (keyFrom === undefined) return undefined;
  const key = Deno.env.get(keyFrom);
  if (key !== undefined && key.trim() !== "") return key.trim();
  throw new Error(`judge: the environment variable ${keyFrom} is not set. Put the endpoint's key there.`);
}

/**
 * The two counts together; `null` where neither is known.
 *
 * @example
 * ```ts
 * import { addedTokens } from "./endpoint.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(addedTokens({ prompt: 1, completion: 2 }, null), { prompt: 1, completion: 2 });
 * ```
 */
export function addedTokens(a: Tokens | null, b: Tokens | null): Tokens | null {
  if (a === null || b === null) return a ?? b;
  return { prompt: a.prompt + b.prompt, completion: a.completion + b.completion };
}
