/** Every filter. @module */
import { copy } from "./copy.ts";
import type { Filter } from "./filter.ts";
import { phi } from "./phi.ts";
import { repeat } from "./repeat.ts";

/** In the order in which they are asked: the first that refuses is counted. */
export const filters = [copy, repeat, phi] as const satisfies readonly Filter[];

/** The name of a filter. */
export type FilterName = typeof filters[number]["name"];

/** The names of all filters. */
export const filterNames: readonly FilterName[] = filters.map(({ name }) => name);
