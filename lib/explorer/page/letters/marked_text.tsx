/** @jsxImportSource preact */
/// <reference lib="dom" />
/** A letter's text with what is marked in it. Text stays text: nothing in it can become markup. @module */

import { pieces } from "../../../report/pieces.ts";
import type { ShownMark } from "../../letters/letter_view.ts";
import { hideTip, showTip, showTipAt } from "../tip.tsx";

interface MarkedTextProps {
  readonly text: string;
  readonly marks: readonly ShownMark[];
  /** Labels of spans in the order of their looks. */
  readonly labels: readonly string[];
}

/** States and differences lie behind words with a line below; spans have a line above. */
export function MarkedText({ text, marks, labels }: MarkedTextProps) {
  const cut = pieces(text, marks);
  const first = cut.findIndex(({ over }) => over.some(isFilled));
  return (
    <div class="text" lang="" onKeyDown={step}>
      {cut.map(({ text, over }, i) =>
        over.length === 0
          ? text
          : <Piece key={i} text={text} over={over} labels={labels} {...i === first && { first: true }} />
      )}
    </div>
  );
}

const isFilled = ({ kind }: ShownMark) => kind === "filled";

/** Tab comes to the first word that was written, arrows go on to the others. */
function step(event: KeyboardEvent): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0 || !(event.currentTarget instanceof HTMLElement)) return;
  const words = Array.from(event.currentTarget.querySelectorAll<HTMLElement>("mark.filled"));
  const at = words.findIndex((word) => word === event.target);
  if (at < 0) return;
  event.preventDefault();
  words[(at + by + words.length) % words.length]?.focus();
}

function Piece({ text, over, labels, first = false }: {
  readonly first?: boolean;
  readonly text: string;
  readonly over: readonly ShownMark[];
  readonly labels: readonly string[];
}) {
  const span = over.find(({ role }) => role === "span");
  const state = over.find(({ role }) => role !== "span");
  const told = <Told over={over} />;
  const classes = [
    ...state ? [state.role === "state" ? state.kind : state.kind === "shared" ? "shared" : "differs"] : [],
    ...span ? [`span s${labels.indexOf(span.kind) % 7}`] : [],
  ].join(" ");
  return (
    <mark
      class={classes}
      tabIndex={state?.kind === "filled" ? (first ? 0 : -1) : undefined}
      onMouseMove={({ clientX, clientY }) => showTip(clientX, clientY, told)}
      onMouseLeave={hideTip}
      onFocus={({ currentTarget }) => showTipAt(currentTarget, told)}
      onBlur={hideTip}
    >
      {text}
    </mark>
  );
}

function Told({ over }: { readonly over: readonly ShownMark[] }) {
  const candidates = over.flatMap((mark) => mark.candidates ?? []);
  return (
    <>
      {over.map(({ title, role }, i) => (
        <div key={i}>{role === "span" ? <strong>{title}</strong> : title}</div>
      ))}
      {candidates.length > 0 && (
        <table class="candidates">
          <tbody>
            {candidates.map(({ text, probability, refused }, i) => (
              <tr key={i} class={refused === undefined ? undefined : "refused"}>
                <td>{text}</td>
                <td class="number">{probability < 0.001 ? "< 0.001" : probability.toFixed(3)}</td>
                <td>
                  <meter min={0} max={1} value={probability} aria-hidden="true" />
                </td>
                <td>{refused ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
