/** Jupyter's wire protocol: where a kernel listens, and messages signed and framed. @module */

import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Where a kernel listens and the key its messages are signed with: the contents of a connection file. */
export interface Connection {
  readonly transport: "tcp";
  readonly ip: "127.0.0.1";
  readonly signature_scheme: "hmac-sha256";
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly kernel_name: "deno";
}

/** A message as far as a client needs it. */
export interface Message {
  /** `execute_reply`, `stream`, `display_data`, … */
  readonly type: string;
  /** The id of the request it answers, where it answers one. */
  readonly parent: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = "<IDS|MSG>";
const header = z.object({ msg_type: z.string() });
const parentHeader = z.object({ msg_id: z.string().optional() });
const content = z.record(z.string(), z.unknown());

/**
 * A connection with a fresh key and five ports that are free now. Another program may still take one before the
 * kernel does: the kernel then ends at once, and a caller tries again.
 *
 * @example
 * ```ts
 * import { freeConnection } from "./connection.ts";
 * import { notEqual } from "node:assert/strict";
 * const { shell_port, iopub_port } = freeConnection();
 * notEqual(shell_port, iopub_port);
 * ```
 */
export function freeConnection(): Connection {
  const listeners = Array.from({ length: 5 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const port = (index: number) => listeners[index]?.addr.port ?? 0;
  const connection: Connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
    shell_port: port(0),
    iopub_port: port(1),
    stdin_port: port(2),
    control_port: port(3),
    hb_port: port(4),
    kernel_name: "deno",
  };
  for (const listener of listeners) listener.close();
  return connection;
}

/**
 * The frames of a request: delimiter, signature, header, parent header, metadata, content.
 *
 * @param id the message's id, which its answers name as their parent
 *
 * @example
 * ```ts
 * import { decode, encode } from "./connection.ts";
 * import { deepEqual } from "node:assert/strict";
 * const frames = encode("key", "id-1", "kernel_info_request", {}).map((frame) => new TextEncoder().encode(frame));
 * deepEqual(decode("key", frames), { type: "kernel_info_request", parent: undefined, content: {} });
 * ```
 */
export function encode(key: string, id: string, type: string, content: Record<string, unknown>): string[] {
  // Jupyter wants a date; nothing reads it, so that it need not be the real one.
  const header = {
    msg_id: id,
    session: "palimpsest",
    username: "palimpsest",
    msg_type: type,
    version: "5.3",
    date: "1970-01-01T00:00:00Z",
  };
  const frames = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return [delimiter, sign(key, frames), ...frames];
}

/**
 * A message from its frames; routing frames before the delimiter and buffers after the content are passed over.
 *
 * @throws {Error} when the frames are no message, or are not signed with the key
 *
 * @example
 * ```ts
 * import { decode } from "./connection.ts";
 * import { throws } from "node:assert/strict";
 * const frames = ["<IDS|MSG>", "00", "{}", "{}", "{}", "{}"].map((frame) => new TextEncoder().encode(frame));
 * throws(() => decode("key", frames), /not signed/);
 * ```
 */
export function decode(key: string, frames: readonly Uint8Array[]): Message {
  const texts = frames.map((frame) => new TextDecoder().decode(frame));
  const start = texts.indexOf(delimiter);
  const [signature, ...parts] = start < 0 ? [] : texts.slice(start + 1, start + 6);
  const [head, parent, , body] = parts;
  if (signature === undefined || head === undefined || parent === undefined || body === undefined) {
    throw new Error(`the kernel sent ${frames.length} frames that are no Jupyter message.`);
  }
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(key, parts))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error("a message on the kernel's port was not signed with its key.");
  }
  return {
    type: header.parse(JSON.parse(head)).msg_type,
    parent: parentHeader.parse(JSON.parse(parent) ?? {}).msg_id,
    content: content.parse(JSON.parse(body)),
  };
}

function sign(key: string, frames: readonly string[]): string {
  const hmac = createHmac("sha256", key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest("hex");
}
