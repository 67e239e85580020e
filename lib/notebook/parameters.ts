/** Notebook parameters, by papermill's convention: a cell tagged `parameters` declares them with their defaults. @module */

import type { CodeCell, Notebook } from "./notebook.ts";

/** A parameter's value: what JSON can say. */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[] | {
  readonly [key: string]: ParameterValue;
};

/** Parameters by name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** A declaration at the start of a line; one line may declare one parameter. */
const declaration = /^(let|var|const)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/**
 * The same notebook with a cell tagged `injected-parameters` after the cell tagged `parameters`, which sets the given
 * values. One that was injected before is replaced. With no parameters to set, the notebook is returned as it is.
 * Parameters are declared with `let`, one a line, at the start of the line.
 *
 * @throws {Error} when the notebook has no cell tagged `parameters`, when a name is not declared there (the error
 * lists those that are), or when it is declared with `const`
 *
 * @example
 * ```ts
 * import { injectParameters } from "./parameters.ts";
 * import { parseNotebook } from "./notebook.ts";
 * import { equal } from "node:assert/strict";
 * const notebook = parseNotebook(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
 *   {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": "let ratio = 0.5;"}]}`, "a.ipynb");
 * equal(injectParameters(notebook, { ratio: 0.1 }, "a.ipynb").cells[1]?.source, "ratio = 0.1;");
 * ```
 */
export function injectParameters(notebook: Notebook, parameters: Parameters, name: string): Notebook {
  const given = Object.entries(parameters);
  if (given.length === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !cell.metadata.tags?.includes("injected-parameters"));
  const index = cells.findIndex((cell) => cell.metadata.tags?.includes("parameters"));
  const declaring = cells[index];
  if (declaring?.cell_type !== "code") {
    throw new Error(
      `${name}: no code cell is tagged "parameters", so "${
        given[0]?.[0]
      }" can't be set. Tag the cell that declares it.`,
    );
  }
  const declared = new Map(
    [...declaring.source.matchAll(declaration)].map(([, keyword, id]) => [id, keyword]),
  );
  for (const [parameter] of given) {
    const keyword = declared.get(parameter);
    if (keyword === undefined) {
      const known = [...declared.keys()].join(", ") || "none";
      throw new Error(`${name}: no parameter "${parameter}" in cell ${index + 1}. Declared there: ${known}.`);
    }
    if (keyword === "const") {
      throw new Error(
        `${name}: parameter "${parameter}" is declared with const in cell ${index + 1}. Declare it with let.`,
      );
    }
  }
  const injected: CodeCell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    source: given.map(([parameter, value]) => `${parameter} = ${JSON.stringify(value)};`).join("\n"),
    execution_count: null,
    outputs: [],
  };
  return { ...notebook, cells: [...cells.slice(0, index + 1), injected, ...cells.slice(index + 1)] };
}

/**
 * The names that a notebook declares in its cell tagged `parameters`; none where there is no such cell.
 *
 * @example
 * ```ts
 * import { declaredParameters } from "./parameters.ts";
 * import { parseNotebook } from "./notebook.ts";
 * import { deepEqual } from "node:assert/strict";
 * const notebook = parseNotebook(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
 *   {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": "let ratio = 0.5;"}]}`, "a.ipynb");
 * deepEqual(declaredParameters(notebook), ["ratio"]);
 * ```
 */
export function declaredParameters({ cells }: Notebook): string[] {
  const declaring = cells.find((cell) => cell.metadata.tags?.includes("parameters"));
  return [...declaring?.source.matchAll(declaration) ?? []].map(([, , name]) => name ?? "");
}

/**
 * Reads `name=value` pairs from a command line. A value that is JSON is read as JSON, any other is text.
 *
 * @throws {Error} when a pair has no `=` or no name
 *
 * @example
 * ```ts
 * import { parseParameters } from "./parameters.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(parseParameters(["ratio=0.5", "model=bert", "seeds=[1,2]"]), { ratio: 0.5, model: "bert", seeds: [1, 2] });
 * ```
 */
export function parseParameters(pairs: readonly string[]): Parameters {
  return Object.fromEntries(pairs.map((pair) => {
    const split = pair.indexOf("=");
    if (split < 1) throw new Error(`parameter "${pair}" is not of the form name=value.`);
    return [pair.slice(0, split), jsonOrText(pair.slice(split + 1))];
  }));
}

function jsonOrText(text: string): ParameterValue {
  try {
    return JSON.parse(text);
  } catch {
    return text; // not JSON: the text itself is the value
  }
}
