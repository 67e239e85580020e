/** What a pickle without code in it is made of. @module */

/** A value that a pickle holds. Lists are arrays; Python's `None` is null. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Tuple
  | Dict
  | Callable
  | Made;

/** A Python tuple. */
export class Tuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** A Python dict or OrderedDict. */
export class Dict {
  readonly entries: Map<PickleValue, PickleValue> = new Map();
}

/** A global that a pickle may ask for, and what calling it makes. */
export class Callable {
  constructor(
    /** Module and name: "collections.OrderedDict". */
    readonly name: string,
    readonly call: (args: readonly PickleValue[]) => PickleValue,
  ) {}
}

/** What the callables of a format make that is none of Python's own: the format's classes extend it. */
export abstract class Made {}
