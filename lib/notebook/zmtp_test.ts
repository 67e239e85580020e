import { deepEqual, rejects } from "node:assert/strict";
import { byteReader, connectZmtp, decodeMessages, encodeMessage } from "./zmtp.ts";

async function decoded(chunks: Uint8Array[]): Promise<string[][]> {
  const messages: string[][] = [];
  for await (const frames of decodeMessages(byteReader(ReadableStream.from(chunks)))) {
    messages.push(frames.map((frame) => new TextDecoder().decode(frame)));
  }
  return messages;
}

Deno.test("decodeMessages() is the inverse of encodeMessage(), whatever the chunks", async () => {
  const messages = [["a", "", "x".repeat(255)], ["y".repeat(256)], ["z".repeat(70_000), "é"]];
  const bytes = messages.flatMap((frames) => [...encodeMessage(frames)]);
  for (const size of [1, 7, 4096, bytes.length]) {
    const chunks = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, i) => Uint8Array.from(bytes.slice(i * size, (i + 1) * size)),
    );
    deepEqual(await decoded(chunks), messages);
  }
});

Deno.test("decodeMessages() passes over commands and drops a message cut short", async () => {
  const command = Uint8Array.of(4, 2, 1, 65);
  deepEqual(
    await decoded([command, encodeMessage(["a"]), command, encodeMessage(["b", "c"]).subarray(0, 4)]),
    [["a"]],
  );
});

Deno.test("connectZmtp() refuses a peer that speaks something else", async () => {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    const peer = await server.accept();
    await peer.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n".padEnd(64)));
    peer.close();
  };
  const served = serve();
  await rejects(connectZmtp(server.addr.port, "DEALER", AbortSignal.timeout(1000)), /does not speak ZMTP 3/);
  await served;
  server.close();
});
