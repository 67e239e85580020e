import { equal, ok, throws } from "node:assert/strict";
import { svgPdf } from "../pdf.ts";
import { svgPng } from "../png.ts";
import { vegaLiteSvg } from "../vega_lite.ts";
import { type IntervalRow, intervals } from "./intervals.ts";

/** Made-up numbers. */
const rows: IntervalRow[] = ["encoder A", "encoder B", "decoder C"].flatMap((label, i) =>
  ["ROUGE-L", "BERTScore"].map((metric, j) => {
    const value = 0.9 - i * 0.04 - j * 0.1;
    return { metric, label, group: label.replace(/ .$/, "s"), value, low: value - 0.02, high: value + 0.03 };
  })
);

Deno.test("intervals() names each group once, then its rows, and prints every estimate", async () => {
  const svg = await vegaLiteSvg(intervals(rows, { title: "Made up", reference: { "ROUGE-L": 0.85 } }));
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  const order = ["encoders", "encoder A", "encoder B", "decoders", "decoder C"].map((text) =>
    texts.indexOf(text)
  );
  ok(order.every((position, i) => position >= 0 && position > (order[i - 1] ?? -1)), String(order));
  equal(texts.filter((text) => text === "encoders").length, 1);
  ok(texts.includes("0.90 [0.88, 0.93]") && texts.includes("0.72 [0.70, 0.75]"));
  equal([...svg.matchAll(/stroke-dasharray/g)].length, 1, "one reference line");
});

Deno.test("intervals() does without groups, and prints a true minus", async () => {
  const svg = await vegaLiteSvg(
    intervals([{ metric: "difference", label: "a", value: -0.012, low: -0.02, high: -0.001 }]),
  );
  ok(svg.includes("−0.01 [−0.02, 0.00]"));
});

Deno.test("intervals() gives the same SVG, PDF and PNG each time", async () => {
  const draw = async () => {
    const svg = await vegaLiteSvg(intervals(rows));
    return [svg, await svgPdf(svg), await svgPng(svg)].map((form) => form.toString());
  };
  const [first, second] = [await draw(), await draw()];
  for (const [i, form] of first.entries()) equal(form, second[i]);
});

Deno.test("intervals() refuses what would be drawn wrong", () => {
  const row = { metric: "F1", label: "a", group: "g", value: 1, low: 0, high: 2 };
  throws(() => intervals([]), /no rows/);
  throws(() => intervals([{ ...row, value: 3 }]), /F1 of "a": 3 lies outside \[0, 2\]/);
  throws(() => intervals([row, row]), /F1 of "a" is given twice/);
  throws(() => intervals([row, { ...row, metric: "R", group: "h" }]), /in group "h", elsewhere in "g"/);
});
