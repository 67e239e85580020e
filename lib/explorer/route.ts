/** What a view asks of the server. @module */

import type { z } from "zod";
import type { LetterSources } from "./letters/sources.ts";
import type { OpenResults } from "./results/open_results.ts";
import type { ReviewHistory } from "./review/history.ts";

/** What all views look at. */
export interface Explorer {
  readonly results: OpenResults;
  readonly letters: LetterSources;
  /** Where the user named a folder for it. */
  readonly review?: ReviewHistory;
}

/** A file to save, in place of an answer for the page. */
export class Download {
  constructor(
    readonly name: string,
    readonly type: string,
    readonly body: string | Uint8Array<ArrayBuffer>,
  ) {}
}

/** What was asked can't be answered, for a reason that the user can mend: shown in place of what was asked for. */
export class Unanswerable extends Error {
  override readonly name = "Unanswerable";
}

/** Answers what is asked at an address. */
export interface Route {
  /** `"write"` where it changes something on the disk: such a route takes POST alone. */
  readonly does: "read" | "write";
  /** The answer: what JSON can say, or a file. */
  answer(query: unknown, explorer: Explorer): Promise<unknown>;
}

/** Routes by their addresses: `"api/cells"`. */
export type Routes = Readonly<Record<string, Route>>;

/**
 * A route whose query is checked before it is answered.
 *
 * @throws {Unanswerable} from `answer()`, when the query is not of the schema
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { route } from "./route.ts";
 * const double = route(z.object({ of: z.number() }), ({ of }) => Promise.resolve(2 * of));
 * ```
 */
export function route<Query>(
  schema: z.ZodType<Query>,
  answer: (query: Query, explorer: Explorer) => Promise<unknown>,
  does: Route["does"] = "read",
): Route {
  return {
    does,
    async answer(query, explorer) {
      const parsed = schema.safeParse(query);
      if (parsed.success) return await answer(parsed.data, explorer);
      const { path, message } = parsed.error.issues[0] ?? { path: [], message: "not as expected" };
      throw new Unanswerable(`query${path.map((key) => `.${String(key)}`).join("")}: ${message}.`);
    },
  };
}
