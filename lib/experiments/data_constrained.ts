/** The data-constrained study with the project's own models. @module */

import { privacyOf } from "./data_constrained/privacy.ts";
import { studyOf } from "./data_constrained/study.ts";

const study = studyOf({ module: import.meta.url });

/** All data constrained: gold against synthetic. */
export const dataConstrained = study.all;
/** The data of one part constrained. */
export const dataConstrainedParts = study.parts;
/** A larger against a smaller model. */
export const dataConstrainedSize = study.size;
/** Amounts of synthetic text. */
export const dataConstrainedAmount = study.amount;
/** What the synthetic letters give away of those that the model was adapted to. */
export const dataConstrainedPrivacy = privacyOf({ module: import.meta.url });
