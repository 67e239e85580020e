/** @jsxImportSource preact */
/// <reference lib="dom" />
/** A span, or the letter as a whole, with what was decided about it. @module */

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { Decision } from "../../review/entry.ts";
import type { LetterInReview } from "../../review/routes.ts";

/** As the server tells it. */
export type UnitShown = LetterInReview["units"][number];

interface UnitProps {
  readonly unit: UnitShown;
  readonly text: string;
  readonly chosen: boolean;
  /** Nothing can be decided now. */
  readonly locked: boolean;
  readonly said: Decision;
  /** The field of the one that is chosen. */
  readonly comment: RefObject<HTMLTextAreaElement | null>;
  onChoose(): void;
  onDecide(change: Partial<Decision>): void;
}

const decisions = [
  { decision: "accept", title: "Accept", key: "a" },
  { decision: "reject", title: "Reject", key: "r" },
] as const;

/** Marks that differ in form too. */
const signs = { accept: "✓", reject: "✗", none: "–" } as const;
const words = { accept: "accepted", reject: "rejected", none: "undecided" } as const;

/** A unit of the list; the chosen one has its buttons and its comment. */
export function UnitItem({ unit, text, chosen, locked, said, comment, onChoose, onDecide }: UnitProps) {
  const { span, outcome, disputed, both, adjudicated } = unit;
  const [draft, setDraft] = useState<string | undefined>(undefined); // an answer that comes meanwhile leaves it alone
  const state = disputed ? "disputed" : words[outcome];
  return (
    <li data-chosen={chosen ? "" : undefined}>
      <button type="button" class="unit" aria-current={chosen ? "true" : undefined} onClick={onChoose}>
        <span class={`sign ${disputed ? "disputed" : outcome}`} role="img" aria-label={state} title={state}>
          {disputed ? "≠" : signs[outcome]}
        </span>
        <span>{span ? text : "The letter as a whole"}</span>
        {span && <span class="soft">{span.label}</span>}
      </button>
      {both && (chosen || disputed) && (
        <ul class="given">
          {both.map(({ reviewer, decision, comment }) => (
            <li key={reviewer}>
              {`${reviewer}: ${words[decision]}`}
              {comment !== "" && <span class="soft">{` · ${comment}`}</span>}
            </li>
          ))}
          {adjudicated && <li>{`adjudicated by ${adjudicated.reviewer}: ${words[adjudicated.decision]}`}</li>}
        </ul>
      )}
      {chosen && (
        <div class="deciding">
          {decisions.map(({ decision, title, key }) => (
            <button
              key={decision}
              type="button"
              disabled={locked}
              aria-keyshortcuts={key}
              aria-pressed={said.decision === decision}
              onClick={() => onDecide({ decision: said.decision === decision ? "none" : decision })}
            >
              {title}
            </button>
          ))}
          <textarea
            ref={comment}
            rows={2}
            maxLength={2000}
            disabled={locked}
            aria-label="Comment"
            placeholder="Comment"
            value={draft ?? said.comment}
            onInput={({ currentTarget }) => setDraft(currentTarget.value)}
            onBlur={() => setDraft(undefined)}
            onChange={({ currentTarget }) =>
              currentTarget.value !== said.comment && onDecide({ comment: currentTarget.value })}
            onKeyDown={(event) => leave(event, said.comment)}
          />
        </div>
      )}
      {!chosen && said.comment !== "" && <p class="said">{said.comment}</p>}
    </li>
  );
}

/** Enter keeps the comment, Escape puts back what was there; Shift and Enter make a line. */
function leave(event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }, before: string): void {
  if (event.key === "Escape") event.currentTarget.value = before;
  if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
    event.preventDefault();
    event.currentTarget.blur();
  }
}
