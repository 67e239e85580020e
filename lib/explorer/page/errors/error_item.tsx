/** @jsxImportSource preact */
/// <reference lib="dom" />
/** An error with its context. @module */

import type { ShownError } from "../../errors/error_list.ts";
import type { ShownMark } from "../../letters/letter_view.ts";
import { linkTo } from "../address.ts";
import { MarkedText } from "../letters/marked_text.tsx";

interface ErrorItemProps {
  readonly error: ShownError;
  /** Of the letter that it links to. */
  readonly corpus: string;
  readonly labels: readonly string[];
}

/** What was expected and what came, over the words where it happened. */
export function ErrorItem({ error, corpus, labels }: ErrorItemProps) {
  const { id, kind, gold, predicted, probability, text, cut: [before, behind] } = error;
  const marks: ShownMark[] = [
    ...gold
      ? [{ ...placeOf(gold), kind: gold.label, role: "span" as const, title: `gold ${gold.label}` }]
      : [],
    ...predicted
      ? [{
        ...{ ...placeOf(predicted), kind: "changed", role: "difference" as const },
        title: `predicted ${predicted.label}`,
      }]
      : [],
  ];
  const told = gold && predicted && gold.label !== predicted.label
    ? `${gold.label} → ${predicted.label}`
    : (gold ?? predicted)?.label;
  return (
    <li>
      <div class="bar">
        <strong>{kind}</strong>
        <span>{told}</span>
        {probability !== undefined && <span class="soft number">{probability.toFixed(3)}</span>}
        <span class="grow" />
        <a href={linkTo("letters", { k: corpus, id })}>{id}</a>
      </div>
      <div class={`context${before ? " before" : ""}${behind ? " behind" : ""}`}>
        <MarkedText text={text} marks={marks} labels={labels} />
      </div>
    </li>
  );
}

function placeOf({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end };
}
