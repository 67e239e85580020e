/** What of an experiment is on the screen, from the address and back. @module */

import { repetition } from "../../../experiment/experiment.ts";
import type { Run } from "../../results/compare_runs.ts";
import type { Condition, Where } from "../../results/condition_query.ts";
import type { Brush } from "../../results/interactive.ts";
import type { ExperimentData, Factor } from "../../results/open_results.ts";
import { jsonOf } from "../address.ts";

/** An experiment as the server describes it. */
export type ShownExperiment = Omit<ExperimentData, "database"> & { readonly question: string };

/** The kinds of figures. */
export const figureKinds = ["means", "curves", "forest", "pareto", "pair"] as const;

/** One of them. */
export type FigureKind = typeof figureKinds[number];

/** All settings of the view, resolved. */
export interface Settings {
  readonly where: Where;
  readonly by: readonly string[];
  readonly pivot: string | undefined;
  readonly metrics: readonly string[];
  readonly sort: { readonly metric: string; readonly descending: boolean } | undefined;
  readonly from: number;
  readonly kind: FigureKind;
  readonly x: string | undefined;
  readonly series: string | undefined;
  readonly baseline: string | number | undefined;
  readonly xMetric: string | undefined;
  readonly yMetric: string | undefined;
  readonly brush: Brush | undefined;
  /** What a brush over marks holds. */
  readonly kept: readonly Condition[] | undefined;
  readonly a: Run | undefined;
  readonly b: Run | undefined;
}

/** So many metrics are shown at first. */
const FIRST_METRICS = 3;

/** The factors that have several levels, repetition apart. */
export function varyingFactors({ factors }: Pick<ShownExperiment, "factors">): readonly Factor[] {
  return factors.filter(({ name, levels }) => levels.length > 1 && name !== repetition);
}

/** The settings of the address, with what fits the experiment where it says nothing. */
export function settingsOf(
  experiment: ShownExperiment,
  settings: Readonly<Record<string, string>>,
): Settings {
  const { factors, metrics } = experiment;
  const varying = varyingFactors(experiment);
  const names = (text: string | undefined, known: readonly { readonly name: string }[]) =>
    text?.split(",").filter((name) => known.some((one) => one.name === name));
  const factor = (text: string | undefined) => factors.find(({ name }) => name === text)?.name;
  const metric = (text: string | undefined) => metrics.find(({ name }) => name === text)?.name;
  const numeric = varying.find(({ kind }) => kind === "number");
  const chosen = names(settings.m, metrics) ?? metrics.slice(0, FIRST_METRICS).map(({ name }) => name);
  const kind = figureKinds.find((one) => one === settings.fig) ?? (numeric ? "curves" : "means");
  const x = factor(settings.x) ?? numeric?.name;
  const main = factor(settings.s) ?? varying.find(({ name }) => name !== x)?.name;
  const sort = settings.sort?.replace(/^-/, "");
  const high = metrics.find(({ better }) => better === "high");
  const low = metrics.find(({ better }) => better === "low") ?? metrics.find((one) => one !== high);
  const levels: Factor["levels"] = factors.find(({ name }) => name === main)?.levels ?? [];
  return {
    where: whereOf(experiment, settings.w),
    by: names(settings.by, factors) ?? varying.map(({ name }) => name),
    pivot: factor(settings.pivot),
    metrics: chosen.length > 0 ? chosen : metrics.slice(0, 1).map(({ name }) => name),
    sort: sort !== undefined && metric(sort) !== undefined
      ? { metric: sort, descending: settings.sort?.startsWith("-") ?? false }
      : undefined,
    from: Math.max(0, Math.trunc(Number(settings.from)) || 0),
    kind,
    x,
    series: settings.s === "-" ? undefined : main,
    baseline: levels.find((level) => String(level) === settings.base) ?? levels.at(-1),
    xMetric: metric(settings.xm) ?? low?.name,
    yMetric: metric(settings.ym) ?? high?.name,
    brush: jsonOf(settings.brush, undefined, isBrush),
    kept: jsonOf(settings.kept, undefined, isConditions),
    a: jsonOf(settings.a, undefined, isRun),
    b: jsonOf(settings.b, undefined, isRun),
  };
}

function whereOf({ factors }: ShownExperiment, text: string | undefined): Where {
  const where = jsonOf<Record<string, unknown>>(text, {}, isRecord);
  return Object.fromEntries(
    factors.flatMap(({ name, levels }) => {
      const given = where[name];
      const meant = Array.isArray(given) ? levels.filter((level) => given.includes(level)) : [];
      return meant.length === 0 || meant.length === levels.length ? [] : [[name, meant]];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRun(value: unknown): value is Run | undefined {
  return isRecord(value) && typeof value.experiment === "string" && isRecord(value.condition);
}

function isConditions(value: unknown): value is Condition[] | undefined {
  return Array.isArray(value) && value.length > 0 &&
    value.every((one) =>
      isRecord(one) && Object.values(one).every((level) => ["string", "number"].includes(typeof level))
    );
}

function isBrush(value: unknown): value is Brush | undefined {
  const isRange = (range: unknown) =>
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite);
  return isRecord(value) && isRange(value.x) && isRange(value.y);
}
