/** Sentences with slots. @module */

import type { Random } from "../../random.ts";
import { pick } from "./choice.ts";
import type { Segment } from "./segments.ts";

/** What stands in a slot. */
export type Slots = (name: string) => Segment;

/**
 * A sentence in which `<a|b>` was chosen by chance (choices may nest) and slots `{name}` are filled.
 *
 * @throws {Error} as the slots do
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { filled } from "./template.ts";
 * import { deepEqual } from "node:assert/strict";
 * const slots = (name: string) => ({ text: name.toUpperCase(), label: "DATE" as const });
 * deepEqual(filled(random(1), "<Seen|Seen> on {date}.", slots), [
 *   { text: "Seen on " }, { text: "DATE", label: "DATE" }, { text: "." },
 * ]);
 * ```
 */
export function filled(chance: Random, template: string, slots: Slots): Segment[] {
  let text = template;
  while (CHOICE.test(text)) text = text.replace(CHOICE, (_, inner: string) => pick(chance, inner.split("|")));
  return text.split(/(\{[^}]+\})/).filter((part) => part !== "").map((part) =>
    part.startsWith("{") ? slots(part.slice(1, -1)) : { text: part }
  );
}

const CHOICE = /<([^<>{}]*\|[^<>]*)>/;
