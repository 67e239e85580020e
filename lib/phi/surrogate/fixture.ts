/** Letters and keys for tests of stand-ins. @module */

import type { Letter } from "../../corpus/letter.ts";
import { surrogateKey } from "./key.ts";
import type { SurrogatePolicy } from "./policy.ts";
import { replacer } from "./replace.ts";

/** Two keys. */
export const key = surrogateKey("the first secret of tests");
export const otherKey = surrogateKey("another secret of tests");

/** A letter from a text in which spans are written `[LABEL what it covers]`. */
export function marked(source: string, id = "a", meta: Readonly<Record<string, string>> = {}): Letter {
  const spans: { start: number; end: number; label: string }[] = [];
  let text = "";
  let at = 0;
  for (
    const { 0: whole, 1: label = "", 2: covered = "", index } of source.matchAll(
      /\[([A-Z_0-9-]+) ([^\]]*)\]/g,
    )
  ) {
    text += source.slice(at, index);
    spans.push({ start: text.length, end: text.length + covered.length, label });
    text += covered;
    at = index + whole.length;
  }
  return { id, text: text + source.slice(at), spans, meta };
}

/** The stand-ins of the spans of a letter written so. */
export function standIns(source: string, policy: SurrogatePolicy = {}, id = "a"): string[] {
  const { text, spans } = replacer(key, policy)(marked(source, id));
  return spans.map(({ start, end }) => text.slice(start, end));
}
