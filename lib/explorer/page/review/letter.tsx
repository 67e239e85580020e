/** @jsxImportSource preact */
/// <reference lib="dom" />
/** A letter under review: its text, and what can be decided about it. @module */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownMark } from "../../letters/letter_view.ts";
import type { Decision } from "../../review/entry.ts";
import type { LetterInReview } from "../../review/routes.ts";
import { tell, useAsk } from "../ask.ts";
import { MarkedText } from "../letters/marked_text.tsx";
import { isTyping } from "../is_typing.ts";
import { UnitItem, type UnitShown } from "./unit.tsx";

interface ReviewLetterProps {
  readonly corpus: string;
  readonly reviewer: string;
  readonly id: string;
  /** After something was written. */
  onChange(): void;
}

/** A letter and its units; keys decide about the one that is chosen. */
export function ReviewLetter({ corpus, reviewer, id, onChange }: ReviewLetterProps) {
  const read = useAsk<LetterInReview>("api/review/letter", { corpus, reviewer, id });
  const [written, setWritten] = useState<LetterInReview | undefined>(undefined);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState(0);
  const comment = useRef<HTMLTextAreaElement>(null);
  const article = useRef<HTMLElement>(null);
  const queue = useRef<Promise<void>>(Promise.resolve()); // who types fast is answered in order
  const data = written ?? read.data;
  const units = data?.units ?? [];
  const unit = units[chosen];
  const locked = data !== undefined && isLocked(data);

  // Keys that follow one another fast come before the page is drawn anew: they go by these.
  const latest = useRef<LetterInReview | undefined>(undefined);
  latest.current ??= data;
  const at = useRef(0);
  const choose = (index: number) => {
    const most = (latest.current?.units.length ?? 1) - 1;
    at.current = Math.max(0, Math.min(most, index));
    setChosen(at.current);
  };

  const write = (path: string, query: () => Readonly<Record<string, unknown>>) => {
    const next = () => tell<LetterInReview>(path, { corpus, reviewer, id, ...query() });
    queue.current = queue.current.then(next).then((letter) => {
      latest.current = letter;
      setWritten(letter);
      setFault(undefined);
      onChange();
    }, (error: Error) => setFault(error.message));
  };
  const decide = (index: number, change: Partial<Decision>) =>
    write("api/review/decide", () => {
      const { units = [], open = false } = latest.current ?? {}; // with what was written meanwhile
      const about = units[index];
      return about ? { span: about.span, ...said(about, open), ...change } : change;
    });
  const decideAndGoOn = (change: Partial<Decision>) => {
    decide(at.current, change);
    choose(at.current + 1);
  };
  const done = () => {
    if (latest.current && !latest.current.open) {
      write("api/review/done", () => ({ done: !latest.current?.done }));
    }
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return;
      const by = { ArrowDown: 1, n: 1, ArrowUp: -1, p: -1 }[event.key];
      const onButton = event.target instanceof HTMLButtonElement && event.key.startsWith("Arrow");
      const open = latest.current !== undefined && !isLocked(latest.current);
      const keys: Readonly<Record<string, (() => void) | undefined>> = {
        a: open ? () => decideAndGoOn({ decision: "accept" }) : undefined,
        r: open ? () => decideAndGoOn({ decision: "reject" }) : undefined,
        u: open ? () => decide(at.current, { decision: "none" }) : undefined,
        c: open ? () => comment.current?.focus() : undefined,
        d: done,
      };
      const key = by === undefined ? keys[event.key] : () => choose(at.current + by);
      if (!key || (onButton && by === undefined)) return;
      event.preventDefault();
      key();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  useEffect(() => {
    for (const selector of ["mark.current", "li[data-chosen]"]) {
      article.current?.querySelector(selector)?.scrollIntoView({ block: "nearest" });
    }
  }, [chosen]);

  if (read.error !== undefined) return <p class="error" role="alert">{read.error}</p>;
  if (!data) return <p class="soft">Reading…</p>;
  const labels = [...new Set(units.flatMap(({ span }) => span ? [span.label] : []))].sort();
  const decided =
    units.filter((one) => said(one, data.open).decision !== "none" || one.outcome !== "none").length;
  return (
    <article class="card review" aria-label={`Letter ${id}`} ref={article}>
      <div class="bar">
        <h2>{id}</h2>
        <span class="soft" role="status">{stateText(data, decided)}</span>
        <span class="grow" />
        {!data.open && (
          <button type="button" aria-keyshortcuts="d" onClick={done}>
            {data.done ? "Go on with it" : "Done"}
          </button>
        )}
      </div>
      <p class="note keys">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>a</kbd> accept · <kbd>r</kbd> reject · <kbd>u</kbd> undo ·
        {" "}
        <kbd>c</kbd> comment · <kbd>d</kbd> done
      </p>
      {fault !== undefined && <p class="error" role="alert">{fault}</p>}
      <div class="reviewing">
        <MarkedText text={data.text} marks={marksOf(units, unit)} labels={labels} />
        <ol class="units">
          {units.map((one, i) => (
            <UnitItem
              key={i}
              unit={one}
              text={one.span ? data.text.slice(one.span.start, one.span.end) : ""}
              chosen={i === chosen}
              locked={locked}
              said={said(one, data.open)}
              comment={comment}
              onChoose={() => choose(i)}
              onDecide={(change) => decide(i, change)}
            />
          ))}
        </ol>
      </div>
    </article>
  );
}

/** Whether the user is done with a letter, and waits for the other. */
function isLocked({ done, open }: LetterInReview): boolean {
  return done && !open;
}

/** What the user said of a unit, or whoever adjudicated it. */
function said({ own, adjudicated }: UnitShown, open: boolean): Decision {
  const { decision, comment } = open ? adjudicated ?? { decision: "none", comment: "" } : own;
  return { decision, comment };
}

function stateText({ open, done, units }: LetterInReview, decided: number): string {
  const disputed = units.filter((unit) => unit.disputed).length;
  if (open) return `Both are done. ${disputed === 0 ? "Nothing is disputed" : `${disputed} to adjudicate`}.`;
  const many = `${decided} of ${units.length} decided`;
  return done ? `${many}. You are done; the other's decisions show once they are.` : `${many}.`;
}

function marksOf(units: readonly UnitShown[], chosen: UnitShown | undefined): ShownMark[] {
  return units.flatMap((unit): ShownMark[] => {
    const { span, outcome, disputed } = unit;
    if (!span) return [];
    const state = disputed ? "disputed" : outcome === "none" ? "" : `${outcome}ed`;
    const kind = [state, unit === chosen ? "current" : ""].filter((part) => part !== "").join(" ");
    const { start, end, label } = span;
    return [
      { start, end, kind: label, role: "span", title: label },
      ...kind === "" ? [] : [{ start, end, kind, role: "state", title: state } as const],
    ];
  });
}
