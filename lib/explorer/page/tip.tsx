/** @jsxImportSource preact */
/// <reference lib="dom" />
/** What is told of the thing that is pointed at. @module */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface Tip {
  readonly x: number;
  readonly y: number;
  readonly content: ComponentChildren;
}

const tip = signal<Tip | undefined>(undefined);

/** Shows something beside a place of the window. */
export function showTip(x: number, y: number, content: ComponentChildren): void {
  tip.value = { x, y, content };
}

/** Shows something beside an element, for whom the keyboard brought there. */
export function showTipAt(element: Element, content: ComponentChildren): void {
  const { left, bottom } = element.getBoundingClientRect();
  showTip(left, bottom, content);
}

/** Takes it away. */
export function hideTip(): void {
  tip.value = undefined;
}

document.addEventListener("keydown", ({ key }) => key === "Escape" && hideTip());
addEventListener("scroll", hideTip, { passive: true, capture: true });

/** The one place where it is shown. */
export function TipBox() {
  const shown = tip.value;
  if (!shown) return null;
  const right = shown.x > innerWidth - 280;
  const low = shown.y > innerHeight - 180;
  const style = {
    ...right ? { right: `${Math.max(4, innerWidth - shown.x + 8)}px` } : { left: `${shown.x + 12}px` },
    ...low ? { bottom: `${Math.max(4, innerHeight - shown.y + 12)}px` } : { top: `${shown.y + 12}px` },
  };
  return <div class="tip" role="tooltip" style={style}>{shown.content}</div>;
}

/** Lines of text, the first one strong. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return <>{lines.map((line, i) => i === 0 ? <strong key={i}>{line}</strong> : <div key={i}>{line}</div>)}</>;
}
