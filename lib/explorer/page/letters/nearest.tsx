/** @jsxImportSource preact */
/// <reference lib="dom" />
/** The source letters a letter is nearest to. @module */

import { useState } from "preact/hooks";
import type { ShownMark } from "../../letters/letter_view.ts";
import type { Nearest as NearestLetters } from "../../letters/nearest.ts";
import type { LetterSource } from "../../letters/sources.ts";
import { useAsk } from "../ask.ts";
import { Tabs } from "../controls.tsx";
import { MarkedText } from "./marked_text.tsx";

/** Letter and source side by side, the runs of words they share marked in both. */
export function Nearest({ source, id }: { readonly source: LetterSource; readonly id: string }) {
  const { data, error } = useAsk<NearestLetters>("api/nearest", { source, id });
  const [chosen, choose] = useState<string | undefined>(undefined);
  if (error !== undefined) return <p class="note" role="alert">{error}</p>;
  if (!data) return <p class="soft">All source letters are compared…</p>;
  const neighbour = data.neighbours.find((one) => one.id === chosen) ?? data.neighbours[0];
  if (!neighbour) return <p class="note">No source letter shares four words in a row with it.</p>;
  const marks = (side: "letter" | "source"): ShownMark[] =>
    neighbour.runs.map((run) => ({
      ...{ start: run[side][0], end: run[side][1], kind: "shared", role: "difference" },
      title: `${run.words} words in both`,
    }));
  const longest = Math.max(0, ...neighbour.runs.map(({ words }) => words));
  return (
    <>
      <Tabs
        label="Source letter"
        value={neighbour.id}
        options={data.neighbours.map((one) => ({
          value: one.id,
          title: `${one.id}${one.own ? " (its own)" : ""} ${(100 * one.similarity).toFixed(0)}%`,
        }))}
        onChange={choose}
      />
      <p class="caption">
        {`Similarity ${neighbour.similarity.toFixed(3)} (Jaccard, runs of three words); `}
        {`${neighbour.runs.length} runs of four words or more in both, the longest of ${longest}.`}
      </p>
      <div class="versions">
        <section aria-label="this letter">
          <h3>this letter</h3>
          <MarkedText text={data.text} marks={marks("letter")} labels={[]} />
        </section>
        <section aria-label={neighbour.id}>
          <h3>{neighbour.id}</h3>
          <MarkedText text={neighbour.text} marks={marks("source")} labels={[]} />
        </section>
      </div>
    </>
  );
}
