/** @jsxImportSource preact */
/// <reference lib="dom" />
/** One letter: its versions side by side, and those it is nearest to. @module */

import { useEffect, useState } from "preact/hooks";
import type { Explained } from "../../letters/explain.ts";
import type { ShownLetter, ShownMark, ShownVersion } from "../../letters/letter_view.ts";
import type { LetterSource } from "../../letters/sources.ts";
import { set } from "../address.ts";
import { ask, useAsk } from "../ask.ts";
import { MarkedText } from "./marked_text.tsx";
import { Nearest } from "./nearest.tsx";

const roles = [
  { role: "state", title: "Masking and filling" },
  { role: "difference", title: "Word diff" },
  { role: "span", title: "Spans" },
] as const;

/** What states and differences mean, in the legend. */
const kinds: Readonly<Record<string, string>> = {
  protected: "protected",
  masked: "masked",
  filled: "filled",
  changed: "changed",
  added: "added",
  "left out": "left out",
};

interface LetterProps {
  readonly source: LetterSource;
  readonly id: string;
  /** Roles of marks that are hidden. */
  readonly hidden: readonly string[];
  readonly near: boolean;
}

/** A letter, as much of it as the settings show. */
export function LetterPanel({ source, id, hidden, near }: LetterProps) {
  const { data, error } = useAsk<ShownLetter>("api/letter", { source, id });
  const [explained, setExplained] = useState<Explained | string | undefined>(undefined);
  useEffect(() => setExplained(undefined), [id, JSON.stringify(source)]);
  if (error !== undefined) return <p class="error" role="alert">{error}</p>;
  if (!data) return <p class="soft">Reading…</p>;
  const versions = data.versions.map((version) => withCandidates(version, explained));
  const marks = versions.flatMap((version) => version.marks);
  const labels = [...new Set(marks.filter(({ role }) => role === "span").map(({ kind }) => kind))].sort();
  const present = roles.filter(({ role }) => marks.some((mark) => mark.role === role));
  const explain = () => {
    setExplained("The model is asked…");
    ask<Explained>("api/candidates", { source, id }).then(
      setExplained,
      (fault: Error) => setExplained(fault.message),
    );
  };
  const toggle = (role: string) =>
    set({
      hide: (hidden.includes(role) ? hidden.filter((one) => one !== role) : [...hidden, role]).join(","),
    });
  const told = marks.some(({ candidates }) => candidates !== undefined);
  return (
    <article class="card letter" aria-label={`Letter ${id}`}>
      <div class="bar">
        <h2>{data.id}</h2>
        <span class="soft">
          {Object.entries(data.meta).map(([key, value]) => `${key} ${value}`).join(" · ").slice(0, 200)}
        </span>
      </div>
      <div class="legend" aria-label="Marks">
        {present.map(({ role, title }) => (
          <label key={role}>
            <input type="checkbox" checked={!hidden.includes(role)} onChange={() => toggle(role)} />
            <span>{title}</span>
          </label>
        ))}
        {Object.keys(kinds).filter((kind) => marks.some((mark) => mark.role !== "span" && mark.kind === kind))
          .map((kind) => (
            <mark key={kind} class={["protected", "masked", "filled"].includes(kind) ? kind : "differs"}>
              {kinds[kind]}
            </mark>
          ))}
        {labels.map((label, i) => <mark key={label} class={`span s${i % 7}`}>{label}</mark>)}
        {data.canExplain && !told && typeof explained !== "string" && (
          <button type="button" onClick={explain}>Candidates of each blank</button>
        )}
        {typeof explained === "string" && <span class="soft" role="status">{explained}</span>}
        {told && <span class="soft">Point at a filled word to see its candidates.</span>}
      </div>
      {data.note !== undefined && <p class="note">{data.note}</p>}
      <div class="versions">
        {versions.map(({ title, text, marks }) => (
          <section key={title} aria-label={title}>
            {versions.length > 1 && <h3>{title}</h3>}
            <MarkedText
              text={text}
              labels={labels}
              marks={marks.filter(({ role }) => !hidden.includes(role))}
            />
          </section>
        ))}
      </div>
      <details
        class="near"
        open={near}
        onToggle={({ currentTarget }) => set({ near: currentTarget.open ? "1" : undefined })}
      >
        <summary>Nearest source letters, and what they share</summary>
        {near && <Nearest source={source} id={id} />}
      </details>
    </article>
  );
}

function withCandidates(version: ShownVersion, explained: Explained | string | undefined): ShownVersion {
  if (version.title !== "synthetic" || explained === undefined || typeof explained === "string") {
    return version;
  }
  let next = 0;
  return {
    ...version,
    marks: version.marks.map((mark): ShownMark => {
      const candidates = mark.kind === "filled" ? explained[next++] : undefined;
      return candidates ? { ...mark, candidates } : mark;
    }),
  };
}
