/** The views of the page. @module */

import type { ComponentType } from "preact";
import { ErrorsView } from "./errors/view.tsx";
import { LettersView } from "./letters/view.tsx";
import { ResultsView } from "./results/view.tsx";
import { ReviewView } from "./review/view.tsx";

/** A view. */
export interface View {
  /** Stands in the address: `#/results`. */
  readonly name: string;
  readonly title: string;
  readonly Component: ComponentType<{ readonly start: Start }>;
}

/** What the server says of itself when the page opens. */
export interface Start {
  readonly version: string;
  readonly experiments: readonly {
    readonly id: string;
    readonly question: string;
    readonly leftOut?: string;
  }[];
  readonly corpora: readonly string[];
  /** Whether there is a folder for a review. */
  readonly review: boolean;
}

/** In the order in which they stand above the page; a view adds itself here. */
export const views: readonly View[] = [
  { name: "results", title: "Results", Component: ResultsView },
  { name: "letters", title: "Letters", Component: LettersView },
  { name: "errors", title: "Errors", Component: ErrorsView },
  { name: "review", title: "Review", Component: ReviewView },
];
