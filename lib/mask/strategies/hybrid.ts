import type { Strategy } from "./strategy.ts";
import { type ClassName, classNames, memberOf } from "./word_classes.ts";

/** Words of several classes, of each class its own share. A word of two classes counts for the one that `classNames` has first. */
export const hybrid = {
  name: "hybrid",
  choose(context, { ratios }) {
    const chosen: number[] = [];
    let left: readonly number[] = context.maskable;
    for (const name of classNames) {
      const ratio = ratios[name];
      if (ratio === undefined) continue;
      const isMember = memberOf(name, context);
      chosen.push(...context.draw(left.filter(isMember), ratio, name));
      left = left.filter((index) => !isMember(index));
    }
    return chosen;
  },
} as const satisfies Strategy<{ readonly ratios: Readonly<Partial<Record<ClassName, number>>> }>;
