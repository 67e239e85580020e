import { equal, notDeepEqual, ok, rejects } from "node:assert/strict";
import { textWidth } from "./fonts.ts";
import { svgPdf } from "./pdf.ts";
import { svgPng } from "./png.ts";
import { vegaLiteSvg } from "./vega_lite.ts";

const jittered = {
  data: { values: Array.from({ length: 20 }, (_, n) => ({ n })) },
  transform: [{ calculate: "random()", as: "jitter" }],
  mark: "point" as const,
  encoding: {
    x: { field: "n", type: "quantitative" as const },
    y: { field: "jitter", type: "quantitative" as const },
  },
};

Deno.test("vegaLiteSvg() gives the same bytes for random figures drawn at the same time", async () => {
  const [first, second, third] = await Promise.all([
    vegaLiteSvg(jittered),
    vegaLiteSvg(jittered),
    vegaLiteSvg(jittered),
  ]);
  equal(first, second);
  equal(first, third);
});

Deno.test("vegaLiteSvg() fetches nothing and refuses what Vega-Lite warns of", async () => {
  await rejects(vegaLiteSvg({ data: { url: "data.csv" }, mark: "bar" }), /figure data by URL/);
  await rejects(
    vegaLiteSvg({
      data: { values: [] },
      mark: "bar",
      encoding: { x: { field: "a", type: "quantitative", scale: { type: "band" } } },
    }),
    /Vega-Lite: /,
  );
});

Deno.test("vegaLiteSvg() goes on after a figure that failed", async () => {
  const [failed, drawn] = await Promise.allSettled([
    vegaLiteSvg({ data: { url: "x" }, mark: "bar" }),
    vegaLiteSvg(jittered),
  ]);
  equal(failed.status, "rejected");
  equal(drawn.status, "fulfilled");
});

Deno.test("vegaLiteSvg() places labels by their true width", async () => {
  const label = "WWWWWWWWWWWWWWWWWWWW";
  const svg = await vegaLiteSvg({
    data: { values: [{ label }] },
    mark: "bar",
    encoding: { y: { field: "label", title: null } },
  });
  const width = Number(svg.match(/width="([\d.]+)"/)?.[1]);
  ok(width > textWidth(label, 11, "regular") && width < textWidth(label, 11, "regular") + 60, `${width}`);
});

const text = (content: string, weight = 400) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="24"><text x="2" y="18" font-size="16" font-weight="${weight}" font-family="Source Sans 3, Arial">${content}</text></svg>`;

Deno.test("svgPng() draws letters, not boxes, and both weights, without a font of the machine", async () => {
  const drawn = await Promise.all(
    [text("il"), text("MW"), text("å−"), text("il", 600)].map((svg) => svgPng(svg)),
  );
  for (const [i, png] of drawn.entries()) for (const other of drawn.slice(i + 1)) notDeepEqual(png, other);
});

Deno.test("svgPdf() embeds the font it needs and no date", async () => {
  const pdf = new TextDecoder("latin1").decode(await svgPdf(text("bold", 600)));
  ok(/SourceSans3-SemiBold/.test(pdf) && !/SourceSans3-Regular/.test(pdf));
  ok(pdf.includes("D:19700101000000Z"));
});
