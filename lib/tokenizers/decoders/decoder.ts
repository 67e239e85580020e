/** What all decoders share. @module */

/** A step from pieces towards text. */
export type Decoder = (pieces: readonly string[]) => string[];
