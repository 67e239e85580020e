import type { Strategy } from "./strategy.ts";
import { type ClassName, memberOf } from "./word_classes.ts";

/** Words of any of several classes. */
export const anyClass = {
  name: "classes",
  choose(context, { classes, ratio }) {
    const members = classes.map((name) => memberOf(name, context));
    return context.draw(
      context.maskable.filter((index) => members.some((isMember) => isMember(index))),
      ratio,
    );
  },
} as const satisfies Strategy<{ readonly classes: readonly ClassName[]; readonly ratio: number }>;
