/** What PyTorch's pickles hold besides Python's own values. @module */

import { Made } from "./pickle_value.ts";

/** A run of elements in the file, which tensors share. */
export class Storage extends Made {
  constructor(
    /** What the file calls it. */
    readonly key: string,
    readonly dtype: string,
    /** Where in that run this storage begins, in bytes: other than 0 in views that old versions wrote. */
    readonly start: number,
    readonly bytes: number,
    /** Bytes of the whole run. */
    readonly whole: number = bytes,
  ) {
    super();
  }
}

/** A tensor: how it lies in its storage. */
export class TensorLayout extends Made {
  constructor(
    readonly storage: Storage,
    readonly dtype: string,
    readonly shape: readonly number[],
    /** Elements from one index of a dimension to the next. */
    readonly strides: readonly number[],
    /** Of the first element, in elements from the storage's beginning. */
    readonly offset: number,
  ) {
    super();
  }
}

/** An element type, given or as that of a storage class. */
export class DTypeName extends Made {
  constructor(readonly dtype: string) {
    super();
  }
}
