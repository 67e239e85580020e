/** One request to an endpoint, and what its answer means. @module */

import { z } from "zod";
import { HubError, retryAfter } from "../hub/hub_error.ts";
import type { AskOptions, Endpoint, Reply, Request } from "./endpoint.ts";

/** What an endpoint may not take. */
const SETTINGS: readonly string[] = ["max_tokens", "max_completion_tokens", "seed", "temperature"];
const MOST_BYTES = 4e6; // of an answer

const Completion = z.object({
  choices: z.array(z.object({
    // Some servers give the parts of an answer.
    message: z.object({
      content: z.union([z.string(), z.array(z.object({ text: z.string().default("") }))]).nullish(),
    }),
    finish_reason: z.string().nullish(),
  })).min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(null),
});
const Refusal = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).nullish().catch(null),
    param: z.string().nullish().catch(null),
  }),
});

/** What went wrong with one try. */
export class AskError extends HubError {
  readonly reply: Exclude<Reply, { kind: "answer" }>;

  constructor(reply: Exclude<Reply, { kind: "answer" }>, again: boolean, after = 0) {
    super(reply.kind === "refused" ? reply.message : reply.reason, { again, after });
    this.reply = reply;
  }
}

/** Where a request goes, and how. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly url: URL;
  readonly key: string | undefined;
  /** Settings that the endpoint does not take; it is added to. */
  readonly unknown: Set<string>;
}

/**
 * Sends a request once, or again without a setting that the endpoint says it does not take.
 *
 * @throws {AskError} where there is no answer
 */
export async function askOnce(
  request: Request,
  route: Route,
  { timeout = 60_000, signal }: AskOptions,
): Promise<Reply> {
  const { endpoint, url, key, unknown } = route;
  const late = AbortSignal.timeout(timeout);
  const within = AbortSignal.any([late, ...signal ? [signal] : []]);
  const sent = bodyOf(endpoint, request, unknown);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "palimpsest",
        ...key !== undefined && { Authorization: `Bearer ${key}` },
      },
      body: JSON.stringify(sent),
      redirect: "manual", // letters and key go to the host that was named, and nowhere else
      credentials: "omit",
      signal: within,
    });
    const text = await textOf(response);
    if (response.ok) return answerOf(text);
    const setting = response.status === 400 ? unsupported(text, sent) : undefined;
    if (setting === undefined) throw refused(response, text, url, endpoint);
    unknown.add(setting);
    return await askOnce(request, route, { timeout, ...signal && { signal } });
  } catch (error) {
    if (error instanceof AskError) throw error;
    signal?.throwIfAborted();
    if (error instanceof Deno.errors.NotCapable) {
      throw new AskError(
        { kind: "refused", message: `judge: this command may not reach ${url.host}.` },
        false,
      );
    }
    throw down(late.aborted ? `no answer within ${timeout / 1000} s` : "no connection");
  }
}

function bodyOf(
  { model }: Endpoint,
  { messages, seed, temperature, mostTokens }: Request,
  unknown: ReadonlySet<string>,
): Record<string, unknown> {
  const settings = {
    temperature,
    seed,
    [unknown.has("max_tokens") ? "max_completion_tokens" : "max_tokens"]: mostTokens,
  };
  return {
    model,
    messages,
    ...Object.fromEntries(Object.entries(settings).filter(([name]) => !unknown.has(name))),
  };
}

/** The setting that an endpoint says it does not take, where it was sent. */
function unsupported(text: string, sent: Readonly<Record<string, unknown>>): string | undefined {
  const param = Refusal.safeParse(jsonOf(text)).data?.error.param ?? "";
  return SETTINGS.includes(param) && param in sent ? param : undefined;
}

function refused({ status, headers }: Response, text: string, url: URL, endpoint: Endpoint): AskError {
  const { model, keyFrom } = endpoint;
  const line = (message: string) => new AskError({ kind: "refused", message: `judge: ${message}` }, false);
  if (status === 401 || status === 403) {
    const then = keyFrom === undefined
      ? "Name the environment variable that holds a key"
      : `Put another key into ${keyFrom}`;
    return line(`${url.host} answers ${status}: it does not let us in. ${then}.`);
  }
  if (status === 404) {
    return line(
      `${url.host} knows no model ${model}, or has no chat completions at ${url.pathname}. Check both.`,
    );
  }
  if (status >= 300 && status < 400) {
    return line(`${url.host} leads to another address. Name that one, if letters may go there.`);
  }
  const again = [408, 409, 425, 429].includes(status) || status >= 500;
  if (again) return down(`the endpoint answers ${status}`, retryAfter(headers));
  const code = Refusal.safeParse(jsonOf(text)).data?.error.code;
  const named = typeof code === "string" && /^[\w.-]{1,60}$/.test(code) ? ` (${code})` : "";
  return new AskError(
    {
      kind: "none",
      reason: `the endpoint refuses the question with ${status}${named}`,
      down: false,
      tokens: null,
    },
    false,
  );
}

function down(reason: string, after = 0): AskError {
  return new AskError({ kind: "none", reason, down: true, tokens: null }, true, after);
}

function answerOf(text: string): Reply {
  const parsed = Completion.safeParse(jsonOf(text));
  const [first] = parsed.data?.choices ?? [];
  if (!parsed.success || first === undefined) {
    return { kind: "none", reason: "what came is no chat completion", down: true, tokens: null };
  }
  const { usage } = parsed.data;
  const tokens = usage ? { prompt: usage.prompt_tokens, completion: usage.completion_tokens } : null;
  const { message: { content }, finish_reason: why } = first;
  if (why === "content_filter") {
    return { kind: "none", reason: "the endpoint's filter withheld the answer", down: false, tokens };
  }
  const said = typeof content === "string" ? content : (content ?? []).map(({ text }) => text).join("");
  return { kind: "answer", text: said, cut: why === "length", tokens };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which no schema takes
  }
}

/** A body, of which no more is read than an answer can be. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) return ""; // leaving the loop ends the body
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
