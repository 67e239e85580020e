import { equal, ok } from "node:assert/strict";
import { random } from "../random.ts";
import { combinations } from "./cells.ts";
import { costs } from "./costs.ts";
import { showGrid } from "./show_grid.ts";

const factors = { model: ["a", "b", "c"], ratio: [0.3, 0.5], seed: [1, 2, 3] } as const;

Deno.test("costs() is the mean of the measured cells that share most levels, as more of them are measured", () => {
  const grid = combinations(factors);
  const stream = random(1);
  const measured = new Map<typeof grid[number], { seconds: number }>();
  const cost = costs(grid, measured);
  equal(cost(grid[0]!), undefined); // the grid has cells
  for (const next of stream.shuffle([...grid])) {
    measured.set(next, { seconds: stream.next() });
    for (const cell of grid) {
      const own = measured.get(cell)?.seconds;
      const shared = [...measured].map(([other, { seconds }]) => ({
        seconds,
        count: (["model", "ratio", "seed"] as const).filter((factor) =>
          other[factor] === cell[factor]
        ).length,
      }));
      const most = Math.max(...shared.map(({ count }) => count));
      const alike = shared.filter(({ count }) => count === most).map(({ seconds }) => seconds);
      const expected = own ?? alike.reduce((sum, seconds) => sum + seconds, 0) / alike.length;
      ok(Math.abs((cost(cell) ?? NaN) - expected) < 1e-12);
    }
  }
});

Deno.test("costs() and showGrid() do not go through a large grid for each of its cells", async () => {
  const grid = combinations({ model: ["a", "b"], condition: Array.from({ length: 5000 }, (_, i) => i) });
  const measured = new Map<typeof grid[number], { seconds: number }>();
  const shown = showGrid("large", grid);
  const began = performance.now();
  shown.expect(costs(grid, measured), 2);
  for (const cell of grid) {
    shown.update(cell, "running");
    measured.set(cell, { seconds: 1 });
    shown.update(cell, "done", { seconds: 1, megabytes: 100 });
  }
  await shown.done();
  equal(shown.count("done"), 10_000);
  const each = (performance.now() - began) / grid.length;
  ok(each < 5, `${each} ms a cell`); // 1 ms would be much; looking at all cells each time takes a hundred
});
