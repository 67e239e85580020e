/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Things to choose with. @module */

import type { ComponentChildren } from "preact";
import { addressOf } from "./ask.ts";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly { readonly value: T; readonly title: string; readonly disabled?: boolean }[];
  /** A first option for nothing. */
  readonly none?: string;
  onChange(value: T | undefined): void;
}

/** One of several. */
export function Choice<T extends string>({ label, value, options, none, onChange }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value ?? ""}
        onChange={({ currentTarget }) =>
          onChange(options.find((one) => one.value === currentTarget.value)?.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((one) => (
          <option key={one.value} value={one.value} disabled={one.disabled}>{one.title}</option>
        ))}
      </select>
    </label>
  );
}

interface ChecksProps {
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly title: string; readonly hint?: string }[];
  readonly chosen: readonly string[];
  /** Left out: the list is open. */
  readonly folded?: boolean;
  /** What stands behind the legend. */
  readonly aside?: ComponentChildren;
  onChange(chosen: readonly string[]): void;
}

/** Any of several. */
export function Checks({ legend, options, chosen, folded = false, aside, onChange }: ChecksProps) {
  const toggle = (value: string) =>
    onChange(options.map((one) => one.value).filter((one) => chosen.includes(one) !== (one === value)));
  return (
    <details class="checks" open={!folded}>
      <summary>
        <span>{legend}</span>
        {aside !== undefined && <span class="aside">{aside}</span>}
      </summary>
      <div role="group" aria-label={legend}>
        {options.map(({ value, title, hint }) => (
          <label key={value} title={hint}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </details>
  );
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly title: string }[];
  onChange(value: T): void;
}

/** One of few, all in sight. */
export function Tabs<T extends string>({ label, value, options, onChange }: TabsProps<T>) {
  return (
    <div class="tabs" role="group" aria-label={label}>
      {options.map((one) => (
        <button
          key={one.value}
          type="button"
          aria-pressed={one.value === value}
          onClick={() => onChange(one.value)}
        >
          {one.title}
        </button>
      ))}
    </div>
  );
}

/** Links that save what is on the screen. */
export function Save({ label, path, query, as }: {
  readonly label: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly as: readonly { readonly name: string; readonly title: string }[];
}) {
  return (
    <span class="save">
      <span class="soft">{label}</span>
      {as.map(({ name, title }) => (
        <a key={name} href={addressOf(path, { ...query, as: name })} download="">{title}</a>
      ))}
    </span>
  );
}

/** Forms of figures. */
export const figureForms = [{ name: "svg", title: "SVG" }, { name: "pdf", title: "PDF" }, {
  name: "png",
  title: "PNG",
}];

/** Forms of tables. */
export const tableForms = [
  { name: "csv", title: "CSV" },
  { name: "tex", title: "LaTeX" },
  { name: "md", title: "Markdown" },
];
