/** `--encoding`, for commands that read letters. @module */

import { InvalidArgumentError, Option } from "commander";

/** The option: left out, texts are UTF-8, and a file that is not is refused. */
export function encodingOption(): Option {
  return new Option("--encoding <label>", "of the input, where it is not UTF-8: latin1, utf-16le, …")
    .argParser(known);
}

function known(label: string): string {
  try {
    new TextDecoder(label);
  } catch {
    throw new InvalidArgumentError(
      "Choose latin1, utf-16le or another label of the WHATWG Encoding Standard.",
    );
  }
  return label;
}
