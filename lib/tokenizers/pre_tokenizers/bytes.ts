/** Bytes as letters. @module */

import type { Aligned } from "../aligned.ts";

/** The character that stands for each byte: printable ones for themselves, the others for U+0100 on (Radford et al. 2019). */
export const BYTE_CHARACTERS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte)
  .reduce<{ characters: string[]; next: number }>(({ characters, next }, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    characters.push(String.fromCharCode(printable ? byte : next));
    return { characters, next: printable ? next : next + 1 };
  }, { characters: [], next: 0x100 }).characters;

/** The byte of each such character. */
export const CHARACTER_BYTES: ReadonlyMap<string, number> = new Map(
  BYTE_CHARACTERS.map((character, byte) => [character, byte]),
);

const encoder = new TextEncoder();

/**
 * The text's bytes in UTF-8, each as its character, with the range of the character that it is of.
 *
 * @example
 * ```ts
 * import { Aligned } from "../aligned.ts";
 * import { byteCharacters } from "./bytes.ts";
 * import { deepEqual } from "node:assert/strict";
 * const bytes = byteCharacters(Aligned.of(" é"));
 * deepEqual([bytes.text, bytes.range(2, 3)], ["ĠÃ©", [1, 2]]);
 * ```
 */
export function byteCharacters(text: Aligned): Aligned {
  const source = text.text;
  let ascii = "";
  let at = 0;
  for (let code; (code = source.charCodeAt(at)) < 0x80; at++) ascii += BYTE_CHARACTERS[code];
  if (at === source.length) return text.renamed(ascii);
  const [characters, changes]: [string[], number[]] = [[], []];
  for (const character of source) {
    let change = 0;
    for (const byte of encoder.encode(character)) {
      characters.push(BYTE_CHARACTERS[byte] ?? "");
      changes.push(change);
      change = 1;
    }
  }
  return text.edited(characters, changes);
}
