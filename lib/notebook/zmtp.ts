/**
 * ZMTP 3.0, ZeroMQ's protocol on a TCP connection, as far as a client of a local Jupyter kernel needs it: the NULL
 * mechanism, and sockets of type DEALER and SUB. https://rfc.zeromq.org/spec/23/
 *
 * The native binding is not used: under Deno its sockets miss messages, and crash with a receive timeout.
 *
 * @module
 */

/** A connection to a ZeroMQ socket. */
export interface ZmtpSocket {
  /** Sends one message of several frames. */
  send(frames: readonly string[]): Promise<void>;
  /** The messages that arrive, until either side closes. */
  messages(): AsyncGenerator<Uint8Array[]>;
  /** Closes the connection. */
  close(): void;
}

const [more, long, command] = [1, 2, 4]; // flags of a frame
const greetingLength = 64; // bytes
const retryEvery = 10; // milliseconds

/**
 * Connects to a ZeroMQ socket on this machine; waits while nobody listens there yet.
 * A SUB socket subscribes to everything.
 *
 * @param signal ends the waiting
 * @throws {Error} when the peer does not speak ZMTP 3, or when aborted while waiting
 *
 * @example
 * ```ts
 * import { connectZmtp } from "./zmtp.ts";
 * import { rejects } from "node:assert/strict";
 * const nobody = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * nobody.close();
 * await rejects(connectZmtp(nobody.addr.port, "SUB", AbortSignal.timeout(50)), /nobody listens/);
 * ```
 */
export async function connectZmtp(
  port: number,
  type: "DEALER" | "SUB",
  signal: AbortSignal,
): Promise<ZmtpSocket> {
  const connection = await connect(port, signal);
  const writer = connection.writable.getWriter();
  const reader = byteReader(connection.readable);
  let closed = false;
  const close = () => {
    closed = true;
    try {
      connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error; // the peer closed first
    }
  };
  try {
    await writer.write(greeting());
    await writer.write(frame(command, ready(type)));
    const theirs = await reader.read(greetingLength);
    if (!theirs || theirs[0] !== 0xff || (theirs[10] ?? 0) < 3) {
      throw new Error(`port ${port} does not speak ZMTP 3.`);
    }
    if (type === "SUB") await writer.write(frame(0, Uint8Array.of(1)));
  } catch (error) {
    close();
    throw error;
  }
  return {
    send: (frames) => writer.write(encodeMessage(frames)),
    async *messages() {
      try {
        yield* decodeMessages(reader);
      } catch (error) {
        if (!closed) throw error;
      }
    },
    close,
  };
}

/**
 * The bytes of a message: each frame with its flags and length, all but the last marked "more".
 *
 * @example
 * ```ts
 * import { encodeMessage } from "./zmtp.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...encodeMessage(["a", ""])], [1, 1, 97, 0, 0]);
 * ```
 */
export function encodeMessage(frames: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  return concat(
    frames.map((text, index) => frame(index < frames.length - 1 ? more : 0, encoder.encode(text))),
  );
}

/** Reads a given number of bytes, or `undefined` at the end of the stream. */
export interface ByteReader {
  read(length: number): Promise<Uint8Array | undefined>;
}

/**
 * A stream of chunks, read by numbers of bytes.
 *
 * @example
 * ```ts
 * import { byteReader } from "./zmtp.ts";
 * import { deepEqual } from "node:assert/strict";
 * const reader = byteReader(ReadableStream.from([Uint8Array.of(1, 2), Uint8Array.of(3)]));
 * deepEqual(await reader.read(3), Uint8Array.of(1, 2, 3));
 * deepEqual(await reader.read(1), undefined);
 * ```
 */
export function byteReader(stream: ReadableStream<Uint8Array>): ByteReader {
  const reader = stream.getReader();
  let chunks: Uint8Array[] = [];
  let buffered = 0;
  return {
    async read(length) {
      while (buffered < length) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        chunks.push(value);
        buffered += value.length;
      }
      const [only, ...others] = chunks;
      const bytes = only && others.length === 0 ? only : concat(chunks);
      chunks = [bytes.subarray(length)];
      buffered -= length;
      return bytes.subarray(0, length);
    },
  };
}

/**
 * The messages in a stream of frames; commands between them are passed over.
 *
 * @example
 * ```ts
 * import { byteReader, decodeMessages, encodeMessage } from "./zmtp.ts";
 * import { equal } from "node:assert/strict";
 * const reader = byteReader(ReadableStream.from([encodeMessage(["a", "b"])]));
 * for await (const frames of decodeMessages(reader)) equal(frames.length, 2);
 * ```
 */
export async function* decodeMessages(reader: ByteReader): AsyncGenerator<Uint8Array[]> {
  let frames: Uint8Array[] = [];
  while (true) {
    const [flags] = await reader.read(1) ?? [];
    if (flags === undefined) return;
    const size = await reader.read(flags & long ? 8 : 1);
    const body = size && await reader.read(Number(size.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)));
    if (!body) return;
    if (flags & command) continue;
    frames.push(body);
    if (flags & more) continue;
    yield frames;
    frames = [];
  }
}

async function connect(port: number, signal: AbortSignal): Promise<Deno.TcpConn> {
  while (true) {
    try {
      return await Deno.connect({ hostname: "127.0.0.1", port });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      if (signal.aborted) throw new Error(`nobody listens on port ${port}.`);
      await new Promise((resolve) => setTimeout(resolve, retryEvery));
    }
  }
}

function greeting(): Uint8Array {
  const bytes = new Uint8Array(greetingLength);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
  bytes.set(new TextEncoder().encode("NULL"), 12);
  return bytes;
}

function ready(type: string): Uint8Array {
  const [name, value] = [new TextEncoder().encode("Socket-Type"), new TextEncoder().encode(type)];
  const head = [5, ...new TextEncoder().encode("READY"), name.length, ...name];
  return Uint8Array.of(...head, 0, 0, 0, value.length, ...value);
}

function frame(flags: number, body: Uint8Array): Uint8Array {
  if (body.length < 256) return concat([Uint8Array.of(flags, body.length), body]);
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, BigInt(body.length));
  return concat([Uint8Array.of(flags | long), new Uint8Array(size.buffer), body]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
