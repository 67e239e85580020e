/** What every answer of the explorer tells the browser. @module */

/**
 * Nothing but the server's own files runs, is shown or is asked; no text becomes markup. Letters and what models wrote are
 * untrusted: even where one slipped through as markup, the browser would run none of it.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const headers = {
  "cache-control": "no-store",
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer", // the token is in the address
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/**
 * An answer with the headers that keep a page safe.
 *
 * @param type its media type, with a charset where it is text
 * @param name left out where it is shown; a file's name where it is saved
 *
 * @example
 * ```ts
 * import { answer } from "./headers.ts";
 * import { match } from "node:assert/strict";
 * match(answer("a", "text/plain; charset=utf-8").headers.get("content-security-policy") ?? "", /default-src 'none'/);
 * ```
 */
export function answer(body: BodyInit, type: string, { status = 200, name }: AnswerOptions = {}): Response {
  return new Response(body, {
    status,
    headers: {
      ...headers,
      "content-type": type,
      ...name !== undefined && {
        "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "-")}"`,
      },
    },
  });
}

/** What else an answer has. */
export interface AnswerOptions {
  readonly status?: number;
  readonly name?: string;
}
