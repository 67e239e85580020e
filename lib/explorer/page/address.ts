/// <reference lib="dom" />
/** What is on the screen, as the address has it: a link restores it. @module */

import { computed, signal } from "@preact/signals";

/** The view and its settings, all of them text. */
export interface Address {
  readonly view: string;
  readonly settings: Readonly<Record<string, string>>;
}

function read(): Address {
  const [view = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { view: view || "results", settings: Object.fromEntries(new URLSearchParams(query)) };
}

const current = signal<Address>(read());

addEventListener("hashchange", () => current.value = read());

/** Where the page is. */
export const address = computed(() => current.value);

/** A link to a view. */
export function linkTo(view: string, settings: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return `#/${view}${text === "" ? "" : `?${text}`}`;
}

/** Goes to a view; the browser's back comes here again. */
export function go(view: string, settings: Readonly<Record<string, string | undefined>> = {}): void {
  location.hash = linkTo(view, settings);
}

/** Changes settings of the view that is shown; one that is `undefined` is taken out. */
export function set(changes: Readonly<Record<string, string | undefined>>): void {
  const { view, settings } = current.value;
  history.replaceState(null, "", linkTo(view, { ...settings, ...changes }));
  current.value = read();
}

/** A setting that is JSON; what can't be read counts as not set. */
export function jsonOf<T>(text: string | undefined, fallback: T, is: (value: unknown) => value is T): T {
  if (text === undefined) return fallback;
  try {
    const value: unknown = JSON.parse(text);
    return is(value) ? value : fallback;
  } catch {
    return fallback; // a link that was cut
  }
}

/** The address of this view without the token, which is nobody else's. */
export function linkWithoutToken(): string {
  return `${location.origin}/${location.hash}`;
}
