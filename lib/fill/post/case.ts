/** Fills in the case of what they replace. @module */
import { matchCase } from "../match_case.ts";
import { eachFill } from "./step.ts";

/**
 * Puts the case of the original on: small letters, a capital first, or all capitals. Encoders' fills have it already.
 *
 * @example
 * ```ts
 * import { letterCase } from "./case.ts";
 * import { equal } from "node:assert/strict";
 * equal(letterCase.name, "case");
 * ```
 */
export const letterCase = eachFill("case", ({ text }, original) => matchCase(text, original));
