/** SVG figures as PNG. @module */

// Imported for nothing but that Deno fetches the package before its WebAssembly is read.
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { fontBytes } from "./fonts.ts";

const pixelsPerInch = 96; // of CSS

let ready: Promise<void> | undefined;

/**
 * An SVG as a PNG, drawn by resvg with the figures' own font: it needs no font of the machine, and the same SVG gives
 * the same bytes everywhere.
 *
 * @param density dots per inch of print, where the SVG's pixels are 1/96 inch
 *
 * @example
 * ```ts
 * import { svgPng } from "./png.ts";
 * import { deepEqual } from "node:assert/strict";
 * const png = await svgPng('<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"/>', 192);
 * deepEqual([...png.subarray(16, 24)], [0, 0, 0, 96, 0, 0, 0, 96]); // width and height
 * ```
 */
export async function svgPng(svg: string, density = 200): Promise<Uint8Array> {
  ready ??= Deno.readFile(new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))).then(initWasm);
  await ready;
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: density / pixelsPerInch },
    font: { fontBuffers: [fontBytes("regular"), fontBytes("bold")], defaultFontFamily: "Source Sans 3" },
  });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}
