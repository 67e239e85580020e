/** How the project's figures look. @module */

import type { Config } from "vega-lite";

/** Okabe & Ito's palette, told apart with every common colour blindness; black and yellow left out for thin marks on white. */
export const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#555555"] as const;

/** The typeface of the figures; the names after the first are for a page where it is not installed. */
export const fontFamily = "'Source Sans 3', 'Helvetica Neue', Helvetica, Arial, sans-serif";

/** The colours of text, of axes and of what is only there to guide the eye. */
export const ink = { text: "#1b1b1b", soft: "#5f6368", axis: "#8a8d91", grid: "#e6e8ea" } as const;

/** Vega-Lite's configuration for every figure: clean axes, a thin grid, labels that are read without a legend. */
export const vegaLiteTheme: Config = {
  background: "#ffffff",
  font: fontFamily,
  padding: 6,
  view: { stroke: null, continuousWidth: 320, continuousHeight: 220 },
  axis: {
    domainColor: ink.axis,
    gridColor: ink.grid,
    gridWidth: 0.8,
    labelColor: ink.text,
    labelFontSize: 11,
    labelPadding: 4,
    tickColor: ink.axis,
    tickSize: 4,
    titleColor: ink.text,
    titleFontSize: 12,
    titleFontWeight: 600,
    titlePadding: 8,
  },
  header: {
    labelColor: ink.text,
    labelFontSize: 12,
    labelFontWeight: 600,
    titleColor: ink.text,
    titleFontWeight: 600,
  },
  legend: {
    labelColor: ink.text,
    labelFontSize: 11,
    symbolSize: 60,
    titleColor: ink.text,
    titleFontSize: 11,
    titleFontWeight: 600,
  },
  title: {
    anchor: "start",
    color: ink.text,
    fontSize: 14,
    fontWeight: 600,
    offset: 12,
    subtitleColor: ink.soft,
    subtitleFontSize: 11.5,
    subtitlePadding: 4,
  },
  range: {
    category: [...palette],
    ordinal: { scheme: "viridis" },
    heatmap: { scheme: "viridis" },
    ramp: { scheme: "viridis" },
  },
  bar: { color: palette[0] },
  line: { color: palette[0], strokeWidth: 1.8 },
  point: { color: palette[0], filled: true, size: 46 },
  rule: { color: palette[0] },
  text: { color: ink.text, fontSize: 11 },
};
