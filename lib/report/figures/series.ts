/** How series are told apart: by colour, and in grey by shape and dashes. @module */

import { palette } from "../theme.ts";

const shapes = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
  "triangle-right",
] as const;
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 3], [
  1,
  3,
]];

/** As many series as can be told apart. */
export const MOST_SERIES: number = palette.length;

/**
 * Vega-Lite's encodings of a series: colour, shape and dashes, with one legend for colour and shape.
 *
 * @param names of the series, in the order of the legend
 * @throws {Error} when there are more than can be told apart
 *
 * @example
 * ```ts
 * import { seriesEncodings } from "./series.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(seriesEncodings(["a"]).color.scale.range, ["#0072B2"]);
 * ```
 */
export function seriesEncodings(names: readonly string[]) {
  if (names.length > MOST_SERIES) {
    throw new Error(
      `${names.length} series can't be told apart in one panel; ${MOST_SERIES} can. Show fewer, or facet.`,
    );
  }
  const legend = names.length > 1
    ? { title: null, orient: "bottom" as const, columns: 3, symbolOpacity: 1, labelLimit: 0 }
    : null;
  const encoding = <Range>(range: readonly Range[]) => ({
    field: "series",
    type: "nominal" as const,
    scale: { domain: [...names], range: range.slice(0, names.length) },
    legend,
  });
  return {
    color: encoding<string>(palette),
    shape: encoding<string>(shapes),
    // Not by a scale: the legend would have its symbols' outlines dashed, which cuts them into fragments.
    strokeDash: {
      condition: names.map((name, i) => ({
        test: `datum.series === ${JSON.stringify(name)}`,
        value: [...dashes[i] ?? []],
      })),
      value: [],
    },
  };
}

/**
 * Names in the order in which they first come.
 *
 * @example
 * ```ts
 * import { inOrder } from "./series.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(inOrder(["b", "a", "b"]), ["b", "a"]);
 * ```
 */
export function inOrder(names: readonly string[]): string[] {
  return [...new Set(names)];
}
