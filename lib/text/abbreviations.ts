/** Abbreviations of letters that end in a full stop without ending a sentence. @module */

/** Lower case, without the full stop. Only those that are commonly written with it and rarely end a sentence. */
export const abbreviations: ReadonlySet<string> = new Set([
  ...["dr", "drs", "mr", "mrs", "ms", "mx", "prof", "rev", "st", "sr", "jr", "hon", "messrs"], // before names
  ...["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"],
  ...[
    "vs",
    "approx",
    "ca",
    "cf",
    "viz",
    "eg",
    "ie",
    "incl",
    "excl",
    "esp",
    "vol",
    "fig",
    "tel",
    "ext",
    "ref",
  ],
  ...["pt", "pts", "hx", "dx", "tx", "rx", "sx", "fx", "temp", "resp", "abd", "avg"],
  ...["tab", "tabs", "cap", "caps", "inj", "susp", "supp", "dept", "hosp", "subcut"],
  ...[
    "dra",
    "dres",
    "sra",
    "srta",
    "srs",
    "avda",
    "tfno",
    "tlf",
    "pág",
    "núm",
    "aprox",
    "dcha",
    "izq",
    "izda",
    "hab",
    "comp",
  ],
]);
