/** @jsxImportSource preact */
/// <reference lib="dom" />
/** The brush in numbers. @module */

import type { Brush } from "../../results/interactive.ts";

/** As far as any metric goes. */
const everything = [-1e6, 1e6] as const;

/** The brush for whom the keyboard is at hand: its ends as numbers. */
export function BrushFields({ brush, onChange }: {
  readonly brush: Brush | undefined;
  onChange(brush: Brush | undefined): void;
}) {
  const field = (axis: "x" | "y", end: 0 | 1, label: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        step="any"
        value={brush && Math.abs(brush[axis][end]) < 1e6 ? brush[axis][end] : ""}
        onChange={({ currentTarget }) => {
          const [low, high] = brush?.[axis] ?? everything;
          const value = currentTarget.value === "" ? everything[end] : Number(currentTarget.value);
          const range: [number, number] = end === 0 ? [value, high] : [low, value];
          const next: Brush = {
            x: brush?.x ?? [...everything],
            y: brush?.y ?? [...everything],
            [axis]: range,
          };
          onChange(isAll(next.x) && isAll(next.y) ? undefined : next);
        }}
      />
    </label>
  );
  return (
    <details class="brush">
      <summary>Brush in numbers</summary>
      <div class="options">
        {field("x", 0, "right from")}
        {field("x", 1, "to")}
        {field("y", 0, "up from")}
        {field("y", 1, "to")}
        {brush && <button type="button" onClick={() => onChange(undefined)}>No brush</button>}
      </div>
    </details>
  );
}

function isAll([low, high]: readonly [number, number]): boolean {
  return low === everything[0] && high === everything[1];
}
