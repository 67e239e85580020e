import { equal, throws } from "node:assert/strict";
import { decode } from "./decode.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("decode() drops a byte-order mark, so that offsets count from the first character", () => {
  equal(decode(utf8("\ufeffDear Dr Osei"), "a.txt"), "Dear Dr Osei");
  equal(decode(new Uint8Array([0xff, 0xfe, 0x41, 0]), "a.txt", "utf-16le"), "A");
  equal(decode(utf8("a\ufeffb"), "a.txt"), "a\ufeffb");
});

Deno.test("decode() names the byte at which an invalid sequence starts", () => {
  const cases: [number[], number, string][] = [
    [[0x63, 0xe9, 0x20, 0x41], 1, "0xe9"], // é of Latin-1 before a blank
    [[0x41, 0x42, 0xe2, 0x82], 2, "0xe2"], // a euro sign cut off by the end of the file
    [[0x80], 0, "0x80"], // a continuation byte alone
    [[0xc3, 0xa9, 0xed, 0xa0, 0x80], 2, "0xed"], // a surrogate, encoded
  ];
  for (const [bytes, offset, value] of cases) {
    throws(() => decode(new Uint8Array(bytes), "x/a.txt"), {
      message: `x/a.txt: byte ${offset} (${value}) is not valid utf-8. ` +
        'Convert the file to UTF-8, or name its encoding (option encoding: "latin1", "utf-16le", …).',
    });
  }
});

Deno.test("decode() finds the byte in a long file", () => {
  const bytes = utf8("é".repeat(5000) + "x");
  bytes[10_000] = 0xff;
  throws(() => decode(bytes, "a.txt"), /byte 10000 \(0xff\)/);
});

Deno.test("decode() takes the declared encoding and no other", () => {
  equal(decode(new Uint8Array([0x63, 0xe9]), "a.txt", "latin1"), "cé");
  throws(() => decode(utf8("a"), "a.txt", "klingon"), /^Error: a\.txt: unknown encoding "klingon"/);
});

Deno.test("decode() recognises UTF-16 that was read as UTF-8", () => {
  throws(() => decode(new Uint8Array([0x41, 0, 0x42, 0]), "a.txt"), /byte 1 is NUL.*utf-16le/);
});
