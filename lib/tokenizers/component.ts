/** The parts of a tokenizer, made from what `tokenizer.json` says of them. @module */

import type { z } from "zod";

/** One type of part: its name in the file and how it is made. */
export interface Kind<T> {
  readonly type: string;
  readonly make: (config: unknown, where: string, nested: (config: unknown) => T) => T;
}

/**
 * A type of part, its configuration checked before it is made.
 *
 * @param make gets the checked configuration, a maker for parts within the part, and what to name in an error
 * @example See {@linkcode maker}.
 */
export function kind<S extends z.ZodType, T>(
  type: string,
  schema: S,
  make: (config: z.output<S>, nested: (config: unknown) => T, where: string) => T,
): Kind<T> {
  return { type, make: (config, where, nested) => make(checked(schema, config, where), nested, where) };
}

/**
 * A maker that knows several types of part.
 *
 * @throws Error in one line where a type is not known, or its configuration does not fit
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { kind, maker } from "./component.ts";
 * import { equal, throws } from "node:assert/strict";
 * const add = kind("Add", z.looseObject({ by: z.number() }), ({ by }) => (x: number) => x + by);
 * const make = maker([add]);
 * equal(make({ type: "Add", by: 2 }, "t.json: step")(1), 3);
 * throws(() => make({ type: "Sub" }, "t.json: step"), /t.json: step is of type "Sub". Known are Add\./);
 * ```
 */
export function maker<T>(kinds: readonly Kind<T>[]): (config: unknown, where: string) => T {
  const make = (config: unknown, where: string): T => {
    const type = typeof config === "object" && config !== null ? Reflect.get(config, "type") : undefined;
    const found = kinds.find((kind) => kind.type === type);
    if (found) return found.make(config, where, (nested) => make(nested, where));
    const known = kinds.map((kind) => kind.type).join(", ");
    throw new Error(`${where} is of type ${JSON.stringify(type) ?? "none"}. Known are ${known}.`);
  };
  return make;
}

/**
 * The value, checked by a schema.
 *
 * @throws Error in one line with the key and its value where it does not fit
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  let at = value;
  for (const key of issue?.path ?? []) {
    at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  }
  const text = JSON.stringify(at) ?? "missing";
  throw new Error(
    `${[where, ...(issue?.path ?? [])].join(".")} is ${text.slice(0, 80)}: ${issue?.message}.`,
  );
}
