/** Token F1 as Vakili et al. 2025 report it, for tables to stand beside ours. @module */

const swedish = "paper, Swedish";
const spanish = "paper, Spanish";

/** All data constrained, by the share; gold and synthetic. */
export const PAPER_SHARES = {
  [`${swedish}, gold`]: { 0.05: 0.707, 0.25: 0.871, 0.5: 0.908, 0.95: 0.926 },
  [`${swedish}, synthetic`]: { 0.05: 0.724, 0.25: 0.847, 0.5: 0.885, 0.95: 0.896 },
  [`${spanish}, gold`]: { 0.05: 0.931, 0.25: 0.967, 0.5: 0.973, 0.95: 0.978 },
  [`${spanish}, synthetic`]: { 0.05: 0.309, 0.25: 0.964, 0.5: 0.97, 0.95: 0.973 },
} as const;

/** The data of the adaptation constrained. Those of the annotator alone were not seen. */
export const PAPER_PARTS = {
  [swedish]: {
    "nothing": 0.896,
    "adaptation 0%": 0.547,
    "adaptation 5%": 0.873,
    "adaptation 25%": 0.877,
    "adaptation 50%": 0.896,
  },
  [spanish]: {
    "nothing": 0.973,
    "adaptation 0%": 0.295,
    "adaptation 5%": 0.313,
    "adaptation 25%": 0.97,
    "adaptation 50%": 0.97,
  },
} as const;

/** GPT-SW3 6.7B and 1.3B, FLOR 6.3B and 1.3B. */
export const PAPER_SIZE = {
  [swedish]: { large: 0.896, small: 0.883 },
  [spanish]: { large: 0.973, small: 0.973 },
} as const;

/** By how many times the original's size. */
export const PAPER_AMOUNT = {
  [swedish]: { 0.05: 0.814, 1: 0.889, 4: 0.896 },
  [spanish]: { 0.05: 0.938, 1: 0.968, 4: 0.973 },
} as const;
