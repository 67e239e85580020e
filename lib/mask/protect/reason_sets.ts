/** Sets of reasons, of which letters have few and words many. @module */

/**
 * Lists of names that grow by one name at a time, each list made once: a word's list is a number, and adding a name to it a look-up.
 * List 0 is empty.
 */
export class ReasonSets<Name> {
  readonly #lists: (readonly Name[])[] = [[]];
  /** Of each list, by the place of the name that is added, the number of the longer list. */
  readonly #longer: (number | undefined)[][] = [[]];
  readonly #names: readonly Name[];

  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  /** The number of a list with the name at a place added; the same where it is its last already. */
  with(list: number, place: number): number {
    const known = this.#longer[list]?.[place];
    if (known !== undefined) return known;
    const [before, name] = [this.#lists[list] ?? [], this.#names[place]];
    if (name === undefined) return list;
    const number = before.at(-1) === name ? list : this.#lists.push([...before, name]) - 1;
    if (number !== list) this.#longer[number] = [];
    (this.#longer[list] ??= [])[place] = number;
    return number;
  }

  list(number: number): readonly Name[] {
    return this.#lists[number] ?? [];
  }
}
