/** What the labels of corpora stand for, and how each is replaced. @module */

import { z } from "zod";
import { clinicalLabels } from "../../corpus/labels.ts";
import { nearestName } from "../../nearest_name.ts";
import { readFile } from "../../read_file.ts";
import { sha256 } from "../../sha256.ts";
import sets from "./label_sets.json" with { type: "json" };

/** How something is replaced. `kept`: it names nobody and stays (sex). */
export const surrogateSorts = [
  ...["name", "relative", "date", "age", "place", "street", "country", "organisation", "profession"] as const,
  ...["phone", "email", "url", "ip", "id", "vehicle", "other", "kept"] as const,
] as const;

/** See {@linkcode surrogateSorts}. */
export type SurrogateSort = typeof surrogateSorts[number];

/** A label's kind in the labels of the embedded letters, null where the finder is not measured on it, and how it is replaced. */
export interface LabelMeaning {
  readonly kind: string | null;
  readonly sort: SurrogateSort;
}

const meaning = z.strictObject({ kind: z.string().nullable(), sort: z.enum(surrogateSorts) });
const table = z.record(z.string(), meaning);
const builtIn: ReadonlyMap<string, LabelMeaning> = new Map(
  Object.values(z.record(z.string(), table).parse(sets)).flatMap((set) => Object.entries(set)),
);

/** The mapping between label sets: of the embedded letters, of MEDDOCAN's 29, i2b2 2014, HIPAA's Safe Harbor and presidio, `label_sets.json`. */
export class LabelMap {
  readonly #labels: ReadonlyMap<string, LabelMeaning>;
  /** Other for other mappings. */
  readonly fingerprint: string;

  constructor(own: Readonly<Record<string, LabelMeaning>> = {}) {
    this.#labels = new Map([...builtIn, ...Object.entries(own)]);
    this.fingerprint = sha256(JSON.stringify([...this.#labels]));
  }

  /**
   * What a label stands for; nothing for a clinical one of the embedded letters.
   *
   * @throws {Error} for a label that no set has
   */
  meaning(label: string): LabelMeaning | undefined {
    const found = this.#labels.get(label);
    if (found || Object.hasOwn(clinicalLabels, label)) return found;
    throw new Error(
      `label "${label}" has no mapping. The nearest is ${nearestName(label, [...this.#labels.keys()])}; ` +
        "name the labels to replace, or map it to a kind and a sort.",
    );
  }
}

/**
 * Reads a mapping of one's own: `{"LABEL": {"kind": "PATIENT", "sort": "name"}, …}`; it adds to those that are built in.
 *
 * @throws {Error} naming the file when it is no such mapping
 *
 * @example
 * ```ts
 * import { readLabelMap } from "./label_sets.ts";
 * import { equal } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, '{"VILLE": {"kind": "LOCATION", "sort": "place"}}');
 * const map = await readLabelMap(file);
 * equal(map.meaning("VILLE")?.sort, "place");
 * equal(map.meaning("FECHAS")?.kind, "DATE");
 * equal(map.meaning("DRUG"), undefined);
 * await Deno.remove(file);
 * ```
 */
export async function readLabelMap(path: string): Promise<LabelMap> {
  const text = new TextDecoder().decode(await readFile(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${path}: is no JSON. Write {"LABEL": {"kind": "PATIENT", "sort": "name"}}.`);
  }
  const { success, data, error } = table.safeParse(value);
  if (success) return new LabelMap(data);
  const issue = error.issues[0];
  throw new Error(
    `${path}: ${issue?.path.join(".")}: ${issue?.message}. Sorts: ${surrogateSorts.join(", ")}.`,
  );
}
