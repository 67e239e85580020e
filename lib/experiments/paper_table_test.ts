import { equal, throws } from "node:assert/strict";
import { comparisons } from "../experiment/comparisons.ts";
import { means } from "../experiment/means.ts";
import type { Outcome } from "../experiment/run.ts";
import { toCsv } from "../report/csv.ts";
import { toLatex } from "../report/latex.ts";
import { toMarkdown } from "../report/markdown.ts";
import { paperTable } from "./paper_table.ts";

/** Twelve letters; the second model is better in each by about 0.1, the third by nothing that is sure. */
const ids = Array.from({ length: 12 }, (_, i) => `letter-${i}`);
const scores = (metric: string, of: (i: number) => number) => (
  { metric, signature: `${metric}|v1`, ids, values: Float64Array.from(ids, (_, i) => of(i)) }
);
const outcome: Outcome = {
  experiment: { name: "paper", question: "Which?", compare: "model", claims: [] },
  profile: "full",
  factors: { model: ["base_model", "better", "alike"] },
  corpus: ids.map((id) => ({ id, text: "", spans: [], meta: {} })),
  cells: [0, 0.1, 0.001].map((more, m) => ({
    cell: { model: ["base_model", "better", "alike"][m] ?? "" },
    scores: [
      scores("rougeL", (i) => 0.5 + i / 50 + more * (m === 2 ? (-1) ** i : 1 + i / 100)),
      scores("copy-rate", (i) => 0.2 - more / 2 + i / 1000 * (m === 2 ? (-1) ** i : 1)),
    ],
  })),
  provenance: { models: {}, code: {} },
  counts: { found: 0, computed: 0, damaged: 0 },
  started: new Date(0),
};
const results = { outcome, overall: means(outcome, ["model"]), comparisons: comparisons(outcome) };

Deno.test("paperTable() as Markdown: the best bold, differences from the baseline marked, notes below", () => {
  equal(
    toMarkdown(paperTable(results, { baseline: "base_model" })),
    "Means over 12 letters with 95% bootstrap intervals (BCa).\n" +
      "\n" +
      "| model | ROUGE-L | Copied words |\n" +
      "|:--|--:|--:|\n" +
      "| base_model | 0.610 [0.572, 0.648] | 0.205 [0.204, 0.207] |\n" +
      "| better | **0.715**\\* [0.675, 0.756] | **0.155**\\* [0.154, 0.157] |\n" +
      "| alike | 0.610 [0.572, 0.648] | 0.199\\* [0.195, 0.203] |\n" +
      "\n" +
      "\\* differs from base_model: paired permutation test over letters, p \\< 0.05 after Holm's adjustment over all pairs and metrics.\n" +
      "\n" +
      "rougeL\\|v1\n" +
      "\n" +
      "copy-rate\\|v1\n",
  );
});

Deno.test("paperTable() as LaTeX with siunitx: deviations beside, all values of the CSV rounded", () => {
  const table = paperTable(results, { baseline: "base_model", spread: "sd", metrics: ["rougeL"] });
  equal(
    toLatex(table, "paper", { siunitx: true }),
    "% needs \\usepackage{booktabs} \\usepackage[detect-weight]{siunitx}\n" +
      "\\begin{table}\n" +
      "\\centering\n" +
      "\\caption{Means over 12 letters $\\pm$ standard deviation over letters.}\n" +
      "\\label{tab:paper}\n" +
      "\\begin{tabular}{lS[table-format=1.3]@{\\,}l}\n" +
      "\\toprule\n" +
      "model & \\multicolumn{2}{c}{ROUGE-L} \\\\\n" +
      "\\midrule\n" +
      "base\\_model & 0.610 & $\\pm\\,0.072$ \\\\\n" +
      "better & \\bfseries 0.715 & ${}^{*}\\pm\\,0.076$ \\\\\n" +
      "alike & 0.610 & $\\pm\\,0.072$ \\\\\n" +
      "\\bottomrule\n" +
      "\\end{tabular}\n" +
      "\n" +
      "\\smallskip{\\footnotesize * differs from base\\_model: paired permutation test over letters, p \\textless{} 0.05 after Holm's adjustment over all pairs and metrics.}\n" +
      "\n" +
      "\\smallskip{\\footnotesize rougeL\\textbar{}v1}\n" +
      "\\end{table}\n",
  );
  equal(
    toCsv(table),
    "model,rougeL,rougeL_sd,rougeL_mark\r\n" +
      "base_model,0.61,0.07211102550927977,\r\n" +
      "better,0.7154999999999999,0.07571657678474376,*\r\n" +
      "alike,0.61,0.07196716422975637,\r\n",
  );
});

Deno.test("paperTable() refuses a baseline and a metric that are not there", () => {
  throws(() => paperTable(results, { baseline: "bert" }), /baseline "bert": no level of model/);
  throws(() => paperTable(results, { metrics: ["bleu"] }), /bleu: was not computed/);
});
