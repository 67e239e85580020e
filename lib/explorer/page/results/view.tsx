/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Results: cells, figures, comparisons. @module */

import type { Condition } from "../../results/condition_query.ts";
import { address, go, linkTo, set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { Choice, Save, tableForms } from "../controls.tsx";
import { DataTable, type ShownTable } from "../data_table.tsx";
import { narrow } from "../theme.ts";
import type { Start } from "../views.ts";
import { Comparison } from "./comparison.tsx";
import { FigureCard } from "./figure_card.tsx";
import { Filters } from "./filters.tsx";
import { type Settings, settingsOf, type ShownExperiment } from "./settings.ts";

interface ShownCells extends ShownTable {
  readonly conditions: readonly Condition[];
  readonly total: number;
}

/** Rows of a page. */
const PAGE = 30;

/** The view of results. */
export function ResultsView({ start }: { readonly start: Start }) {
  const { settings } = address.value;
  const usable = start.experiments.filter(({ leftOut }) => leftOut === undefined);
  const id = usable.find((one) => one.id === settings.e)?.id ?? usable[0]?.id;
  const { data, error } = useAsk<ShownExperiment>(
    "api/experiment",
    id === undefined ? undefined : { experiment: id },
  );
  const leftOut = start.experiments.filter((one) => one.leftOut !== undefined);
  const unknown = settings.e !== undefined && settings.e !== id;
  return (
    <div class="view">
      <div class="head">
        <Choice
          label="Experiment"
          value={id}
          options={start.experiments.map((one) => ({
            value: one.id,
            title: one.leftOut === undefined ? one.id : `${one.id} (left out)`,
            disabled: one.leftOut !== undefined,
          }))}
          onChange={(e) => go("results", { e, a: settings.a, b: settings.b })}
        />
        {data && data.id === id && (
          <p class="question">
            {data.question}
            <span class="soft">
              {` ${data.cells.toLocaleString("en")} cells, ${data.letters.toLocaleString("en")} letters.`}
            </span>
          </p>
        )}
      </div>
      {unknown && (
        <p class="note" role="alert">
          {`There is no ${settings.e} in these results; this is ${id ?? "nothing"}.`}
        </p>
      )}
      {id === undefined && leftOut.length === 0 && (
        <p class="note">
          No results yet. Run an experiment: deno task repro. Or name another folder: --results.
        </p>
      )}
      {leftOut.map((one) => <p key={one.id} class="note">{`${one.id} is left out: ${one.leftOut}`}</p>)}
      {error !== undefined && <p class="error" role="alert">{error}</p>}
      {data && data.id === id && (
        <Experiment key={data.id} experiment={data} settings={settingsOf(data, settings)} />
      )}
    </div>
  );
}

function Experiment({ experiment, settings }: {
  readonly experiment: ShownExperiment;
  readonly settings: Settings;
}) {
  const { a, b } = settings;
  return (
    <div class="columns">
      <details class="side" open={!narrow.value}>
        <summary>Cells and metrics</summary>
        <div class="side-body">
          <Filters experiment={experiment} settings={settings} />
        </div>
      </details>
      <div class="content">
        <FigureCard experiment={experiment} settings={settings} key={settings.kind} />
        {a && b ? <Comparison a={a} b={b} settings={settings} /> : (a ?? b) && (
          <p class="note">
            {`${a ? "A" : "B"} is chosen; choose ${a ? "B" : "A"} in the table or the figure.`}
          </p>
        )}
        <Cells experiment={experiment} settings={settings} />
      </div>
    </div>
  );
}

function Cells(
  { experiment, settings }: { readonly experiment: ShownExperiment; readonly settings: Settings },
) {
  const { where, by, pivot, metrics, sort, from, kind, brush, kept, xMetric, yMetric } = settings;
  const ranges = kind === "pareto" && brush && xMetric !== undefined && yMetric !== undefined
    ? { [xMetric]: brush.x, [yMetric]: brush.y }
    : {};
  const query = {
    ...{ experiment: experiment.id, where, by, metrics, ranges, from, count: PAGE },
    ...pivot !== undefined && { pivot },
    ...kept && { among: kept },
    ...sort && { sort },
  };
  const { data, error, busy } = useAsk<ShownCells>("api/cells", query);
  const run = (row: number) =>
    JSON.stringify({ experiment: experiment.id, condition: data?.conditions[row] ?? {} });
  const texts = { a: JSON.stringify(settings.a), b: JSON.stringify(settings.b) };
  return (
    <section class="card" aria-label="Cells" aria-busy={busy}>
      <div class="bar">
        <h2>Cells</h2>
        {(kept !== undefined || Object.keys(ranges).length > 0) && (
          <button
            type="button"
            onClick={() => set({ brush: undefined, kept: undefined, fig: kind })}
          >
            In the brush; show all
          </button>
        )}
        <span class="grow" />
        {data && (
          <Save
            label="Save table"
            path="export/table"
            query={{ table: { of: "cells", query: { ...query, from: 0, count: 5000 } } }}
            as={tableForms}
          />
        )}
      </div>
      {error !== undefined && <p class="note" role="alert">{error}</p>}
      {data && error === undefined && (
        <>
          <DataTable
            table={data}
            rowClass={(row) => run(row) === texts.a || run(row) === texts.b ? "chosen" : undefined}
            sort={{
              by: sort?.metric,
              descending: sort?.descending ?? false,
              can: (column) => pivot === undefined && metrics.includes(column),
              toggle: (column) =>
                set({
                  sort: sort?.metric !== column ? `-${column}` : sort.descending ? column : undefined,
                  from: undefined,
                }),
            }}
            actions={(row) => (
              <>
                <button
                  type="button"
                  aria-pressed={run(row) === texts.a}
                  onClick={() => set({ a: toggled(run(row), texts.a) })}
                >
                  A
                </button>
                <button
                  type="button"
                  aria-pressed={run(row) === texts.b}
                  onClick={() => set({ b: toggled(run(row), texts.b) })}
                >
                  B
                </button>
                <a href={linkTo("letters", { e: experiment.id, c: JSON.stringify(data.conditions[row]) })}>
                  letters
                </a>
              </>
            )}
          />
          <p class="caption">{data.caption}</p>
          {data.total > PAGE && (
            <div class="pages">
              <button
                type="button"
                disabled={from === 0}
                onClick={() => set({ from: String(Math.max(0, from - PAGE)) })}
              >
                Earlier
              </button>
              <span>
                {`${from + 1}–${Math.min(from + PAGE, data.total)} of ${data.total.toLocaleString("en")}`}
              </span>
              <button
                type="button"
                disabled={from + PAGE >= data.total}
                onClick={() => set({ from: String(from + PAGE) })}
              >
                Later
              </button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function toggled(run: string, chosen: string | undefined): string | undefined {
  return run === chosen ? undefined : run;
}
