import type { Strategy } from "./strategy.ts";

/** Any word that is not protected. Source: Synthetic4Health. */
export const randomWords = {
  name: "random",
  choose: (context, { ratio }) => context.draw(context.maskable, ratio),
} as const satisfies Strategy;
