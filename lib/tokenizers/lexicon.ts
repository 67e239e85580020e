/** Pieces and their ids. @module */

import type { AddedToken } from "./added_tokens.ts";
import type { Surface } from "./surface.ts";

/**
 * A model's pieces and the tokens added to them, by id and by text, and what they stand for.
 *
 * @example
 * ```ts
 * import { AddedToken } from "./added_tokens.ts";
 * import { Lexicon } from "./lexicon.ts";
 * import { surfaceOf } from "./surface.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * const mask = AddedToken.parse({ id: 2, content: "<mask>", special: true });
 * const bert = surfaceOf({ model: { type: "WordPiece" } });
 * const lexicon = new Lexicon(new Map([["a", 0], ["##b", 1]]), [mask], bert, "t.json");
 * deepEqual([lexicon.size, lexicon.ids.get("<mask>"), lexicon.surface(1).text], [3, 2, "b"]);
 * deepEqual([...lexicon.wholeWords()], [1, 0, 0]);
 * throws(() => new Lexicon(new Map([["a", 0]]), [{ ...mask, id: 0 }], bert, "t.json"), /"<mask>" has id 0, which is "a"/);
 * ```
 */
export class Lexicon {
  /** By id; ids that no piece has are holes. */
  readonly names: readonly (string | undefined)[];
  /** By text. */
  readonly ids: ReadonlyMap<string, number>;
  readonly #added: ReadonlySet<number>;
  readonly #special: ReadonlySet<string>;
  readonly #surface: (piece: string) => Surface;

  /** @throws Error in one line where a token has the id of a piece, or a piece's text and another id */
  constructor(
    vocabulary: ReadonlyMap<string, number>,
    added: readonly AddedToken[],
    surface: (piece: string) => Surface,
    where: string,
  ) {
    const ids = new Map(vocabulary);
    const names: (string | undefined)[] = [];
    for (const [piece, id] of vocabulary) names[id] = piece;
    for (const { content, id } of added) {
      const [name, known] = [names[id], ids.get(content)];
      if ((name ?? content) !== content || (known ?? id) !== id) {
        throw new Error(
          `${where}: added token "${content}" has id ${id}, ` +
            (name !== undefined ? `which is "${name}"` : `the vocabulary gives it ${known}`) +
            ". Put the files of one tokenizer together.",
        );
      }
      names[id] = content;
      ids.set(content, id);
    }
    this.names = names;
    this.ids = ids;
    this.#added = new Set(added.map(({ id }) => id));
    this.#surface = surface;
    this.#special = new Set(added.filter(({ special }) => special).map(({ content }) => content));
  }

  /** One more than the largest id. */
  get size(): number {
    return this.names.length;
  }

  /** Whether an id is that of an added token. */
  isAdded(id: number): boolean {
    return this.#added.has(id);
  }

  /** Whether a text is that of a token that decoding can leave out. */
  isSpecial(name: string): boolean {
    return this.#special.has(name);
  }

  /** @throws Error where no piece has the id */
  piece(id: number): string {
    const name = this.names[id];
    if (name === undefined) throw new Error(`piece ${id}: the tokenizer has ids below ${this.size}.`);
    return name;
  }

  /** @throws Error where no piece has the id */
  surface(id: number): Surface {
    const piece = this.piece(id);
    return this.isAdded(id) ? { text: piece, begins: true } : this.#surface(piece);
  }

  /** 1 at the ids of pieces that are words of letters and begin a word. */
  wholeWords(): Uint8Array {
    return Uint8Array.from(this.names, (name, id) => {
      if (name === undefined || this.isAdded(id)) return 0;
      const { text, begins } = this.#surface(name);
      return begins && /^\p{L}+$/u.test(text) ? 1 : 0;
    });
  }
}
