/** @jsxImportSource preact */
/// <reference lib="dom" />
/** How far reviewers agree, and what was reviewed as BRAT. @module */

import { useEffect, useState } from "preact/hooks";
import { tell, useAsk } from "../ask.ts";
import { Save, tableForms } from "../controls.tsx";
import { DataTable, type ShownTable } from "../data_table.tsx";

interface AgreementProps {
  readonly corpus: string;
  readonly reviewer: string;
  /** Counts what was decided since the page was opened. */
  readonly changes: number;
}

/** The table of agreement, and the export. */
export function Agreement({ corpus, reviewer, changes }: AgreementProps) {
  const { data, error } = useAsk<ShownTable>("api/review/agreement", { corpus, changes });
  const [kept, setKept] = useState(false);
  const [told, setTold] = useState("");
  useEffect(() => setTold(""), [changes]);
  const write = () => {
    const query = { corpus, reviewer, rejected: kept ? "kept" : "left out" };
    tell<{ path: string; letters: number }>("api/review/export", query).then(
      ({ path, letters }) => setTold(`${letters} ${letters === 1 ? "letter" : "letters"} in ${path}`),
      (fault: Error) => setTold(fault.message),
    );
  };
  return (
    <section class="card" aria-label="Agreement and export">
      <div class="bar">
        <h2>Agreement</h2>
        <span class="grow" />
        <Save label="Save table" path="export/agreement" query={{ corpus }} as={tableForms} />
      </div>
      {error !== undefined && <p class="error" role="alert">{error}</p>}
      {data && (
        <>
          <DataTable table={data} />
          <p class="caption">{data.caption}</p>
        </>
      )}
      <div class="legend export">
        <button type="button" onClick={write}>Export to BRAT</button>
        <label>
          <input
            type="checkbox"
            checked={kept}
            onChange={({ currentTarget }) => setKept(currentTarget.checked)}
          />
          <span>with rejected spans</span>
        </label>
        <span class="soft" role="status">{told}</span>
      </div>
    </section>
  );
}
