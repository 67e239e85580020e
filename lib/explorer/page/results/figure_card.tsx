/** @jsxImportSource preact */
/// <reference lib="dom" />
/** The figure above the table. @module */

import { useState } from "preact/hooks";
import type { Condition } from "../../results/condition_query.ts";
import type { FigureMark } from "../../results/drawn_figure.ts";
import type { Brush } from "../../results/interactive.ts";
import { set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { figureForms, Save, tableForms, Tabs } from "../controls.tsx";
import { Plot, type PlotAnswer } from "../plot.tsx";
import { narrow, theme } from "../theme.ts";
import { askedFigure } from "./asked_figure.ts";
import { BrushFields } from "./brush_fields.tsx";
import { FigureOptions } from "./figure_options.tsx";
import { Picked } from "./picked.tsx";
import { type FigureKind, type Settings, type ShownExperiment, varyingFactors } from "./settings.ts";

/** A figure, what it shows, and how to save it. */
export function FigureCard({ experiment, settings }: {
  readonly experiment: ShownExperiment;
  readonly settings: Settings;
}) {
  const [picked, setPicked] = useState<FigureMark | undefined>(undefined);
  const figure = askedFigure(experiment, settings, narrow.value);
  const { kind, brush, kept } = settings;
  const hasAxes = kind === "pareto" || kind === "pair";
  const asked = "figure" in figure ? { figure: figure.figure, theme: theme.value } : undefined;
  // A brush that was just drawn is on the screen already: only one that came with the address is sent.
  const [sent, send] = useState(brush);
  const { data, error } = useAsk<PlotAnswer>(
    "api/figure",
    asked && { ...asked, ...sent && { brush: sent } },
  );
  const varying = varyingFactors(experiment);
  const kinds: readonly { value: FigureKind; title: string }[] = [
    { value: "means", title: "Means" },
    ...varying.some((factor) => factor.kind === "number")
      ? [{ value: "curves" as const, title: "Curves" }]
      : [],
    ...varying.length > 0 ? [{ value: "forest" as const, title: "Differences" }] : [],
    ...experiment.metrics.length > 1 ? [{ value: "pareto" as const, title: "Trade-off" }] : [],
    ...settings.a && settings.b ? [{ value: "pair" as const, title: "A and B" }] : [],
  ];
  return (
    <section class="card" aria-label="Figure">
      <div class="bar">
        <Tabs
          label="Figure"
          value={kind}
          options={kinds}
          onChange={(fig) => set({ fig, brush: undefined, kept: undefined })}
        />
        <span class="grow" />
        {"figure" in figure && data && error === undefined && (
          <>
            <Save
              label="Save figure"
              path="export/figure"
              query={{ figure: figure.figure }}
              as={figureForms}
            />
            <Save
              label="Save data"
              path="export/table"
              query={{ table: { of: "figure", query: figure.figure } }}
              as={tableForms}
            />
          </>
        )}
      </div>
      <FigureOptions experiment={experiment} settings={settings} />
      {hasAxes && (
        <BrushFields
          brush={brush}
          onChange={(next) => {
            brushed(next);
            send(next);
          }}
        />
      )}
      {"why" in figure && <p class="note">{figure.why}</p>}
      {error !== undefined && "figure" in figure && <p class="note" role="alert">{error}</p>}
      {data && error === undefined && "figure" in figure && (
        <figure>
          <Plot
            answer={data}
            label={data.caption}
            onPick={setPicked}
            {...hasAxes ? { onBrush: brushed } : { onKeep: keep, ...kept && { kept } }}
          />
          <figcaption>
            {data.caption}
            {!hasAxes && (
              <span class="hint">Drag over points, or press x on one, to keep these alone in the table.</span>
            )}
            {data.notes.map((note) => <div key={note} class="note">{note}</div>)}
          </figcaption>
        </figure>
      )}
      {picked && <Picked mark={picked} settings={settings} onClose={() => setPicked(undefined)} />}
    </section>
  );
}

function brushed(brush: Brush | undefined): void {
  const rounded = (value: number) => Number(value.toPrecision(6));
  const range = ([low, high]: readonly [number, number]) => [rounded(low), rounded(high)];
  set({ brush: brush && JSON.stringify({ x: range(brush.x), y: range(brush.y) }), from: undefined });
}

/** Each condition once: a mark of every panel stands for it. */
function keep(conditions: readonly Condition[]): void {
  const different = [...new Map(conditions.map((one) => [JSON.stringify(one), one])).values()];
  set({ kept: different.length === 0 ? undefined : JSON.stringify(different), from: undefined });
}
