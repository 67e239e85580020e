/** How far every family lies from PyTorch, as a table. @module */

import { curveGap, type FamilyParity } from "../../parity/parity.ts";
import type { Column, Table } from "../../report/table.ts";

/**
 * A row a family: the greatest relative differences, and how many generated tokens are the same.
 *
 * @example
 * ```ts
 * import { parityTable } from "./parity_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(parityTable([]).rows, []);
 * ```
 */
export function parityTable(found: readonly FamilyParity[]): Table {
  return {
    caption: `Greatest differences from ${versionsOf(found)}, relative: of arrays to their greatest ` +
      "absolute value, over all configurations, layers and parameters; of losses to PyTorch's. Tokens: written " +
      "greedily with the cache, and how many of them PyTorch writes too.",
    columns: [
      { name: "family", kind: "text" },
      { name: "configurations", kind: "integer" },
      gap("logits"),
      gap("states", "hidden states"),
      gap("loss"),
      gap("gradients"),
      { name: "compared", title: "gradients compared", kind: "integer" },
      gap("curve", "50 steps"),
      { name: "tokens", kind: "integer" },
      { name: "same", title: "of them equal", kind: "integer" },
    ],
    rows: found.map(({ family, configurations, logits, states, loss, gradients, compared, curve, text }) => ({
      ...{ family, configurations, logits, states, loss, gradients, compared },
      ...{
        curve: curve.length > 0 ? curveGap(curve) : null,
        tokens: text?.tokens ?? null,
        same: text?.same ?? null,
      },
    })),
  };
}

/** `PyTorch 2.13.0 and transformers 5.23.0`; all of them where fixtures are of several versions. */
export function versionsOf(found: readonly Pick<FamilyParity, "madeWith">[]): string {
  const all = found.map(({ madeWith: { torch, transformers } }) =>
    `PyTorch ${torch} and transformers ${transformers}`
  );
  return [...new Set(all)].sort().join("; ");
}

function gap(name: string, title = name): Column {
  return { name, title, kind: "number", scientific: true };
}
