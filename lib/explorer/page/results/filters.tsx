/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Which cells are shown, and how they are put together. @module */

import { set } from "../address.ts";
import { Checks, Choice } from "../controls.tsx";
import type { Settings, ShownExperiment } from "./settings.ts";

/** More levels are folded away. */
const MOST_OPEN = 8;

/** The column beside the results. */
export function Filters({ experiment, settings }: {
  readonly experiment: ShownExperiment;
  readonly settings: Settings;
}) {
  const { where, by, pivot, metrics } = settings;
  const varying = experiment.factors.filter(({ levels }) => levels.length > 1);
  const filter = (factor: string, chosen: readonly string[]) => {
    const { [factor]: _, ...others } = where;
    const levels = experiment.factors.find(({ name }) => name === factor)?.levels ?? [];
    const meant = levels.filter((level) => chosen.includes(String(level)));
    const next = meant.length === 0 || meant.length === levels.length
      ? others
      : { ...others, [factor]: meant };
    set({ w: Object.keys(next).length === 0 ? undefined : JSON.stringify(next), from: undefined });
  };
  return (
    <>
      <Checks
        legend="Metrics"
        options={experiment.metrics.map(({ name, title, signature }) => ({
          ...{ value: name, title },
          ...signature !== null && { hint: signature },
        }))}
        chosen={metrics}
        onChange={(chosen) => set({ m: chosen.join(",") })}
      />
      <Checks
        legend="Rows"
        options={experiment.factors.map(({ name }) => ({ value: name, title: name }))}
        chosen={by}
        onChange={(chosen) => set({ by: chosen.join(","), from: undefined })}
      />
      <Choice
        label="Columns"
        value={pivot}
        none="metrics"
        options={varying.map(({ name }) => ({ value: name, title: `${name}, of the first metric` }))}
        onChange={(factor) => set({ pivot: factor, from: undefined })}
      />
      {varying.map(({ name, levels }) => (
        <Checks
          key={name}
          legend={name}
          folded={levels.length > MOST_OPEN && !(name in where)}
          aside={name in where ? `${where[name]?.length} of ${levels.length}` : `${levels.length}`}
          options={levels.map((level) => ({ value: String(level), title: String(level) }))}
          chosen={(where[name] ?? levels).map(String)}
          onChange={(chosen) => filter(name, chosen)}
        />
      ))}
      {Object.keys(where).length > 0 && (
        <button
          type="button"
          onClick={() => set({ w: undefined, from: undefined })}
        >
          Show all cells
        </button>
      )}
    </>
  );
}
