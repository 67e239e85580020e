import type { Strategy } from "./strategy.ts";
import { type ClassName, memberOf } from "./word_classes.ts";

/** Words of any of several classes. */
export const anyClass = {
  name: "classes",
  choose(context, { classes, ratio }) {
    const members = classes.map((name) => memberOf(name, context));
    const [only, ...others] = members;
    const isMember = only !== undefined && others.length === 0
      ? only // which is quicker to ask alone, and mostly is alone
      : (index: number) => members.some((isMember) => isMember(index));
    return context.draw(context.maskable.filter((index) => isMember(index)), ratio);
  },
} as const satisfies Strategy<{ readonly classes: readonly ClassName[]; readonly ratio: number }>;
