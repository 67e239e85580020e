/** The page's colours, in light and in dark. @module */

/** What a colour is for. */
export interface Colours {
  /** Behind everything, and behind what stands on it. */
  readonly back: string;
  readonly panel: string;
  /** Behind what is pointed at or chosen. */
  readonly raised: string;
  readonly line: string;
  /** Borders of what can be operated. */
  readonly edge: string;
  readonly text: string;
  readonly soft: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly chosen: string;
  readonly bad: string;
  readonly good: string;
  /** Lines of marks; their tints lie behind text. */
  readonly protected: string;
  readonly masked: string;
  readonly filled: string;
  readonly differs: string;
  readonly shared: string;
}

/** How much of a mark's colour lies behind its text. */
export const TINT = 0.2;

/** Light and dark. */
export const themes: Readonly<Record<"light" | "dark", Colours>> = {
  light: {
    back: "#f7f8f9",
    panel: "#ffffff",
    raised: "#edf1f5",
    line: "#dfe4e9",
    edge: "#7d8791",
    text: "#1a1f25",
    soft: "#55606b",
    accent: "#0b5fa5",
    onAccent: "#ffffff",
    chosen: "#e2eefa",
    bad: "#a8281c",
    good: "#17693f",
    protected: "#0072b2",
    masked: "#6b7280",
    filled: "#d55e00",
    differs: "#b8539a",
    shared: "#a06c00",
  },
  dark: {
    back: "#13161a",
    panel: "#1a1e24",
    raised: "#262c34",
    line: "#2f363f",
    edge: "#77828e",
    text: "#e6e9ec",
    soft: "#a7b0ba",
    accent: "#79b8f3",
    onAccent: "#0c1a27",
    chosen: "#1d3550",
    bad: "#ff9a8d",
    good: "#74d3a0",
    protected: "#58a9e6",
    masked: "#9aa3ad",
    filled: "#ff8a4c",
    differs: "#e8a6cb",
    shared: "#f0b83a",
  },
};

/**
 * The colours as variables of CSS: those of the system's theme, unless the page is set to one.
 *
 * @example
 * ```ts
 * import { cssVariables } from "./colours.ts";
 * import { match } from "node:assert/strict";
 * match(cssVariables(), /--text: #1a1f25;/);
 * ```
 */
export function cssVariables(): string {
  const of = (theme: "light" | "dark") =>
    [
      `color-scheme: ${theme};`,
      ...Object.entries(themes[theme]).map(([name, colour]) => `--${name}: ${colour};`),
    ].join(" ");
  return [
    `:root { --tint: ${100 * TINT}%; ${of("light")} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${of("dark")} } }`,
    `:root[data-theme="dark"] { ${of("dark")} }`,
  ].join("\n");
}

/**
 * The contrast of two colours after WCAG 2.2: 1 of equal ones, 21 of black on white.
 *
 * @param a `#rrggbb`, as is the other
 *
 * @example
 * ```ts
 * import { contrast } from "./colours.ts";
 * import { equal } from "node:assert/strict";
 * equal(contrast("#000000", "#ffffff"), 21);
 * ```
 */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * A colour over another, so much of it as `share` says.
 *
 * @example
 * ```ts
 * import { over } from "./colours.ts";
 * import { equal } from "node:assert/strict";
 * equal(over("#ff0000", "#000000", 0.5), "#800000");
 * ```
 */
export function over(colour: string, ground: string, share: number): string {
  const [a, b] = [channels(colour), channels(ground)];
  return `#${
    a.map((value, i) => Math.round(value * share + (b[i] ?? 0) * (1 - share)).toString(16).padStart(2, "0"))
      .join("")
  }`;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
