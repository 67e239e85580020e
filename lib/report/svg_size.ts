/** How large an SVG is. @module */

/**
 * Width and height that an SVG states on its root element, in pixels.
 *
 * @throws {Error} when it states none
 *
 * @example
 * ```ts
 * import { svgSize } from "./svg_size.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(svgSize('<svg viewBox="0 0 9 9" width="20" height="10.5"></svg>'), { width: 20, height: 10.5 });
 * ```
 */
export function svgSize(svg: string): { width: number; height: number } {
  const root = svg.match(/<svg\b[^>]*>/)?.[0] ?? "";
  const [width, height] = ["width", "height"].map((name) =>
    Number(root.match(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`))?.[1])
  );
  if (!width || !height) throw new Error(`SVG without width and height in pixels: ${root.slice(0, 80)}`);
  return { width, height };
}
