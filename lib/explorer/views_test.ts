import { deepEqual, equal, match, ok } from "node:assert/strict";
import { serveExplorer } from "./serve.ts";
import { asked, experiment, folder, options, served } from "./tiny_server.ts";

Deno.test("cells are grouped, pivoted, filtered and sorted; their means are those of the letters", () =>
  served(async ({ address }) => {
    const query = { experiment, by: ["model", "ratio"], metrics: ["rougeL", "copy-rate"] };
    const all = (await asked(address, "api/cells", query)).body;
    deepEqual([all.total, all.rows[0][2].value, all.conditions[0]], [9, "12", {
      model: "encoder",
      ratio: 0.1,
    }]);
    const [low, , high] = [0, 1, 2].map((row) => Number(all.rows[row][3].value));
    ok(
      low !== undefined && high !== undefined && Math.abs(low - high - 0.2) < 0.02,
      "ratio costs half its size",
    );
    const pivoted = (await asked(address, "api/cells", { ...query, pivot: "ratio" })).body;
    deepEqual(pivoted.columns.map(({ title }: { title: string }) => title), [
      "model",
      "letters",
      "ratio 0.1",
      "ratio 0.3",
      "ratio 0.5",
    ]);
    equal(pivoted.rows[0][2].value, all.rows[0][3].value);
    const ranges = { rougeL: [0.9, 1] };
    const sort = { metric: "copy-rate", descending: true };
    const some = (await asked(address, "api/cells", { ...query, ranges, sort, count: 2 })).body;
    deepEqual([some.total, some.rows.length], [3, 2]);
    ok(Number(some.rows[0][4].value) >= Number(some.rows[1][4].value));
  }));

Deno.test("figures and tables are saved in every form, with what is on the screen", () =>
  served(async ({ address }) => {
    const figure = { kind: "curves", experiment, x: "ratio", series: "model", metrics: ["rougeL"] };
    const saved = async (path: string, query: unknown) => {
      const response = await fetch(`${address}${path}?q=${encodeURIComponent(JSON.stringify(query))}`);
      equal(response.status, 200);
      match(response.headers.get("content-disposition") ?? "", /^attachment; filename="[\w.-]+"$/);
      return new TextDecoder("latin1").decode(await response.arrayBuffer());
    };
    match(await saved("export/figure", { figure, as: "svg" }), /^<svg/);
    match(await saved("export/figure", { figure, as: "pdf" }), /^%PDF-/);
    match(await saved("export/figure", { figure, as: "png" }), /^.PNG/);
    const query = { experiment, by: ["ratio"], metrics: ["rougeL"] };
    const forms = ["csv", "tex", "md"].map((as) =>
      saved("export/table", { table: { of: "cells", query }, as })
    );
    const [csv = "", tex = "", md = ""] = await Promise.all(forms);
    match(csv, /^ratio,letters,rougeL,rougeL_low,rougeL_high\r\n0\.1,12,/);
    match(tex, /\\begin\{tabular\}/);
    match(md, /\| ratio \| letters \| ROUGE-L \|/);
    for (const kind of ["means", "forest", "pareto", "pair"]) {
      const run = (model: string) => ({ experiment, condition: { model } });
      const asks = {
        means: { kind, experiment, by: ["model"], metrics: ["rougeL"] },
        forest: { kind, experiment, factor: "model", baseline: "trigram", metrics: ["rougeL"] },
        pareto: {
          kind,
          experiment,
          by: ["model", "ratio"],
          metrics: ["rougeL"],
          x: "copy-rate",
          y: "rougeL",
          series: "model",
        },
        pair: { kind, a: run("encoder"), b: run("trigram") },
      }[kind];
      const { status, body } = await asked(address, "api/figure", { figure: asks, theme: "dark" });
      equal(status, 200, `${kind}: ${body.error}`);
      ok(body.marks.length > 0);
      ok(!JSON.stringify(body.vega).includes('"#1b1b1b"'), "dark figures have light ink");
    }
  }));

Deno.test("two runs are compared letter by letter; letters show what differs and what they share", () =>
  served(async ({ address }) => {
    const run = (model: string) => ({ experiment, condition: { model } });
    const { body } = await asked(address, "api/compare", {
      a: run("encoder"),
      b: run("trigram"),
      metric: "rougeL",
    });
    deepEqual([body.total, body.columns.length, body.rows.length], [12, 7, 2]);
    ok(Number(body.rows[0][6].value) < 0.05, "the models differ by construction");
    const source = { corpus: "synthetic" };
    const letter = (await asked(address, "api/letter", { source, id: "letter-05" })).body;
    deepEqual(letter.versions.map(({ title }: { title: string }) => title), ["original", "synthetic"]);
    ok(letter.versions[1].marks.some(({ title }: { title: string }) => title === "was aspirin"));
    const nearest = (await asked(address, "api/nearest", { source, id: "letter-05" })).body;
    const own = nearest.neighbours.find(({ own }: { own: boolean }) => own);
    equal(own.id, "letter-05");
    const [run5] = own.runs;
    equal(nearest.text.slice(...run5.letter), own.text.slice(...run5.source));
    const found = (await asked(address, "api/letters", { source, search: "HEPARIN 77", label: "DRUG" })).body;
    deepEqual(found.letters.map(({ id }: { id: string }) => id), ["letter-02"]);
  }));

Deno.test("letters that were filled with candidates show them, beside what was masked", async () => {
  const original = { id: "letter-00", text: "He took aspirin 75 mg on day 0 and slept well.", spans: [] };
  const candidates = [{ text: "badly", pieces: [7], probability: 0.6 }, {
    text: "well",
    pieces: [8],
    probability: 0.3,
  }];
  const fills = [{ word: 10, text: "badly", raw: "badly", valid: true, original: "well", candidates }];
  const path = `${folder}/filled.jsonl`;
  const line = {
    ...original,
    text: original.text.replace("well", "badly"),
    meta: { fills: JSON.stringify(fills) },
  };
  await Deno.writeTextFile(path, JSON.stringify(line));
  const explorer = await serveExplorer({
    ...options,
    letters: [...options.letters, { name: "filled", path }],
  });
  const { body } = await asked(explorer.address, "api/letter", {
    source: { corpus: "filled" },
    id: "letter-00",
  });
  deepEqual(body.versions.map(({ title }: { title: string }) => title), ["original", "masked", "synthetic"]);
  const mark = body.versions[2].marks.find(({ kind }: { kind: string }) => kind === "filled");
  equal(body.versions[2].text.slice(mark.start, mark.end), "badly");
  deepEqual([mark.title, mark.candidates.length, mark.candidates[0].probability], ["was well", 2, 0.6]);
  await explorer.close();
});

Deno.test("letters of a cell that is not stored are masked as it does, and filled when they are looked at", () =>
  served(async ({ address }) => {
    const source = { experiment, condition: { model: "trigram", ratio: 0.5 } };
    const list = (await asked(address, "api/letters", { source })).body;
    deepEqual([list.total, list.cells.map(({ seed }: { seed: number }) => seed)], [12, [42, 43]]);
    const { body } = await asked(address, "api/letter", { source, id: "letter-05" });
    match(body.note, /not stored here: trigram filled this letter now/);
    const [original, masked, synthetic] = body.versions;
    ok(masked.text.includes("[MASK]") && !synthetic.text.includes("[MASK]"));
    ok(original.marks.some(({ kind }: { kind: string }) => kind === "protected"));
    equal((await asked(address, "api/nearest", { source, id: "letter-05" })).body.text, synthetic.text);
    match(
      (await asked(address, "api/candidates", { source, id: "letter-05" })).body.error,
      /trigram is a baseline/,
    );
  }));
