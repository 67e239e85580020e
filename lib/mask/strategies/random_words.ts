import type { Strategy } from "./strategy.ts";

/** Any word that is not protected. */
export const randomWords = { name: "random", candidates: (maskable) => maskable } as const satisfies Strategy;
