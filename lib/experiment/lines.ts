/** Streams of lines. @module */

/**
 * Cuts a stream of text into its lines, without their ends; what follows the last end is a line too, unless it is empty.
 *
 * @example
 * ```ts
 * import { TextLineStream } from "./lines.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lines = ReadableStream.from(["a\nb", "c\n"]).pipeThrough(new TextLineStream());
 * deepEqual(await Array.fromAsync(lines), ["a", "bc"]);
 * ```
 */
export class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(text, controller) {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) controller.enqueue(line);
      },
      flush(controller) {
        if (rest !== "") controller.enqueue(rest);
      },
    });
  }
}
