import { deepEqual, equal, ok } from "node:assert/strict";
import { progress, progressLine } from "./progress.ts";

function shown(columns: number | undefined) {
  const texts: string[] = [];
  let now = 0;
  const options = { clock: () => now, write: (text: string) => void texts.push(text), columns };
  return { texts, options, wait: (milliseconds: number) => now += milliseconds };
}

Deno.test("progress() writes a line for each tenth at most where there is no terminal", async () => {
  const { texts, options, wait } = shown(undefined);
  const bar = progress("cells", 200, options);
  for (let done = 1; done <= 200; done++) {
    wait(1000);
    bar.update(done);
  }
  await bar.done();
  equal(texts.length, 10);
  equal(texts[0], "cells  20/200 · 3:00 left\n");
  equal(texts.at(-1), "cells  200/200\n");
});

Deno.test("progress() says that it is done once, and for small totals writes every step", async () => {
  const { texts, options } = shown(undefined);
  const bar = progress("cells", 2, options);
  for (const done of [1, 1, 2, 2]) bar.update(done);
  await bar.done();
  deepEqual(texts, ["cells  1/2\n", "cells  2/2\n"]);
});

Deno.test("progress() redraws one line on a terminal, not too often and never too long", async () => {
  const { texts, options, wait } = shown(40);
  const bar = progress("masking-ablations", 100, { ...options, unit: "cells" });
  for (let done = 1; done <= 100; done++) {
    wait(10);
    bar.update(done, "31 cached · 0 failed");
  }
  await bar.done();
  ok(texts.length <= 13, `${texts.length} redraws in a second`);
  ok(texts.slice(0, -1).every((text) => text.startsWith("\r\x1b[K") && [...text].length <= 40 + 3));
  equal(texts.at(-1), "\n");
});

Deno.test("progress() draws as much of the bar as is done", () => {
  const { texts, options, wait } = shown(80);
  const bar = progress("a", 3, options);
  wait(60_000);
  bar.update(1);
  equal(texts.at(-1), `\r\x1b[Ka  ${"█".repeat(5)}${"░".repeat(10)}  1/3 · 2:00 left`);
});

Deno.test("progressLine() leaves out what is not known and tells hours", () => {
  const job = { label: "a", total: 4, unit: "", note: "" };
  equal(progressLine({ ...job, done: 0 }, 1000), "a  0/4");
  equal(progressLine({ ...job, done: 4 }, 1000), "a  4/4");
  equal(progressLine({ ...job, done: 1 }, 1_250_000), "a  1/4 · 1:02:30 left");
  equal(progressLine({ ...job, total: 0, done: 0 }, 0), "a  0/0");
});
