/** The labels of the embedded letters, each with the line that its annotators worked by. @module */

/** What the letter says of the patient's health and care. */
export const clinicalLabels = {
  PROBLEM:
    "disease, symptom, sign, injury or abnormal finding, with its modifiers, without negation or article",
  DRUG: "medication, drug class, vaccine, fluid or gas given; the name without dose or frequency",
  TEST: "laboratory test, imaging, examination, score or vital sign; the name without its value",
  PROCEDURE: "operation or other treatment that is done rather than given",
  ANATOMY: "body part or structure, where it is not part of another entity",
} as const;

/** Protected health information: what could tell who the letter is about. */
export const phiLabels = {
  PATIENT: "name of the patient",
  CLINICIAN: "name of a member of staff, without title",
  PERSON: "name of anyone else: relatives, friends, carers",
  LOCATION: "street, town, postcode, region or country",
  ORGANISATION: "hospital, practice, employer, school",
  DATE: "date, part of a date, or year; no durations, no clock times",
  AGE: "age of a person, the number alone",
  PHONE: "telephone or pager number",
  FAX: "fax number",
  EMAIL: "e-mail address",
  SSN: "social security number",
  MRN: "medical record number, NHS number",
  HEALTH_PLAN: "number of a health insurance member or plan",
  ACCOUNT: "number of a bank or billing account",
  LICENSE: "number of a certificate or licence, professional registrations included",
  VEHICLE: "number plate or other number of a vehicle",
  DEVICE: "serial number of a device",
  URL: "web address",
  IP: "address of a machine on a network",
  ID: "any other number or code that is unique to someone",
} as const;
