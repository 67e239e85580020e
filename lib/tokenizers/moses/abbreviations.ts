/** English words that keep their full stop. @module */

/** Abbreviations after which a sentence goes on, as Moses lists them for English. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set([
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ...("Adj Adm Adv Asst Bart Bldg Brig Bros Capt Cmdr Col Comdr Con Corp Cpl DR Dr Drs Ens Gen Gov Hon Hr Hosp Insp Lt MM MR MRS MS " +
    "Maj Messrs Mlle Mme Mr Mrs Ms Msgr Op Ord Pfc Ph Prof Pvt Rep Reps Res Rev Rt Sen Sens Sfc Sgt Sr St Supt Surg v vs i.e rev " +
    "e.g Rs Nos Nr Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec").split(" "),
]);

/** Those that keep it before a number only. */
export const BEFORE_NUMBERS: ReadonlySet<string> = new Set(["No", "Art", "pp"]);
