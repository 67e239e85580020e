/** @jsxImportSource preact */
/// <reference lib="dom" />
/** A page of a list of letters, by mouse and by keyboard. @module */

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { address, set } from "./address.ts";
import { isTyping } from "./is_typing.ts";
import { narrow } from "./theme.ts";

/** Letters of a page of the list. */
export const PAGE = 100;

/** Where the address says that the page begins. */
export function pageStart(): number {
  return Math.max(0, Math.trunc(Number(address.value.settings.from)) || 0);
}

/** The letter that the address names, or the first. */
export function chosenOf(letters: readonly { readonly id: string }[] | undefined): string | undefined {
  return address.value.settings.id ?? letters?.[0]?.id;
}

interface Shown<L> {
  readonly list: { readonly total: number; readonly of: number; readonly letters: readonly L[] } | undefined;
  readonly busy?: boolean;
  /** What stands beside a letter's id. */
  readonly aside: (letter: L) => string | undefined;
  /** What the list is chosen with. */
  readonly children?: ComponentChildren;
}

/** The list at the side, which `j` and `k` walk through. */
export function LetterList<L extends { readonly id: string }>({ list, busy, aside, children }: Shown<L>) {
  const chosen = chosenOf(list?.letters);
  const from = pageStart();
  const turn = (to: number) => set({ from: String(Math.max(0, to)), id: undefined });
  useEffect(() => {
    const step = (by: number) => {
      const letters = list?.letters ?? [];
      const now = chosenOf(letters); // keys may follow one another faster than the page is drawn
      const to = letters[letters.findIndex(({ id }) => id === now) + by]?.id;
      if (to !== undefined) set({ id: to });
    };
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      if (event.key === "j") step(1);
      if (event.key === "k") step(-1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list]);
  return (
    <details class="side" open={!narrow.value}>
      <summary>{list ? `${list.total.toLocaleString("en")} letters` : "Letters"}</summary>
      <div class="side-body">
        {children}
        {list && (
          <>
            <p class="soft" aria-live="polite" aria-busy={busy}>
              {`${list.total.toLocaleString("en")} of ${list.of.toLocaleString("en")}`}
              <span class="hint">j, k: next, previous</span>
            </p>
            <ol class="list">
              {list.letters.map((letter) => (
                <li key={letter.id}>
                  <button
                    type="button"
                    aria-current={letter.id === chosen ? "true" : undefined}
                    onClick={() => set({ id: letter.id })}
                  >
                    <span>{letter.id}</span>
                    <span class="soft">{aside(letter)}</span>
                  </button>
                </li>
              ))}
            </ol>
            {list.total > PAGE && (
              <div class="pages">
                <button type="button" disabled={from === 0} onClick={() => turn(from - PAGE)}>Earlier</button>
                <span>{`${from + 1}–${Math.min(from + PAGE, list.total)}`}</span>
                <button type="button" disabled={from + PAGE >= list.total} onClick={() => turn(from + PAGE)}>
                  Later
                </button>
              </div>
            )}
          </>
        )}
      </div>
    </details>
  );
}
