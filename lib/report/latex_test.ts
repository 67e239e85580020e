import { equal } from "node:assert/strict";
import { toLatex } from "./latex.ts";
import type { Table } from "./table.ts";

const table: Table = {
  columns: [
    { name: "model", title: "Model & size", kind: "text" },
    { name: "letters", kind: "integer" },
    { name: "f1", title: "F1", kind: "interval", best: "highest" },
    { name: "loss", kind: "spread", digits: 1 },
    { name: "p", kind: "number", scientific: true },
  ],
  rows: [
    {
      model: "a_b ≥ 50%",
      letters: 120,
      f1: { value: 0.81, low: 0.79, high: 0.83, mark: "*†" },
      loss: { value: -12.25, sd: 0.31 },
      p: 3.4e-7,
    },
    { model: "~^\\{}$#|<é>", letters: 7, f1: { value: 0.7, low: 0.6, high: 0.8 }, loss: null, p: 0 },
  ],
  caption: "F1 & loss → 100%…",
  notes: ["* differs from b (p < 0.05, ± sd).", "rougeL|stem:no"],
};

Deno.test("toLatex() sets numbers in S columns with room for all of them, intervals and deviations beside", () => {
  equal(
    toLatex(table, "main table", { siunitx: true }),
    String.raw`% needs \usepackage{booktabs} \usepackage[detect-weight]{siunitx}
\begin{table}
\centering
\caption{F1 \& loss $\to$ 100\%\ldots{}}
\label{tab:main-table}
\begin{tabular}{lS[table-format=3.0]S[table-format=1.2]@{\,}lS[table-format=-2.1]@{\,}lS[table-format=1.1e-1]}
\toprule
Model \& size & {letters} & \multicolumn{2}{c}{F1} & \multicolumn{2}{c}{loss} & {p} \\
\midrule
a\_b $\geq$ 50\% & 120 & \bfseries 0.81 & ${"${}^{*\\dagger}"}[0.79,\,0.83]$ & -12.3 & $\pm\,0.3$ & 3.4e-7 \\
\textasciitilde{}\textasciicircum{}\textbackslash{}\{\}\$\#\textbar{}\textless{}é\textgreater{} & 7 & 0.70 & $[0.60,\,0.80]$ &  &  & 0 \\
\bottomrule
\end{tabular}

\smallskip{\footnotesize * differs from b (p \textless{} 0.05, $\pm$ sd).}

\smallskip{\footnotesize rougeL\textbar{}stem:no}
\end{table}
`,
  );
});

Deno.test("toLatex() names the fonts that straight quotes need", () => {
  const quoted = { columns: [{ name: 'the "a"', kind: "text" as const }], rows: [] };
  equal(
    toLatex(quoted, "t").split("\n")[0],
    "% needs \\usepackage{booktabs} \\usepackage[T1]{fontenc}",
  );
});

Deno.test("what toLatex() gives compiles", async () => {
  const quoted = { ...table, caption: 'The "F1"', notes: [] };
  const bare = { columns: table.columns, rows: table.rows };
  const documents = [
    [toLatex(table, "plain"), toLatex(quoted, "quoted"), toLatex(bare, "bare")],
    [toLatex({ ...table, rows: [] }, "empty", { siunitx: true }), toLatex(table, "full", { siunitx: true })],
  ];
  for (const tables of documents) {
    const packages = new Map(
      tables.flatMap((source) =>
        [...source.split("\n", 1)[0]?.matchAll(/\\usepackage(?:\[[\w-]+\])?\{(\w+)\}/g) ?? []].map(
          ([line, name = ""]) => [name, line] as const,
        )
      ),
    );
    const why = await lacking([...packages.keys()].map((name) => `${name}.sty`));
    if (why !== undefined) console.error(`skipped the compilation of tables: ${why}`);
    else await compile([...packages.values()].join("\n"), tables.join("\n"));
  }
});

/** What TeX lacks here, if anything. */
async function lacking(files: readonly string[]): Promise<string | undefined> {
  for (const file of ["article.cls", ...files]) {
    try {
      const { success } = await new Deno.Command("kpsewhich", { args: [file], stderr: "null" }).output();
      if (!success) return `TeX has no ${file}`;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "there is no TeX";
      throw error;
    }
  }
}

async function compile(packages: string, table: string): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${folder}/paper.tex`,
      `\\documentclass{article}\n${packages}\n\\begin{document}\n${table}\\end{document}\n`,
    );
    const { success, stdout } = await new Deno.Command("pdflatex", {
      args: ["-interaction=nonstopmode", "-halt-on-error", "-draftmode", "paper.tex"],
      cwd: folder,
    }).output();
    const said = new TextDecoder().decode(stdout);
    equal(success, true, said.slice(Math.max(0, said.indexOf("\n!"))));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
