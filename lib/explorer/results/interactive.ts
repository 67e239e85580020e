/** Figures for the page: drawn there, so that they answer to the pointer. @module */

import type { Spec } from "vega";
import { z } from "zod";
import type { TopLevelSpec } from "vega-lite";
import { ink, palette } from "../../report/theme.ts";

/** In the dark, the same figures with light ink and lighter colours. */
const inTheDark: Readonly<Record<string, string>> = {
  "#ffffff": "transparent",
  [ink.text]: "#e9ecef",
  [ink.soft]: "#b0b7bf",
  [ink.axis]: "#868e98",
  [ink.grid]: "#343a42",
  [palette[0]]: "#58a9e6",
  [palette[1]]: "#ff8a4c",
  [palette[2]]: "#2fc79a",
  [palette[3]]: "#e8a6cb",
  [palette[6]]: "#b5b5b5",
};

/** What a brush holds, by the fields `x` and `y`. */
export const brushSchema = z.object({
  x: z.tuple([z.number(), z.number()]),
  y: z.tuple([z.number(), z.number()]),
});

/** A brush's rectangle. */
export type Brush = z.output<typeof brushSchema>;

/**
 * A scatter whose points can be brushed: the layer of points gets a selection named `brush`.
 *
 * @example
 * ```ts
 * import { brushed } from "./interactive.ts";
 * import { match } from "node:assert/strict";
 * const spec = { layer: [{ data: { values: [] }, mark: { type: "point" as const }, encoding: {} }] };
 * match(JSON.stringify(brushed(spec, undefined)), /"params":\[\{"name":"brush"/);
 * ```
 */
export function brushed(spec: TopLevelSpec, brush: Brush | undefined): TopLevelSpec {
  if (!("layer" in spec)) return spec;
  const layer = spec.layer.map((one) =>
    "mark" in one && typeof one.mark === "object" && one.mark.type === "point"
      ? {
        ...one,
        params: [{
          name: "brush",
          select: {
            type: "interval" as const,
            mark: { fill: palette[4], fillOpacity: 0.12, stroke: palette[0] },
          },
          ...brush && { value: { x: pair(brush.x), y: pair(brush.y) } },
        }],
      }
      : one
  );
  return { ...spec, layer };
}

function pair([low, high]: readonly [number, number]): [number, number] {
  return [low, high];
}

/**
 * A compiled figure in a page's colours.
 *
 * @example
 * ```ts
 * import { coloured } from "./interactive.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(coloured({ background: "#ffffff" }, "dark"), { background: "transparent" });
 * ```
 */
export function coloured(spec: Spec, theme: "light" | "dark"): Spec {
  const transparent = { ...spec, background: "transparent" };
  return theme === "light" ? transparent : recoloured(transparent);
}

function recoloured<T>(value: T): T {
  const parsed: T = JSON.parse(
    JSON.stringify(value),
    (_, one) => typeof one === "string" ? inTheDark[one] ?? one : one,
  );
  return parsed;
}
