import { indicesWithin } from "../protect/rule.ts";
import type { Context, Strategy } from "./strategy.ts";

/** What the two strategies by distance read. */
interface DistanceOptions {
  readonly ratio: number;
  /** In words; marks count as words. */
  readonly distance: number;
}

/** For each word how many words the nearest entity is away: 0 within one, 1 beside it, infinite where the letter has none. */
function distances({ letter, words }: Context): number[] {
  const found = new Array<number>(words.length).fill(Infinity);
  for (const index of indicesWithin(words, letter.spans)) found[index] = 0;
  for (let i = 1; i < words.length; i++) {
    found[i] = Math.min(found[i] ?? Infinity, (found[i - 1] ?? Infinity) + 1);
  }
  for (let i = words.length - 2; i >= 0; i--) {
    found[i] = Math.min(found[i] ?? Infinity, (found[i + 1] ?? Infinity) + 1);
  }
  return found;
}

/** Words at least so far from every gold entity: what stands beside an entity, and tells what is said of it, stays. */
export const awayFromEntities = {
  name: "away-from-entities",
  choose(context, { ratio, distance }) {
    const far = distances(context);
    return context.draw(context.maskable.filter((index) => (far[index] ?? 0) >= distance), ratio);
  },
} as const satisfies Strategy<DistanceOptions>;

/** Words at most so far from a gold entity: only what stands beside entities changes. */
export const nearEntities = {
  name: "near-entities",
  choose(context, { ratio, distance }) {
    const far = distances(context);
    return context.draw(context.maskable.filter((index) => (far[index] ?? Infinity) <= distance), ratio);
  },
} as const satisfies Strategy<DistanceOptions>;
