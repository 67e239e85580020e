/// <reference lib="dom" />
/** Keys that are no commands. @module */

/** Whether a key belongs to what is typed, or to the browser. */
export function isTyping({ target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || altKey || metaKey || target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
