/** What all normalizers share. @module */

import type { Aligned } from "../aligned.ts";

/** Where a stretch of text lies, for the few steps that treat ends otherwise. */
export interface Place {
  /** Whether it begins a section: the text itself, or what follows an added token. */
  readonly head: boolean;
  /** Whether it ends a section. */
  readonly tail: boolean;
  /** Whether the section begins the text. */
  readonly first: boolean;
}

/** A step that changes characters before a text is split. */
export interface Normalizer {
  /**
   * How far around itself a character matters: alone; with its neighbours, which plain letters are not affected by; or the
   * whole text.
   */
  readonly reach: "character" | "neighbours" | "text";
  /** Whether white space stays so, and next to plain letters nothing else becomes it. */
  readonly keepsSpaces: boolean;
  readonly normalize: (text: Aligned, place: Place) => Aligned;
}
