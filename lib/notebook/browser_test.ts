import { match, ok } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { notebookPage } from "./html.ts";
import type { Notebook } from "./notebook.ts";

/** Debian's name of the browser and the usual others; the first that runs. */
async function findBrowser(): Promise<string | undefined> {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      if ((await new Deno.Command(name, { args: ["--version"], stderr: "null" }).output()).success) {
        return name;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  console.error("skipped in a browser: there is no chromium");
  return undefined;
}

const browser = await findBrowser();

/** What a browser makes of a page once its scripts have run, and what it complains of. */
async function open(page: string): Promise<{ dom: string; complaints: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/page.html`, page);
    const quiet = ["--disable-gpu", "--disable-quic", "--disable-sync", "--disable-component-update"];
    const { stdout, stderr } = await new Deno.Command(browser ?? "chromium", {
      args: [
        ...["--headless", "--no-sandbox", "--no-first-run", "--disable-background-networking", ...quiet],
        ...[`--user-data-dir=${folder}/profile`, "--enable-logging=stderr", "--virtual-time-budget=10000"],
        ...["--dump-dom", pathToFileURL(`${folder}/page.html`).href],
      ],
    }).output();
    const [dom, log] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return {
      dom: dom ?? "",
      complaints: (log ?? "").split("\n").filter((line) => line.includes(":CONSOLE")),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const points = {
  data: [{ type: "scatter", x: [1, 2, 3], y: [2, 1, 3] }],
  layout: { title: { text: "Three letters" } },
};
const bars = {
  data: { values: [{ model: "a", score: 0.5 }, { model: "b", score: 0.7 }] },
  mark: "bar",
  encoding: { x: { field: "score", type: "quantitative" }, y: { field: "model", type: "nominal" } },
};
const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [points, bars].map((figure, i) => ({
    cell_type: "code",
    id: `figure-${i}`,
    metadata: {},
    source: "show()",
    execution_count: i + 1,
    outputs: [{
      output_type: "display_data",
      metadata: {},
      data: { [i === 0 ? "application/vnd.plotly.v1+json" : "application/vnd.vegalite.v6+json"]: figure },
    }],
  })),
};

Deno.test({
  name: "a notebook's page draws its figures in a browser without a network, and nothing is blocked",
  ignore: browser === undefined,
  fn: async () => {
    const { dom, complaints } = await open(await notebookPage(notebook, "figures"));
    match(dom, /<svg class="main-svg"/);
    ok((dom.match(/class="point"/g) ?? []).length >= 3, "Plotly drew three points");
    match(dom, /<div class="output figure">\s*<svg/);
    ok(complaints.length === 0, complaints.join("\n"));
  },
});
