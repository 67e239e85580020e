/// <reference lib="dom" />
/** Light or dark. @module */

import { computed, signal } from "@preact/signals";

/** As the system has it, or one of the two. */
export type Theme = "auto" | "light" | "dark";

const order: readonly Theme[] = ["auto", "light", "dark"];
const kept = localStorage.getItem("theme");
const dark = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(dark.matches);
dark.addEventListener("change", ({ matches }) => systemDark.value = matches);

/** What the user chose. */
export const chosenTheme = signal<Theme>(order.find((theme) => theme === kept) ?? "auto");

/** What is shown. */
export const theme = computed<"light" | "dark">(() =>
  chosenTheme.value === "auto" ? (systemDark.value ? "dark" : "light") : chosenTheme.value
);

chosenTheme.subscribe((theme) => {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
});

/** Chooses the next. */
export function nextTheme(): void {
  const next = order[(order.indexOf(chosenTheme.value) + 1) % order.length] ?? "auto";
  chosenTheme.value = next;
  localStorage.setItem("theme", next);
}

/** What the button says. */
export function themeName(theme: Theme): string {
  return { auto: "Auto", light: "Light", dark: "Dark" }[theme];
}

const narrowWindow = matchMedia("(max-width: 46rem)");

/** Whether the window is as narrow as a phone's. */
export const narrow = signal(narrowWindow.matches);
narrowWindow.addEventListener("change", ({ matches }) => narrow.value = matches);
