import { share, type Strategy } from "./strategy.ts";

/**
 * Stretches of words beside each other. The words between protected ones are cut into stretches of 1 to `2 × meanLength − 1` words, each
 * length as likely, and stretches are masked in random order; the last one in part, where the share ends within it.
 * Source: span corruption of T5 (Raffel et al., JMLR 21, 2020, section 3.1.4), which draws its lengths another way.
 */
export const spans = {
  name: "spans",
  choose(context, { ratio, meanLength = 3 }) {
    const random = context.random();
    const stretches: number[][] = [];
    let [previous, room] = [-2, 0];
    for (const index of context.maskable) {
      if (index !== previous + 1 || room === 0) {
        stretches.push([]);
        room = 1 + random.below(2 * meanLength - 1);
      }
      stretches.at(-1)?.push(index);
      room--;
      previous = index;
    }
    return random.shuffle(stretches).flat().slice(0, share(context.maskable.length, ratio));
  },
} as const satisfies Strategy<{ readonly ratio: number; readonly meanLength?: number }>;
