/** @jsxImportSource preact */
/// <reference lib="dom" />
/** Review: letters and their spans, decided by keyboard. @module */

import { useState } from "preact/hooks";
import type { Progress, ReviewedList } from "../../review/reviewed_list.ts";
import { address, set } from "../address.ts";
import { useAsk } from "../ask.ts";
import { Choice } from "../controls.tsx";
import { chosenOf, LetterList, PAGE, pageStart } from "../letter_list.tsx";
import type { Start } from "../views.ts";
import { Agreement } from "./agreement.tsx";
import { ReviewLetter } from "./letter.tsx";

const shows = [
  { value: "all", title: "all letters" },
  { value: "to do", title: "to do" },
  { value: "to adjudicate", title: "to adjudicate" },
] as const;

/** What the list says of a letter. */
const progressTitles: Readonly<Record<Progress, string>> = {
  new: "",
  begun: "begun",
  done: "done",
  open: "both done",
  disputed: "disputed",
};

/** The view of the review. */
export function ReviewView({ start }: { readonly start: Start }) {
  if (!start.review) return <HowToStart />;
  const { r: reviewer, k } = address.value.settings;
  const corpus = start.corpora.find((name) => name === k) ?? start.corpora[0];
  if (corpus === undefined) {
    return (
      <div class="view">
        <p class="note">No letters are served. Name some: --letters my-letters</p>
      </div>
    );
  }
  return (
    <div class="view">
      <div class="head">
        <Name reviewer={reviewer ?? ""} />
        <Choice
          label="Letters"
          value={corpus}
          options={start.corpora.map((name) => ({ value: name, title: name }))}
          onChange={(k) => set({ k, id: undefined, from: undefined })}
        />
      </div>
      {reviewer === undefined
        ? <p class="note">Say who reviews. Two reviewers see what the other decided once both are done.</p>
        : <Reviewing key={`${corpus} ${reviewer}`} corpus={corpus} reviewer={reviewer} />}
    </div>
  );
}

function HowToStart() {
  return (
    <div class="view">
      <section class="card" aria-label="How to start a review">
        <h2>No folder for a review</h2>
        <p>A review is kept in a folder of yours. Start the explorer with one:</p>
        <p>
          <code>deno task explore --review .cache/explorer/review</code>
        </p>
        <p class="soft">
          That command may write there alone. For a folder elsewhere:{" "}
          <code>deno task palimpsest explore --review FOLDER</code>
        </p>
      </section>
    </div>
  );
}

function Name({ reviewer }: { readonly reviewer: string }) {
  return (
    <label class="field">
      <span>Reviewer</span>
      <input
        type="search"
        value={reviewer}
        maxLength={40}
        placeholder="your name"
        onKeyDown={({ key, currentTarget }) => key === "Enter" && currentTarget.blur()}
        onChange={({ currentTarget }) => set({ r: currentTarget.value.trim() || undefined })}
      />
    </label>
  );
}

function Reviewing({ corpus, reviewer }: { readonly corpus: string; readonly reviewer: string }) {
  const { settings } = address.value;
  const show = shows.find(({ value }) => value === settings.show)?.value ?? "all";
  const [changes, setChanges] = useState(0);
  const { data, error } = useAsk<ReviewedList>("api/review/letters", {
    ...{ corpus, reviewer, show, from: pageStart(), count: PAGE, changes },
  });
  const chosen = chosenOf(data?.letters);
  if (error !== undefined) return <p class="error" role="alert">{error}</p>;
  return (
    <div class="columns">
      <LetterList list={data} aside={({ progress }) => progressTitles[progress]}>
        <Choice
          label="Show"
          value={show}
          options={shows}
          onChange={(show) => set({ show, id: undefined, from: undefined })}
        />
      </LetterList>
      <div class="content">
        {data?.notes.map((note) => <p key={note} class="note" role="status">{note}</p>)}
        {data && chosen === undefined && <p class="note">No letter to show. Choose another list.</p>}
        {chosen !== undefined && (
          <ReviewLetter
            key={chosen}
            {...{ corpus, reviewer, id: chosen }}
            onChange={() => setChanges((before) => before + 1)}
          />
        )}
        <Agreement corpus={corpus} reviewer={reviewer} changes={changes} />
      </div>
    </div>
  );
}
