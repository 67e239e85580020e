import { patternRule } from "./rule.ts";

/** E-mail, web and network addresses, by their form. */
export const electronicAddresses = patternRule(
  "electronic address",
  [
    ["EMAIL", /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu],
    ["URL", /\b(?:https?:\/\/|www\.)[^\s<>"'()[\]]*[^\s<>"'()[\].,;:]/gi],
    [
      "URL",
      /(?<![@\p{L}\p{N}.-])(?:[\p{L}\p{N}-]+\.)+(?:org|com|net|edu|gov|example|info|int|es|uk|eu|health|nhs|io)\b(?:\/[^\s<>"'()[\]]*[^\s<>"'()[\].,;:])?/giu,
    ],
    ["IP", /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g],
    ["IP", /(?<![\p{L}\p{N}:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})?/giu],
  ],
  /@|:\/\/|www\.|\.(?:org|com|net|edu|gov|example|info|int|es|uk|eu|health|nhs|io)(?!\p{L})|\d\.\d+\.\d+\.\d|[0-9a-f]:[0-9a-f:]+:[0-9a-f]/iu,
);
