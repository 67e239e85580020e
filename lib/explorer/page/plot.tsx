/** @jsxImportSource preact */
/// <reference lib="dom" />
/** A figure that answers to pointer and keyboard. @module */

import { useEffect, useRef, useState } from "preact/hooks";
import type * as Vega from "vega";
import type { Item, Spec, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import type { Condition } from "../results/condition_query.ts";
import type { Brush } from "../results/interactive.ts";
import type { FigureMark } from "../results/drawn_figure.ts";
import { hideTip, Lines, showTip, showTipAt } from "./tip.tsx";

/** A figure as the server gives it. */
export interface PlotAnswer {
  readonly vega: Spec;
  readonly marks: readonly FigureMark[];
  readonly notes: readonly string[];
  readonly caption: string;
}

interface PlotProps {
  readonly answer: PlotAnswer;
  readonly label: string;
  onPick(mark: FigureMark): void;
  onBrush?(brush: Brush | undefined): void;
  /** Told the conditions of the marks that were dragged over; none where none was. */
  onKeep?(conditions: readonly Condition[]): void;
  /** Those that it was told last: other marks are faint. */
  readonly kept?: readonly Condition[];
}

declare global {
  /** Of `vega.js`, which the page loads beside its own script: half a megabyte that the first look can do without. */
  var vega: typeof Vega | undefined;
}

const loaded = new Promise<void>((resolve, reject) => {
  if (globalThis.vega) return resolve();
  const script = document.querySelector("script[src='vega.js']");
  script?.addEventListener("load", () => resolve());
  script?.addEventListener("error", () => reject(new Error("vega.js did not load")));
});

async function vegaLoaded(): Promise<typeof Vega> {
  await loaded;
  if (globalThis.vega) return globalThis.vega;
  throw new Error("The figures' library is not there. Reload the page.");
}

/** Draws a figure; a click or Enter on a mark picks it, arrows go from mark to mark. */
export function Plot({ answer, label, onPick, onBrush, onKeep, kept }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [points, setPoints] = useState<readonly Point[]>([]);
  const handlers = useRef({ onPick, onBrush, onKeep, kept });
  handlers.current = { onPick, onBrush, onKeep, kept };
  useEffect(() => fade(points, kept), [points, kept]);
  useEffect(() => {
    const container = place.current;
    if (!container) return;
    let view: View | undefined;
    let gone = false;
    (async () => {
      const vega = await vegaLoaded();
      await document.fonts.ready; // labels are placed by their widths
      if (gone) return;
      const runtime = vega.parse(answer.vega, undefined, { ast: true });
      const loader = vega.loader();
      loader.load = (url) => Promise.reject(new Error(`figures fetch nothing: ${url}`));
      const made = new vega.View(runtime, { renderer: "svg", expr: expressionInterpreter, loader });
      const next = document.createElement("div");
      await made.initialize(next).hover().runAsync();
      if (gone) return made.finalize();
      view = made;
      container.replaceChildren(next);
      const drawn = listen(made, next, answer.marks, (mark) => handlers.current.onPick(mark));
      if (handlers.current.onKeep) watchDrag(next, drawn, handlers);
      setPoints(drawn);
      if (handlers.current.onBrush) watchBrush(made, (brush) => handlers.current.onBrush?.(brush));
      setFault(undefined);
    })().catch((error: Error) => setFault(error.message));
    return () => {
      gone = true;
      hideTip();
      view?.finalize();
    };
  }, [answer]);
  return (
    <>
      {fault !== undefined && <p class="error" role="alert">{fault}</p>}
      <div class="plot" role="group" aria-label={label} ref={place} />
    </>
  );
}

/** Kinds of Vega's marks that stand for a point; lines and bands stand for many. */
const pickable: readonly string[] = ["symbol", "rule", "text"];

/** A mark on the screen. */
interface Point {
  readonly path: SVGPathElement;
  readonly mark: FigureMark;
}

function listen(
  view: View,
  element: HTMLElement,
  marks: readonly FigureMark[],
  pick: (mark: FigureMark) => void,
): readonly Point[] {
  const markOf = (item: Item | null | undefined): FigureMark | undefined => {
    const datum: unknown = item?.datum;
    if (typeof datum !== "object" || datum === null) return undefined;
    if ("at" in datum) return marks[Number(datum.at)];
    return "label" in datum ? marks.find(({ label }) => label === datum.label) : undefined;
  };
  const isMark = (item: Item | null | undefined) => pickable.includes(item?.mark.marktype ?? "");
  view.addEventListener("mousemove", (event, item) => {
    const mark = isMark(item) ? markOf(item) : undefined;
    element.classList.toggle("pointing", mark !== undefined);
    if (mark && event instanceof MouseEvent) {
      showTip(event.clientX, event.clientY, <Lines lines={mark.lines} />);
    } else hideTip();
  });
  view.addEventListener("mouseout", hideTip);
  view.addEventListener("click", (_, item) => {
    const mark = isMark(item) ? markOf(item) : undefined;
    if (mark) pick(mark);
  });
  const points = Array.from(element.querySelectorAll<SVGPathElement>("g.mark-symbol path"), (path) => {
    const item: Item | undefined = "__data__" in path && isItem(path.__data__) ? path.__data__ : undefined;
    return { path, mark: markOf(item) };
  }).filter((point): point is Point => point.mark !== undefined);
  points.forEach(({ path, mark }, i) => {
    path.setAttribute("tabindex", i === 0 ? "0" : "-1");
    path.setAttribute("role", "button");
    path.removeAttribute("aria-roledescription");
    path.setAttribute("aria-label", mark.lines.join(", "));
    path.addEventListener("focus", () => showTipAt(path, <Lines lines={mark.lines} />));
    path.addEventListener("blur", hideTip);
    path.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        pick(mark);
      } else if (step !== undefined) {
        event.preventDefault();
        const to = points[(i + step + points.length) % points.length]?.path;
        path.setAttribute("tabindex", "-1");
        to?.setAttribute("tabindex", "0");
        to?.focus();
      }
    });
  });
  return points;
}

/** Marks of other conditions become faint. */
function fade(points: readonly Point[], kept: readonly Condition[] | undefined): void {
  const texts = kept && new Set(kept.map((one) => JSON.stringify(one)));
  for (const { path, mark } of points) {
    path.style.opacity = texts?.has(JSON.stringify(mark.condition)) ?? true ? "" : "0.25";
  }
}

interface Keeping {
  readonly onKeep: PlotProps["onKeep"] | undefined;
  readonly kept: readonly Condition[] | undefined;
}

/** A shorter way is a click. */
const LEAST_DRAG = 5; // pixels

/** A rectangle that is dragged over marks keeps their conditions; so does `x` on a mark, which takes it out again. */
function watchDrag(
  element: HTMLElement,
  points: readonly Point[],
  handlers: { readonly current: Keeping },
): void {
  element.classList.add("draggable");
  for (const { path, mark } of points) {
    path.addEventListener("keydown", ({ key }) => {
      if (key !== "x") return;
      const { kept = [], onKeep } = handlers.current;
      const others = kept.filter((one) => JSON.stringify(one) !== JSON.stringify(mark.condition));
      onKeep?.(others.length < kept.length ? others : [...kept, mark.condition]);
    });
  }
  element.addEventListener("pointerdown", (down) => {
    if (down.pointerType === "touch" || down.button !== 0) return; // a finger scrolls the page
    const box = document.createElement("div");
    box.className = "drag";
    const within = (event: PointerEvent) => ({
      left: Math.min(down.clientX, event.clientX),
      right: Math.max(down.clientX, event.clientX),
      top: Math.min(down.clientY, event.clientY),
      bottom: Math.max(down.clientY, event.clientY),
    });
    const onMove = (event: PointerEvent) => {
      const { left, right, top, bottom } = within(event);
      const place = element.getBoundingClientRect();
      Object.assign(box.style, {
        left: `${left - place.left}px`,
        top: `${top - place.top}px`,
        width: `${right - left}px`,
        height: `${bottom - top}px`,
      });
      element.append(box);
    };
    const onUp = (event: PointerEvent) => {
      removeEventListener("pointermove", onMove);
      box.remove();
      const { left, right, top, bottom } = within(event);
      if (right - left < LEAST_DRAG && bottom - top < LEAST_DRAG) return;
      const inside = points.filter(({ path }) => {
        const at = path.getBoundingClientRect();
        const [x, y] = [(at.left + at.right) / 2, (at.top + at.bottom) / 2];
        return x >= left && x <= right && y >= top && y <= bottom;
      });
      handlers.current.onKeep?.(inside.map(({ mark }) => mark.condition));
    };
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onUp, { once: true });
  });
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && "mark" in value && "datum" in value;
}

/** Tells of the rectangle when it has come to rest. */
function watchBrush(view: View, tell: (brush: Brush | undefined) => void): void {
  let wait: ReturnType<typeof setTimeout> | undefined;
  view.addSignalListener("brush", (_, value: unknown) => {
    clearTimeout(wait);
    wait = setTimeout(() => tell(brushOf(value)), 150);
  });
}

function brushOf(value: unknown): Brush | undefined {
  if (typeof value !== "object" || value === null || !("x" in value && "y" in value)) return undefined;
  const [x, y] = [rangeOf(value.x), rangeOf(value.y)];
  return x && y && { x, y };
}

function rangeOf(value: unknown): [number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [a, b] = value.map(Number);
  return a === undefined || b === undefined || a === b ? undefined : [Math.min(a, b), Math.max(a, b)];
}
