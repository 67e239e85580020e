/**
 * Python's pickle format, protocols 2 to 5 (https://docs.python.org/3/library/pickletools.html), read as data.
 *
 * A pickle is a program for a small stack machine which may ask for any function of Python by name and call it. Here nothing
 * is ever run: a name that is asked for is handed to the caller of {@linkcode readPickle}, who knows a few and refuses the rest.
 *
 * @module
 */

import { readConstant } from "./pickle_constant.ts";
import { PickleReader } from "./pickle_reader.ts";
import { Callable, Dict, type PickleValue, Tuple } from "./pickle_value.ts";

/** What a pickle may ask of its reader. */
export interface PickleContext {
  /**
   * What a global stands for.
   *
   * @throws {Error} for one that is refused
   */
  readonly global: (module: string, name: string) => PickleValue;
  /** What a persistent id stands for; left out, there are none. */
  readonly persistent?: (id: PickleValue) => PickleValue;
}

/** A state dict of 40,000 tensors comes near it; what goes beyond is made to fill the memory. */
const MOST_VALUES = 400_000;

/**
 * Reads one pickle.
 *
 * @param start where it begins
 * @returns its value, and where it ends
 * @throws {PickleEnd} where the bytes end before it does
 * @throws {Error} where the bytes are no pickle of protocols 2 to 5, or it asks for more than a value made of tuples, lists,
 * dicts, texts, numbers and what `context` makes
 *
 * @example
 * ```ts
 * import { readPickle } from "./pickle.ts";
 * import { equal, throws } from "node:assert/strict";
 * const none = { global: (module: string, name: string): never => { throw new Error(`${module}.${name}`); } };
 * equal(readPickle(Uint8Array.of(0x80, 2, 0x4b, 7, 0x2e), none).value, 7);
 * const evil = new TextEncoder().encode("\x80\x02cos\nsystem\n.").slice(1);
 * throws(() => readPickle(Uint8Array.of(...evil), none), /os\.system/);
 * ```
 */
export function readPickle(
  bytes: Uint8Array,
  context: PickleContext,
  start = 0,
): { value: PickleValue; end: number } {
  const reader = new PickleReader(bytes, start);
  if (reader.uint8() !== 0x80) throw new Error(`no pickle of protocol 2 or later at byte ${start}`);
  const protocol = reader.uint8();
  if (protocol < 2 || protocol > 5) throw new Error(`pickle protocol ${protocol}, known are 2 to 5`);
  const machine = new Machine(reader, context);
  while (!machine.step());
  return { value: machine.pop(), end: reader.at };
}

class Machine {
  readonly #reader: PickleReader;
  readonly #context: PickleContext;
  readonly #memo = new Map<number, PickleValue>();
  /** Stacks that MARK has set aside, outermost first. */
  readonly #outer: PickleValue[][] = [];
  #stack: PickleValue[] = [];

  constructor(reader: PickleReader, context: PickleContext) {
    this.#reader = reader;
    this.#context = context;
  }

  /** Carries out the next instruction; true where it was the last. */
  step(): boolean {
    const at = this.#reader.at;
    const code = this.#reader.uint8();
    if (code === 0x2e) return true;
    const constant = readConstant(code, this.#reader);
    if (constant !== undefined) this.#push(constant);
    else if (!this.#container(code) && !this.#memory(code) && !this.#python(code)) {
      throw new Error(
        `pickle instruction 0x${code.toString(16).padStart(2, "0")} at byte ${at}, which no tensor needs`,
      );
    }
    if (this.#stack.length + this.#outer.length + this.#memo.size > MOST_VALUES) {
      throw new Error(`pickle keeps more than ${MOST_VALUES} values at once, which no state dict does`);
    }
    return false;
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) {
      throw new Error(`pickle takes a value from an empty stack before byte ${this.#reader.at}`);
    }
    return value;
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #container(code: number): boolean {
    switch (code) {
      case 0x28: // MARK
        this.#outer.push(this.#stack);
        this.#stack = [];
        return true;
      case 0x29: // EMPTY_TUPLE
        return this.#push(new Tuple([]));
      case 0x85: // TUPLE1
        return this.#push(new Tuple([this.pop()]));
      case 0x86: // TUPLE2
      case 0x87: { // TUPLE3
        const items = Array.from({ length: code - 0x84 }, () => this.pop());
        return this.#push(new Tuple(items.reverse()));
      }
      case 0x74: // TUPLE
        return this.#push(new Tuple(this.#marked()));
      case 0x5d: // EMPTY_LIST
        return this.#push([]);
      case 0x61: // APPEND
        return this.#append([this.pop()]);
      case 0x65: // APPENDS
        return this.#append(this.#marked());
      case 0x7d: // EMPTY_DICT
        return this.#push(new Dict());
      case 0x73: { // SETITEM
        const value = this.pop();
        return this.#set([this.pop(), value]);
      }
      case 0x75: // SETITEMS
        return this.#set(this.#marked());
    }
    return false;
  }

  #memory(code: number): boolean {
    const reader = this.#reader;
    switch (code) {
      case 0x95: // FRAME: its eight bytes of length help those who read from a stream
        reader.bytes(8);
        return true;
      case 0x30: // POP
        this.pop();
        return true;
      case 0x31: // POP_MARK
        this.#marked();
        return true;
      case 0x71: // BINPUT
        return this.#put(reader.uint8());
      case 0x72: // LONG_BINPUT
        return this.#put(reader.uint32());
      case 0x94: // MEMOIZE
        return this.#put(this.#memo.size);
      case 0x68: // BINGET
        return this.#get(reader.uint8());
      case 0x6a: // LONG_BINGET
        return this.#get(reader.uint32());
    }
    return false;
  }

  /** Where Python would import, call and change things. */
  #python(code: number): boolean {
    const { global, persistent } = this.#context;
    switch (code) {
      case 0x63: { // GLOBAL
        const module = this.#reader.line();
        return this.#push(global(module, this.#reader.line()));
      }
      case 0x93: { // STACK_GLOBAL
        const name = this.pop();
        const module = this.pop();
        if (typeof name !== "string" || typeof module !== "string") {
          throw new Error("pickle asks for a global without a name");
        }
        return this.#push(global(module, name));
      }
      case 0x52: // REDUCE
      case 0x81: { // NEWOBJ
        const args = this.pop();
        const callable = this.pop();
        if (!(callable instanceof Callable) || !(args instanceof Tuple)) {
          throw new Error("pickle calls what is no function");
        }
        return this.#push(callable.call(args.items));
      }
      case 0x62: // BUILD: attributes of an object. Those of a dict (a state dict's _metadata) say nothing of its tensors
        this.pop();
        if (this.#top() instanceof Dict) return true;
        throw new Error("pickle sets attributes of what is no dict");
      case 0x51: // BINPERSID
        if (persistent === undefined) throw new Error("pickle asks for a storage where none can be");
        return this.#push(persistent(this.pop()));
    }
    return false;
  }

  #top(): PickleValue {
    const value = this.pop();
    this.#push(value);
    return value;
  }

  /** What lies above the last mark. */
  #marked(): PickleValue[] {
    const items = this.#stack;
    const below = this.#outer.pop();
    if (below === undefined) {
      throw new Error(`pickle goes back to a mark that was not set, before byte ${this.#reader.at}`);
    }
    this.#stack = below;
    return items;
  }

  #append(items: readonly PickleValue[]): true {
    const list = this.#top();
    if (!Array.isArray(list)) throw new Error("pickle appends to what is no list");
    for (const item of items) list.push(item);
    return true;
  }

  #set(pairs: readonly PickleValue[]): true {
    const dict = this.#top();
    if (!(dict instanceof Dict)) throw new Error("pickle sets items of what is no dict");
    for (let i = 0; i < pairs.length; i += 2) {
      const [key, value] = [pairs[i], pairs[i + 1]];
      if (key === undefined || value === undefined) throw new Error("pickle sets a key without a value");
      if (dict.entries.has(key)) throw new Error(`pickle has the key ${String(key)} twice`);
      dict.entries.set(key, value);
    }
    return true;
  }

  #put(index: number): true {
    this.#memo.set(index, this.#top());
    return true;
  }

  #get(index: number): true {
    const value = this.#memo.get(index);
    if (value === undefined) throw new Error(`pickle looks up value ${index}, which it has not stored`);
    return this.#push(value);
  }
}
