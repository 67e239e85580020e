/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Letters: a list, and one of them. @module */

import type { LetterList as Listed } from "../../letters/letter_list.ts";
import type { LetterSource } from "../../letters/sources.ts";
import type { Condition } from "../../results/condition_query.ts";
import { address, go, jsonOf, set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { Choice } from "../controls.tsx";
import { chosenOf, LetterList, PAGE, pageStart } from "../letter_list.tsx";
import type { Start } from "../views.ts";
import { LetterPanel } from "./letter.tsx";

/** The view of letters. */
export function LettersView({ start }: { readonly start: Start }) {
  const { settings } = address.value;
  const source = sourceOf(start, settings);
  const search = settings.q ?? "";
  const query = source && {
    ...{ source, search, from: pageStart(), count: PAGE },
    ...settings.label !== undefined && { label: settings.label },
  };
  const { data, error, busy } = useAsk<Listed>("api/letters", query);
  const chosen = chosenOf(data?.letters);
  const isCell = source !== undefined && "experiment" in source;
  return (
    <div class="view">
      <div class="head">
        <Choice
          label="Letters"
          value={isCell ? "cell" : source && "corpus" in source ? source.corpus : undefined}
          options={[
            ...start.corpora.map((name) => ({ value: name, title: name })),
            ...isCell ? [{ value: "cell", title: `of ${source.experiment}` }] : [],
          ]}
          onChange={(name) => name !== "cell" && go("letters", { k: name })}
        />
        {isCell && data?.cells && <Cell cells={data.cells} />}
        {isCell && <a href="#back" onClick={back}>Back to the results</a>}
      </div>
      {error !== undefined && <p class="error" role="alert">{error}</p>}
      {source && error === undefined && (
        <div class="columns">
          <LetterList
            list={data}
            busy={busy}
            aside={({ id, specialty }) =>
              specialty !== null && !id.startsWith(specialty) ? specialty : undefined}
          >
            <label class="field">
              <span>Search</span>
              <input
                type="search"
                value={search}
                onInput={({ currentTarget }) => set({ q: currentTarget.value, from: undefined })}
              />
            </label>
            {data && data.labels.length > 0 && (
              <Choice
                label="With span"
                value={settings.label}
                none="any"
                options={data.labels.map(({ label, count }) => ({
                  value: label,
                  title: `${label} (${count.toLocaleString("en")})`,
                }))}
                onChange={(label) => set({ label, from: undefined })}
              />
            )}
          </LetterList>
          <div class="content">
            {data && chosen === undefined && (
              <p class="note">No letter holds that. Search for something else.</p>
            )}
            {chosen !== undefined && (
              <LetterPanel
                source={source}
                id={chosen}
                hidden={(settings.hide ?? "").split(",").filter((role) => role !== "")}
                near={settings.near === "1"}
              />
            )}
          </div>
        </div>
      )}
      {!source && (
        <p class="note">
          No letters are served. Name some: deno task explore --letters my-letters
        </p>
      )}
    </div>
  );
}

function sourceOf(start: Start, settings: Readonly<Record<string, string>>): LetterSource | undefined {
  const { e, c, k } = settings;
  if (e !== undefined) return { experiment: e, condition: jsonOf<Condition>(c, {}, isCondition) };
  const corpus = start.corpora.find((name) => name === k) ?? start.corpora[0];
  return corpus === undefined ? undefined : { corpus };
}

function isCondition(value: unknown): value is Condition {
  return typeof value === "object" && value !== null &&
    Object.values(value).every((level) => typeof level === "string" || typeof level === "number");
}

/** Which of the cells that fit, where there are several. */
function Cell({ cells }: { readonly cells: readonly Condition[] }) {
  const texts = cells.map((cell) =>
    Object.entries(cell).map(([factor, level]) => `${factor} ${level}`).join(", ")
  );
  if (cells.length < 2) return <p class="question">{texts[0]}</p>;
  return (
    <Choice
      label="Cell"
      value="0"
      options={texts.map((title, i) => ({ value: String(i), title }))}
      onChange={(i) => set({ c: JSON.stringify(cells[Number(i)]) })}
    />
  );
}

function back(event: Event): void {
  event.preventDefault();
  history.back();
}
