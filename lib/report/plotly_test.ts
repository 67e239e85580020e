import { ok } from "node:assert/strict";
import { jupyterDisplay } from "./display.ts";
import { pagesBringPlotly, plotlyOutput } from "./plotly.ts";

const html = () =>
  String(plotlyOutput({ data: [{ type: "bar", x: ["a"], y: [1] }] })[jupyterDisplay]()["text/html"]);

Deno.test("plotlyOutput() brings the library that draws it, but not where the page has it", () => {
  const before = Deno.env.get(pagesBringPlotly);
  try {
    Deno.env.delete(pagesBringPlotly);
    const alone = html();
    ok(alone.length > 1e6 && alone.includes("window.Plotly = Plotly"));
    ok(alone.indexOf("</script") === alone.length - "</script>".length, "the library ends its own script");
    Deno.env.set(pagesBringPlotly, "1");
    ok(html().length < 10_000);
  } finally {
    if (before === undefined) Deno.env.delete(pagesBringPlotly);
    else Deno.env.set(pagesBringPlotly, before);
  }
});
