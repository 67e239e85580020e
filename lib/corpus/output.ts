/** Output that grows letter by letter, beside its place until it is whole. @module */
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { writeErrorLine } from "../write_file.ts";
import type { Chunk } from "./format.ts";

/** How far an output is: all before it is written. */
export interface Checkpoint {
  /** What the writer needs to know again; any JSON. */
  readonly note: unknown;
  /** The length in bytes of each file that grows. */
  readonly lengths: Readonly<Record<string, number>>;
}

const checkpointSchema = z.object({ note: z.unknown(), lengths: z.record(z.string(), z.number()) });
const mostOpenBytes = 1 << 18;

/** Where an output is to be, and what it is. */
export interface OutputPlace {
  readonly path: string;
  /** A folder of files; else one file. */
  readonly folder: boolean;
  /** Whether files of the folder are packed; a file is where its name ends with `.gz`. */
  readonly gzip?: boolean;
}

/**
 * A file or folder that is written piece by piece under a hidden name beside its place (`.NAME.partial`), and has its place only once
 * it is whole. {@linkcode Output.checkpoint} makes what there is safe; an output that was cut off goes on from its last checkpoint.
 *
 * A packed file is a row of gzip members, one a checkpoint at least.
 */
export class Output {
  readonly #place: OutputPlace;
  readonly #partial: string;
  readonly #files = new Map<string, { file: Deno.FsFile; length: number; waiting: string[]; size: number }>();
  #last: Checkpoint | undefined;
  #begun = false;

  private constructor(place: OutputPlace) {
    this.#place = place;
    this.#partial = join(dirname(place.path), `.${basename(place.path)}.partial`);
  }

  /** Opens an output, and says how far it was if it was cut off: where its last checkpoint is accepted. */
  static async open(place: OutputPlace, accept: (note: unknown) => boolean = () => false): Promise<Output> {
    const output = new Output(place);
    await output.#checkPlace();
    const last = await output.#readCheckpoint();
    if (last && accept(last.note)) await output.#resume(last);
    else await output.remove();
    return output;
  }

  /** The checkpoint from which it goes on; undefined where it begins. */
  get last(): Checkpoint | undefined {
    return this.#last;
  }

  /** Whether anything was written. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Adds a piece. */
  async add({ file, text, whole }: Chunk): Promise<void> {
    if (!text.isWellFormed()) {
      throw new Error(
        `${
          this.#named(file)
        }: half of a surrogate pair, which UTF-8 can't hold. Mend the letter, or write .jsonl.`,
      );
    }
    await this.#begin(file);
    if (whole) {
      return await this.#explained(file, () => Deno.writeFile(this.#at(file), this.#packed(file, text)));
    }
    const open = this.#files.get(file) ?? await this.#explained(file, () => this.#openFile(file));
    open.waiting.push(text);
    open.size += text.length;
    if (open.size >= mostOpenBytes) await this.#flush(file);
  }

  /** Makes all that was added safe, with what is to be known when it goes on from here. */
  async checkpoint(note: unknown): Promise<void> {
    if (!this.#begun) return;
    const lengths: Record<string, number> = {};
    for (const [file, open] of this.#files) {
      await this.#flush(file);
      lengths[file] = open.length;
    }
    this.#last = { note, lengths };
    const beside = `${this.#partial}.json.new`;
    await this.#explained("", async () => {
      await Deno.writeTextFile(beside, JSON.stringify(this.#last));
      await Deno.rename(beside, `${this.#partial}.json`);
    });
  }

  /** All is added: puts it in its place. */
  async finish(): Promise<void> {
    for (const file of this.#files.keys()) await this.#flush(file);
    this.close();
    if (!this.#begun) await this.#begin("");
    await this.#explained("", () => this.#intoPlace());
    await remove(`${this.#partial}.json`);
  }

  /** Closes the files and leaves what is there, to go on from the last checkpoint. */
  close(): void {
    for (const { file } of this.#files.values()) file.close();
    this.#files.clear();
  }

  /** Removes what was written beside. */
  async remove(): Promise<void> {
    this.close();
    await remove(this.#partial);
    await remove(`${this.#partial}.json`);
    await remove(`${this.#partial}.json.new`);
  }

  /** What is in the way at the end is better said at the beginning. */
  async #checkPlace(): Promise<void> {
    const { path, folder } = this.#place;
    const kind = await kindOf(path);
    if (folder && kind === "file") {
      throw new Error(`${path}: a file is in the way of the folder. Remove it, or choose another folder.`);
    }
    if (!folder && kind === "folder") {
      throw new Error(`${path}: a folder of that name is in the way. Remove it, or choose another name.`);
    }
  }

  async #begin(file: string): Promise<void> {
    if (this.#begun) return;
    await this.#explained(file, async () => {
      await Deno.mkdir(this.#place.folder ? this.#partial : dirname(this.#partial), { recursive: true });
      if (!this.#place.folder) await Deno.writeTextFile(this.#partial, "", { append: true });
    });
    this.#begun = true;
  }

  async #intoPlace(): Promise<void> {
    const { path, folder } = this.#place;
    if (folder && await kindOf(path) === "folder") {
      for await (const { name } of Deno.readDir(this.#partial)) {
        await Deno.rename(`${this.#partial}/${name}`, `${path}/${name}`);
      }
      return await Deno.remove(this.#partial);
    }
    await Deno.rename(this.#partial, path);
  }

  async #openFile(file: string) {
    const opened = await Deno.open(this.#at(file), { write: true, create: true, append: true });
    const open = { file: opened, length: (await opened.stat()).size, waiting: [], size: 0 };
    this.#files.set(file, open);
    return open;
  }

  async #flush(file: string): Promise<void> {
    const open = this.#files.get(file);
    if (!open || open.waiting.length === 0) return;
    const bytes = this.#packed(file, open.waiting.join(""));
    open.waiting = [];
    open.size = 0;
    open.length += bytes.length;
    await this.#explained(file, async () => {
      for (let at = 0; at < bytes.length;) at += await open.file.write(bytes.subarray(at));
    });
  }

  #packed(file: string, text: string): Uint8Array {
    const bytes = new TextEncoder().encode(text);
    return this.#at(file).endsWith(".gz") || (file === "" && this.#place.path.endsWith(".gz"))
      ? gzipSync(bytes)
      : bytes;
  }

  /** Where a file of the output is while it is written. */
  #at(file: string): string {
    return file === "" ? this.#partial : `${this.#partial}/${file}${this.#place.gzip ? ".gz" : ""}`;
  }

  /** Where a file of the output will be. */
  #named(file: string): string {
    return file === "" ? this.#place.path : `${this.#place.path}/${file}${this.#place.gzip ? ".gz" : ""}`;
  }

  async #explained<T>(file: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw new Error(writeErrorLine(this.#named(file), error), { cause: error });
    }
  }

  async #readCheckpoint(): Promise<Checkpoint | undefined> {
    try {
      const text = await Deno.readTextFile(`${this.#partial}.json`);
      return checkpointSchema.parse(JSON.parse(text));
    } catch (error) {
      if (absent(error)) return undefined;
      throw new Error(
        `${this.#partial}.json: can't be read. Remove it, and what is beside it, to begin anew.`,
        {
          cause: error,
        },
      );
    }
  }

  async #resume(last: Checkpoint): Promise<void> {
    try {
      for (const [file, length] of Object.entries(last.lengths)) {
        if ((await Deno.stat(this.#at(file))).size < length) return await this.remove();
        await Deno.truncate(this.#at(file), length);
      }
    } catch (error) {
      if (absent(error)) return await this.remove();
      throw error;
    }
    this.#last = last;
    this.#begun = true;
    for (const file of Object.keys(last.lengths)) await this.#openFile(file);
  }
}

function absent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!absent(error)) throw error;
  }
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    return (await Deno.stat(path)).isDirectory ? "folder" : "file";
  } catch (error) {
    if (absent(error)) return undefined;
    throw error;
  }
}
