/** Special tokens around texts. @module */

/**
 * A post-processor that puts special tokens around texts, single and in pairs, as `tokenizer.json` has it.
 *
 * @example
 * ```ts
 * import { createPostProcessor } from "./post_processor.ts";
 * import { template } from "./template.ts";
 * import { deepEqual } from "node:assert/strict";
 * const around = template([], ["</s>"], new Map([["</s>", 1]]));
 * deepEqual(createPostProcessor(around, "t.json").template, [undefined, 1]);
 * ```
 */
export function template(
  before: readonly string[],
  after: readonly string[],
  ids: ReadonlyMap<string, number>,
): unknown {
  const special = (type_id: number) => (id: string) => ({ SpecialToken: { id, type_id } });
  const sequence = (id: "A" | "B", type_id: number) => ({ Sequence: { id, type_id } });
  const single = [...before.map(special(0)), sequence("A", 0), ...after.map(special(0))];
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, sequence("B", 1), ...after.map(special(1))],
    special_tokens: Object.fromEntries(
      [...before, ...after].map((token) => [token, { id: token, ids: [ids.get(token)], tokens: [token] }]),
    ),
  };
}
