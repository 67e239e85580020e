/** Models are large: one of a kind is open at a time. @module */

/**
 * A place for one open model: opening the next closes the last, opening the same again gives it back.
 *
 * @example
 * ```ts
 * import { oneOpen } from "./one_open.ts";
 * import { deepEqual } from "node:assert/strict";
 * const closed: string[] = [];
 * const model = (name: string) => () => Promise.resolve({ close: () => Promise.resolve(void closed.push(name)) });
 * const place = oneOpen();
 * for (const name of ["a", "a", "b"]) await place.open(name, model(name));
 * deepEqual(closed, ["a"]);
 * await place.close();
 * deepEqual(closed, ["a", "b"]);
 * ```
 */
export function oneOpen<M extends { close(): Promise<void> } = { close(): Promise<void> }>() {
  let held: { key: string; model: M } | undefined;
  const close = async () => {
    const last = held;
    held = undefined;
    await last?.model.close();
  };
  return {
    close,
    async open(key: string, open: () => Promise<M>): Promise<M> {
      if (held?.key === key) return held.model;
      await close();
      const model = await open();
      held = { key, model };
      return model;
    },
  };
}
