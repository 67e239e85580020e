import { doesNotMatch, equal, match } from "node:assert/strict";
import { createHash } from "node:crypto";
import { notebookPage } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Cell, Notebook, Output } from "./notebook.ts";

const code = (id: string, source: string, ...outputs: Output[]): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source,
  execution_count: 1,
  outputs,
});
const shown = (data: Extract<Output, { output_type: "display_data" }>["data"]): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const notebook = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const page = (...cells: Cell[]) => notebookPage(notebook(...cells), "a <title>");

Deno.test("notebookPage() escapes title, code and text", async () => {
  const html = await page(
    code("a", "if (1 < 2) '</script>'", {
      output_type: "stream",
      name: "stdout",
      text: "<b>&\x1b[31mred\x1b[0m",
    }),
  );
  match(html, /<title>a &lt;title&gt;<\/title>/);
  match(html, /&lt;\/script&gt;/);
  match(html, /<pre>&lt;b&gt;&amp;red<\/pre>/);
  equal(html.match(/<script/g), null);
});

Deno.test("notebookPage() brings Plotly once, when a figure needs it, and knows its scripts by hash", async () => {
  const figure = shown({
    "application/vnd.plotly.v1+json": { data: [{ x: ["</script>"] }], layout: {} },
    "text/html": "<script>1</script>",
  });
  const html = await page(code("a", "1", figure), code("b", "2", figure));
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? "");
  equal(scripts.length, 2, "the library and the drawing");
  for (const script of scripts) {
    match(html, new RegExp(`sha256-${RegExp.escape(createHash("sha256").update(script).digest("base64"))}'`));
  }
  equal(html.split('class="output plotly-figure"').length, 3);
  equal((await page(code("a", "1"))).includes("Plotly.newPlot"), false);
});

Deno.test("notebookPage() forbids every request and every other script", async () => {
  const html = await page(
    code("a", "1", shown({ "text/html": '<img src="https://example.org/a.png"><script>bad()</script>' })),
  );
  match(
    html,
    /content="default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; script-src 'none';/,
  );
});

Deno.test("notebookPage() keeps the ids of two figures apart", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>';
  const html = await page(code("a", "1", shown({ "image/svg+xml": svg }), shown({ "text/html": svg })));
  match(html, /<clipPath id="a-0-clip0"\/><g clip-path="url\(#a-0-clip0\)"\/>/);
  match(html, /<clipPath id="a-1-clip0"\/><g clip-path="url\(#a-1-clip0\)"\/>/);
});

Deno.test("notebookPage() draws a Vega-Lite specification that came alone", async () => {
  const spec = {
    data: { values: [{ n: 1 }] },
    mark: "bar",
    encoding: { x: { field: "n", type: "quantitative" } },
  };
  match(
    await page(code("a", "1", shown({ "application/vnd.vegalite.v6+json": spec }))),
    /<div class="output figure"><svg /,
  );
});

Deno.test("notebookPage() prefers a picture to text, and shows JSON, Markdown and errors", async () => {
  const png = shown({ "text/plain": 'a "dot"', "image/png": "iVBO\nRw0K" });
  const html = await page(
    code("a", "1", png, shown({ "application/json": { a: 1 } }), shown({ "text/markdown": "*hi*" })),
    code("b", "2", {
      output_type: "error",
      ename: "Error",
      evalue: "no",
      traceback: ["Error: no", "    at <anonymous>:1:1"],
    }),
    code("c", "3", { output_type: "stream", name: "stderr", text: "10%\r20%\rdone\n" }),
  );
  match(html, /<img src="data:image\/png;base64,iVBORw0K" alt="a &quot;dot&quot;">/);
  match(html, /&quot;a&quot;: 1/);
  match(html, /<em>hi<\/em>/);
  match(html, /<div class="output error"><pre>Error: no\n {4}at &lt;anonymous&gt;:1:1<\/pre>/);
  match(html, /<pre>done<\/pre>/);
});

Deno.test("renderMarkdown() shows raw HTML as text and drops targets that could run or fetch", () => {
  equal(renderMarkdown('<img src=x onerror="a()">\n').trim(), "&lt;img src=x onerror=&quot;a()&quot;&gt;");
  equal(
    renderMarkdown("[a](javascript:b) [c](https://d.org)").trim(),
    '<p>a <a href="https://d.org">c</a></p>',
  );
  doesNotMatch(renderMarkdown("![picture](https://d.org/e.png)"), /src=/);
  match(
    renderMarkdown("![p](attachment:e.png)", { "e.png": { "image/png": "AA\nBB" } }),
    /src="data:image\/png;base64,AABB"/,
  );
  match(renderMarkdown("| a |\n|--:|\n| 1 |"), /<table>/);
  match(renderMarkdown("```ts\nlet a = 1 < 2;\n```"), /<span class="hljs-keyword">let<\/span> a = /);
});
