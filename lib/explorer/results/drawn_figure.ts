/** A figure that is drawn, and what its marks stand for. @module */

import type { TopLevelSpec } from "vega-lite";
import type { Table } from "../../report/table.ts";
import { Unanswerable } from "../route.ts";
import type { Condition } from "./condition_query.ts";
import type { ExperimentData } from "./open_results.ts";

/** A figure, what it was drawn from, and what its marks stand for. */
export interface DrawnFigure {
  readonly spec: TopLevelSpec;
  readonly data: Table;
  /** A mark's datum has the index `at` into these, or as `label` one of their labels. */
  readonly marks: readonly FigureMark[];
  /** What is not drawn, and why. */
  readonly notes: readonly string[];
}

/** What a mark stands for. */
export interface FigureMark {
  readonly label: string;
  readonly experiment: string;
  readonly condition: Condition;
  /** Of a mark that is a letter. */
  readonly letter?: string;
  /** What pointing at it tells. */
  readonly lines: readonly string[];
}

/** More rows can't be read. */
export const MOST_ROWS = 24;

/** Throws where no mark is left. */
export function nothing(count: number): void {
  if (count === 0) {
    throw new Unanswerable("nothing to draw: no cell has these metrics. Filter less, or choose others.");
  }
}

/** Says so where not all is drawn. */
export function more(all: number, drawn: number, what: string): string[] {
  return all > drawn ? [`The first ${drawn} of ${all} ${what} are drawn. Filter to see others.`] : [];
}

/** Levels alone; with their factors where numbers would not say of what. */
export function labelOf(condition: Condition, data: ExperimentData): string {
  const parts = Object.entries(condition).filter(([factor]) =>
    (data.factors.find(({ name }) => name === factor)?.levels.length ?? 0) > 1
  );
  const told = parts.length === 0 ? Object.entries(condition) : parts;
  return told.map(([factor, level]) => typeof level === "number" ? `${factor} ${level}` : level).join(", ") ||
    "all";
}

/** A condition in lines. */
export function linesOf(condition: Condition): string[] {
  return Object.entries(condition).map(([factor, level]) => `${factor} ${level}`);
}
