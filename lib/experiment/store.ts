/** Results of steps, kept under the hash of all they depend on. @module */

import { z } from "zod";
import { isAbsence } from "../look.ts";
import { writeFile } from "../write_file.ts";
import { canonical, type Json } from "./hash.ts";
import { sha256 } from "../sha256.ts";

/** A step whose result can be stored. */
export interface Step<T> {
  /** What is done: `"fill"`. */
  readonly name: string;
  /** All that the result depends on: contents (or hashes of them), resolved options, the version of the code. */
  readonly inputs: { readonly [key: string]: Json };
  /** The shape of the result, which is what JSON can say. */
  readonly schema: z.ZodType<T>;
  /** Does it. */
  compute(): Promise<T>;
}

/** What became of the steps so far. */
export interface StoreCounts {
  found: number;
  computed: number;
  /** Entries that were there but broken; they were computed anew. */
  damaged: number;
}

/** Where results are kept. */
export interface Store {
  readonly counts: Readonly<StoreCounts>;
  /** The step's stored result, or else the computed one, which is stored. */
  result<T>(step: Step<T>): Promise<T>;
}

/** Options of a store. */
export interface StoreOptions {
  /** Computes nothing: a step that is not stored throws {@linkcode NotStored}. */
  readonly dry?: boolean;
  /** Told the path of an entry that is used. */
  readonly onFound?: (path: string) => void;
}

/** A step's result is not in a store that computes nothing. */
export class NotStored extends Error {
  override readonly name = "NotStored";
}

const envelope = z.object({ sha256: z.string(), entry: z.string() });
const content = z.object({ step: z.string(), inputs: z.unknown(), result: z.unknown() });

/**
 * A store in a folder: a file an entry, named by the hash of the step's name and inputs, written beside and renamed, with
 * a checksum that is tested whenever it is read. An entry that fails the test (cut short, altered) is counted as
 * damaged and computed anew, never used. Runs that are going on at the same time can share the folder.
 *
 * @throws {Error} from `result()`: what the step throws, or one line when the entry can't be written
 *
 * @example
 * ```ts
 * import { openStore } from "./store.ts";
 * import { deepEqual } from "node:assert/strict";
 * import { z } from "zod";
 * const store = openStore(await Deno.makeTempDir());
 * const step = { name: "square", inputs: { of: 7 }, schema: z.number(), compute: () => Promise.resolve(49) };
 * deepEqual([await store.result(step), await store.result(step)], [49, 49]);
 * deepEqual(store.counts, { found: 1, computed: 1, damaged: 0 });
 * ```
 */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  const { dry = false, onFound } = options;
  const counts: StoreCounts = { found: 0, computed: 0, damaged: 0 };
  return {
    counts,
    async result<T>({ name, inputs, schema, compute }: Step<T>): Promise<T> {
      const key = sha256(canonical({ step: name, inputs }));
      const path = `${folder}/${key.slice(0, 2)}/${key}.json`;
      const text = await readIfThere(path);
      const stored = text === undefined ? undefined : parseEntry(text, key, schema);
      if (stored) {
        counts.found++;
        onFound?.(path);
        return stored.result;
      }
      if (text !== undefined) counts.damaged++;
      if (dry) throw new NotStored(`${name}: not stored.`);
      const result = await compute();
      const entry = JSON.stringify({ step: name, inputs, result });
      await writeFile(path, JSON.stringify({ sha256: sha256(entry), entry }));
      counts.computed++;
      return result;
    },
  };
}

/** The result in an entry's text, or `undefined` where the text is not what was written. */
function parseEntry<T>(text: string, key: string, schema: z.ZodType<T>): { result: T } | undefined {
  const outer = envelope.safeParse(parseJson(text)).data;
  if (!outer || sha256(outer.entry) !== outer.sha256) return undefined;
  const inner = content.extend({ inputs: z.json() }).safeParse(parseJson(outer.entry)).data;
  if (!inner || sha256(canonical({ step: inner.step, inputs: inner.inputs })) !== key) return undefined;
  const { success, data } = schema.safeParse(inner.result);
  return success ? { result: data } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut short: the caller reports it
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (isAbsence(error)) return undefined; // where a file is in the folder's place, writing says so
    throw error;
  }
}
