/** The ids of special tokens. @module */

import { type Blueprint, type Role, ROLES } from "./blueprint.ts";

/**
 * The ids of special tokens, by role. Which roles there are is the family's matter: reading one that a tokenizer has not throws an error
 * that says so, so that code for masked language models can take `mask` as the number it is. {@linkcode hasRole} asks without risk.
 */
export type SpecialTokens = Readonly<Record<Role, number>>;

/** What masked language models have, and all that training them asks for. */
export type SpecialIds = Readonly<Pick<SpecialTokens, "cls" | "sep" | "mask" | "pad" | "unk">>;

/**
 * The ids of the special tokens of a blueprint. Only roles that are there are enumerable.
 *
 * @example
 * ```ts
 * import { hasRole, specialTokens } from "./special_tokens.ts";
 * import { deepEqual, equal, throws } from "node:assert/strict";
 * const special = specialTokens({ eos: "</s>" }, new Map([["</s>", 1]]), "t5/tokenizer.json");
 * deepEqual(special.eos, 1);
 * equal(hasRole(special, "mask"), false);
 * throws(() => special.mask, { message: "t5/tokenizer.json: no mask token. Name a model that has one." });
 * ```
 */
export function specialTokens(
  roles: Blueprint["roles"],
  ids: ReadonlyMap<string, number>,
  where: string,
): SpecialTokens {
  const special = { bos: 0, eos: 0, unk: 0, sep: 0, pad: 0, cls: 0, mask: 0 };
  for (const role of ROLES) {
    const id = ids.get(roles[role] ?? "");
    const get = () => {
      throw new Error(`${where}: no ${role} token. Name a model that has one.`);
    };
    Object.defineProperty(
      special,
      role,
      id === undefined ? { get, enumerable: false } : { value: id, writable: false },
    );
  }
  return special;
}

/**
 * Whether there is a token for a role.
 *
 * @example See {@linkcode specialTokens}.
 */
export function hasRole(special: SpecialTokens, role: Role): boolean {
  return Object.prototype.propertyIsEnumerable.call(special, role);
}
