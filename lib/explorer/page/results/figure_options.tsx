/** @jsxImportSource preact */
/** What a figure shows where. @module */

import { set } from "../address.ts";
import { Choice } from "../controls.tsx";
import { type Settings, type ShownExperiment, varyingFactors } from "./settings.ts";

/** The choices that the kind of figure has. */
export function FigureOptions({ experiment, settings }: {
  readonly experiment: ShownExperiment;
  readonly settings: Settings;
}) {
  const { kind, x, series, baseline, xMetric, yMetric } = settings;
  const varying = varyingFactors(experiment);
  const names = varying.map(({ name }) => ({ value: name, title: name }));
  const metrics = experiment.metrics.map(({ name, title }) => ({ value: name, title }));
  const levels = experiment.factors.find(({ name }) => name === series)?.levels ?? [];
  if (kind === "means" || kind === "pair") return null;
  return (
    <div class="options">
      {kind === "curves" && (
        <Choice
          label="Along"
          value={x}
          options={varying.filter((one) => one.kind === "number").map(({ name }) => ({
            value: name,
            title: name,
          }))}
          onChange={(name) => set({ x: name })}
        />
      )}
      {kind === "pareto" && (
        <>
          <Choice
            label="Right"
            value={xMetric}
            options={metrics}
            onChange={(name) => set({ xm: name, brush: undefined })}
          />
          <Choice
            label="Up"
            value={yMetric}
            options={metrics}
            onChange={(name) => set({ ym: name, brush: undefined })}
          />
        </>
      )}
      <Choice
        label={kind === "forest" ? "Levels of" : "Colours"}
        value={series}
        {...kind !== "forest" && { none: "none" }}
        options={names}
        onChange={(name) => set({ s: name ?? "-", base: undefined })}
      />
      {kind === "forest" && (
        <Choice
          label="against"
          value={baseline === undefined ? undefined : String(baseline)}
          options={levels.map((level) => ({ value: String(level), title: String(level) }))}
          onChange={(level) => set({ base: level })}
        />
      )}
    </div>
  );
}
