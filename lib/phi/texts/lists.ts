/** The project's own lists and templates that texts are made of. @module */

/** Named lists. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** What English texts are made of. */
export interface Material {
  readonly lists: Lists;
  /** Forms of numbers and codes. */
  readonly forms: Lists;
  /** Templates by file: `queries`, `notes`, `fields`, … */
  readonly templates: Lists;
}

const FILES = [
  "queries",
  "negatives",
  "messages",
  "fields",
  "notes",
  "clinical",
  "headlines",
  "closings",
  "frames",
];
let english: Material | undefined;

/** Reads `english/*.txt`, once. */
export function englishMaterial(): Material {
  if (english) return english;
  const read = (name: string) => Deno.readTextFileSync(new URL(`english/${name}.txt`, import.meta.url));
  const templates = new Map(FILES.map((name) => [
    name,
    read(name).split("\n").filter((line) => line !== "" && !line.startsWith("# ")),
  ]));
  return english = { lists: sections(read("lists")), forms: sections(read("forms")), templates };
}

/**
 * Lists of a file: a line `# name` before each; items between `|` where there is one, else between blanks, `_` standing for one.
 *
 * @example
 * ```ts
 * import { sections } from "./lists.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lists = sections("# towns\nYork|Milton Keynes\n# names\nOsei Da_Silva\n");
 * deepEqual([...lists], [["towns", ["York", "Milton Keynes"]], ["names", ["Osei", "Da Silva"]]]);
 * ```
 */
export function sections(text: string): Lists {
  const lists = new Map<string, string[]>();
  let open: string[] = [];
  for (const line of text.split("\n")) {
    const name = /^# (\w+)$/.exec(line)?.[1];
    if (name !== undefined) lists.set(name, open = []);
    else if (line.includes("|")) open.push(...line.split("|"));
    else {open.push(
        ...line.split(/\s+/).filter((word) => word !== "").map((word) => word.replaceAll("_", " ")),
      );}
  }
  return lists;
}

/** A list by its name. @throws {Error} where there is none */
export function listOf(lists: Lists, name: string): readonly string[] {
  const list = lists.get(name);
  if (list === undefined || list.length === 0) {
    throw new Error(`no list "${name}". Known are ${[...lists.keys()].join(", ")}.`);
  }
  return list;
}
