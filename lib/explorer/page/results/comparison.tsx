/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Two runs compared. @module */

import type { Run } from "../../results/compare_runs.ts";
import type { MetricInfo } from "../../results/open_results.ts";
import { linkTo, set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { Save, tableForms } from "../controls.tsx";
import { DataTable, type ShownTable } from "../data_table.tsx";
import type { Settings } from "./settings.ts";

interface ShownComparison extends ShownTable {
  readonly metric: MetricInfo;
  readonly letters: readonly { readonly letter: string; readonly a: number; readonly b: number }[];
  readonly total: number;
}

/** So many letters are listed. */
const MOST = 12;

/** The paired tests of A and B, and the letters that differ most; a brush in the figure says of which letters. */
export function Comparison(
  { a, b, settings }: { readonly a: Run; readonly b: Run; readonly settings: Settings },
) {
  const [metric] = settings.metrics;
  const query = { a, b, ...metric !== undefined && { metric } };
  const { data, error } = useAsk<ShownComparison>("api/compare", query);
  const brush = settings.kind === "pair" ? settings.brush : undefined;
  const within = ([low, high]: readonly [number, number], value: number) => low <= value && value <= high;
  const letters =
    data?.letters.filter((one) => !brush || (within(brush.x, one.a) && within(brush.y, one.b))) ?? [];
  return (
    <section class="card" aria-label="Comparison of A and B">
      <div class="bar">
        <h2>A against B</h2>
        <span class="grow" />
        {data && (
          <Save
            label="Save table"
            path="export/table"
            query={{ table: { of: "comparison", query } }}
            as={tableForms}
          />
        )}
        {settings.kind !== "pair" && (
          <button
            type="button"
            onClick={() => set({ fig: "pair", brush: undefined })}
          >
            Letter by letter
          </button>
        )}
        <button
          type="button"
          class="quiet"
          onClick={() =>
            set({
              a: undefined,
              b: undefined,
              ...settings.kind === "pair" && { fig: undefined, brush: undefined },
            })}
        >
          Clear
        </button>
      </div>
      <dl class="runs">
        <div>
          <dt>A</dt>
          <dd>{runText(a)}</dd>
        </div>
        <div>
          <dt>B</dt>
          <dd>{runText(b)}</dd>
        </div>
      </dl>
      {error !== undefined && <p class="note" role="alert">{error}</p>}
      {data && error === undefined && (
        <>
          <DataTable table={data} />
          <p class="caption">{data.caption}</p>
          <h3>
            {brush
              ? `Letters in the brush, ${data.metric.title}`
              : `Letters that differ most, ${data.metric.title}`}
          </h3>
          <ul class="letters">
            {letters.slice(0, MOST).map((one) => (
              <li key={one.letter}>
                <span class="name">{one.letter}</span>
                <span class="number">{`${one.a.toFixed(3)} / ${one.b.toFixed(3)}`}</span>
                <LetterLink run={a} id={one.letter} title="A" />
                <LetterLink run={b} id={one.letter} title="B" />
              </li>
            ))}
            {letters.length === 0 && <li class="soft">none</li>}
          </ul>
        </>
      )}
    </section>
  );
}

function LetterLink({ run, id, title }: { readonly run: Run; readonly id: string; readonly title: string }) {
  const href = linkTo("letters", { e: run.experiment, c: JSON.stringify(run.condition), id });
  return <a href={href} aria-label={`${id} under ${title}`}>{`letter ${title}`}</a>;
}

function runText({ experiment, condition }: Run): string {
  const levels = Object.entries(condition).map(([factor, level]) => `${factor} ${level}`);
  return [experiment, ...levels].join(", ");
}
