/** @jsxImportSource preact */
/// <reference lib="dom" />
/** What a tagger got wrong: gold against predicted letters. @module */

import { useEffect } from "preact/hooks";
import type { ErrorsQuery, ShownError } from "../../errors/error_list.ts";
import type { ErrorKind } from "../../errors/tagger_errors.ts";
import { address, set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { Choice, Save, tableForms } from "../controls.tsx";
import { DataTable, type ShownTable } from "../data_table.tsx";
import { isTyping } from "../is_typing.ts";
import type { Start } from "../views.ts";
import { ErrorItem } from "./error_item.tsx";

/** Errors of a page of the list. */
const PAGE = 50;

interface ShownErrors {
  readonly total: number;
  readonly letters: number;
  readonly confident: boolean;
  readonly notes: readonly string[];
  readonly kinds: readonly { readonly kind: ErrorKind; readonly count: number }[];
  readonly labels: readonly string[];
  readonly errors: readonly ShownError[];
  readonly confusion: ShownTable;
}

const sorts = [
  { value: "letter", title: "by letter" },
  { value: "most confident", title: "most confident first" },
  { value: "least confident", title: "least confident first" },
] as const;

/** The view of errors. */
export function ErrorsView({ start: { corpora } }: { readonly start: Start }) {
  const { settings } = address.value;
  const named = (wanted: string | undefined) => corpora.find((name) => name === wanted);
  const gold = named(settings.gold) ?? named("gold") ?? corpora[0];
  const predicted = named(settings.predicted) ?? named("predicted") ?? corpora.find((name) => name !== gold);
  if (gold === undefined || predicted === undefined) {
    return (
      <div class="view">
        <section class="card" aria-label="How to start">
          <h2>Nothing to compare</h2>
          <p>Errors need the same letters twice: with the right spans, and with those that a tagger found.</p>
          <p>
            <code>deno task explore --gold GOLD --predicted PREDICTED</code>
          </p>
        </section>
      </div>
    );
  }
  const options = corpora.map((name) => ({ value: name, title: name }));
  const again = { label: undefined, kind: undefined, from: undefined };
  return (
    <div class="view">
      <div class="head">
        <Choice label="Gold" value={gold} options={options} onChange={(gold) => set({ gold, ...again })} />
        <Choice
          label="Predicted"
          value={predicted}
          options={options}
          onChange={(predicted) => set({ predicted, ...again })}
        />
      </div>
      <Compared gold={gold} predicted={predicted} settings={settings} />
    </div>
  );
}

function Compared({ gold, predicted, settings }: {
  readonly gold: string;
  readonly predicted: string;
  readonly settings: Readonly<Record<string, string>>;
}) {
  const sort = sorts.find(({ value }) => value === settings.sort)?.value;
  const from = Math.max(0, Math.trunc(Number(settings.from)) || 0);
  const query: Partial<ErrorsQuery> = {
    ...{ gold, predicted, from, count: PAGE, sort: sort ?? "letter" },
    ...isKind(settings.kind) && { kind: settings.kind },
    ...settings.label !== undefined && { label: settings.label },
  };
  const { data, error, busy } = useAsk<ShownErrors>("api/errors", query);
  useEffect(() => {
    document.addEventListener("keydown", step);
    return () => document.removeEventListener("keydown", step);
  }, []);
  if (error !== undefined) return <p class="error" role="alert">{error}</p>;
  if (!data) return <p class="soft">Comparing…</p>;
  const all = data.kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="content">
      <section class="card" aria-label="Confusion">
        <div class="bar">
          <h2>Confusion</h2>
          <span class="grow" />
          <Save label="Save table" path="export/errors" query={{ query, of: "confusion" }} as={tableForms} />
        </div>
        <DataTable table={data.confusion} />
        <p class="caption">{data.confusion.caption}</p>
        {data.notes.map((note) => <p key={note} class="note" role="status">{note}</p>)}
      </section>
      <section class="card" aria-label="Errors">
        <div class="bar">
          <h2>Errors</h2>
          <span class="soft" aria-live="polite" aria-busy={busy}>
            {`${data.total.toLocaleString("en")} in ${data.letters.toLocaleString("en")} letters`}
          </span>
          <span class="grow" />
          <Save label="Save list" path="export/errors" query={{ query, of: "errors" }} as={tableForms} />
        </div>
        <div class="options">
          <Choice
            label="Kind"
            value={query.kind}
            none={`any (${all.toLocaleString("en")})`}
            options={data.kinds.map(({ kind, count }) => ({
              value: kind,
              title: `${kind} (${count.toLocaleString("en")})`,
            }))}
            onChange={(kind) => set({ kind, from: undefined })}
          />
          <Choice
            label="Label"
            value={settings.label}
            none="any"
            options={data.labels.map((label) => ({ value: label, title: label }))}
            onChange={(label) => set({ label, from: undefined })}
          />
          <Choice
            label="Sorted"
            value={sort ?? "letter"}
            options={sorts.map((one) => ({ ...one, disabled: one.value !== "letter" && !data.confident }))}
            onChange={(sort) => set({ sort, from: undefined })}
          />
        </div>
        <p class="note">
          {data.confident
            ? "A probability is the tagger's own, not calibrated; what was missed has none. "
            : "For probabilities to sort by: palimpsest annotate --probabilities. "}
          Gold has a line above it, predicted one below. j, k: next, previous.
        </p>
        <ol class="errors">
          {data.errors.map((one, i) => (
            <ErrorItem key={i} error={one} corpus={predicted} labels={data.labels} />
          ))}
        </ol>
        {data.total === 0 && <p class="note">No such error.</p>}
        {data.total > PAGE && (
          <div class="pages">
            <button
              type="button"
              disabled={from === 0}
              onClick={() => turn(from - PAGE)}
            >
              Earlier
            </button>
            <span>{`${from + 1}–${Math.min(from + PAGE, data.total)}`}</span>
            <button
              type="button"
              disabled={from + PAGE >= data.total}
              onClick={() =>
                turn(from + PAGE)}
            >
              Later
            </button>
          </div>
        )}
      </section>
    </div>
  );
}

function turn(from: number): void {
  set({ from: String(Math.max(0, from)) });
}

function isKind(text: string | undefined): text is ErrorKind {
  return text !== undefined && ["missed", "spurious", "wrong boundary", "wrong type"].includes(text);
}

/** j and k go from error to error, Enter opens the letter. */
function step(event: KeyboardEvent): void {
  const by = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
  if (by === 0 || isTyping(event)) return;
  const links = Array.from(document.querySelectorAll<HTMLElement>(".errors a"));
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}
