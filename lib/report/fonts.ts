/** The figures' typeface: Source Sans 3 (SIL Open Font License 1.1), the same bytes on every machine. @module */

// Imported for nothing but that Deno fetches the package before its files are read.
import fontPackage from "@expo-google-fonts/source-sans-3/package.json" with { type: "json" };
import { create } from "fontkit";

/** A weight of the typeface. */
export type Weight = "regular" | "bold";

const files: Record<Weight, string> = {
  regular: `${fontPackage.name}/400Regular/SourceSans3_400Regular.ttf`,
  bold: `${fontPackage.name}/600SemiBold/SourceSans3_600SemiBold.ttf`,
};

/** As much of a fontkit font as is used. */
interface Face {
  readonly unitsPerEm: number;
  layout(text: string): { readonly advanceWidth: number };
}

const bytes = new Map<Weight, Uint8Array<ArrayBuffer>>();
const faces = new Map<Weight, Face>();

/**
 * The typeface as a TrueType file. Needs `--allow-read` for Deno's cache on the first call.
 *
 * @example
 * ```ts
 * import { fontBytes } from "./fonts.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...fontBytes("bold").subarray(0, 4)], [0, 1, 0, 0]); // a TrueType file's first bytes
 * ```
 */
export function fontBytes(weight: Weight): Uint8Array<ArrayBuffer> {
  let font = bytes.get(weight);
  if (!font) bytes.set(weight, font = Deno.readFileSync(new URL(import.meta.resolve(files[weight]))));
  return font;
}

/**
 * How wide a line of text is, kerning included.
 *
 * @param size the font's size; the width is in the same unit
 *
 * @example
 * ```ts
 * import { textWidth } from "./fonts.ts";
 * import { ok } from "node:assert/strict";
 * ok(textWidth("iiii", 10, "regular") < textWidth("MMMM", 10, "regular"));
 * ```
 */
export function textWidth(text: string, size: number, weight: Weight): number {
  let face = faces.get(weight);
  if (!face) faces.set(weight, face = openFace(weight));
  return face.layout(text).advanceWidth / face.unitsPerEm * size;
}

function openFace(weight: Weight): Face {
  return create(fontBytes(weight));
}
