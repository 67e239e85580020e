/** Which element of i2b2-style XML each type of identifying data belongs to. @module */

/** The 2014 i2b2 task: A. Stubbs, Ö. Uzuner, Journal of Biomedical Informatics 58 (2015), S20–S29. */
const i2b2 = {
  NAME: ["PATIENT", "DOCTOR", "USERNAME"],
  PROFESSION: ["PROFESSION"],
  LOCATION: [
    ...["ROOM", "DEPARTMENT", "HOSPITAL", "ORGANIZATION", "STREET", "CITY", "STATE", "COUNTRY", "ZIP"],
    "LOCATION-OTHER",
  ],
  AGE: ["AGE"],
  DATE: ["DATE"],
  CONTACT: ["PHONE", "FAX", "EMAIL", "URL", "IPADDR"],
  ID: ["SSN", "MEDICALRECORD", "HEALTHPLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "BIOID", "IDNUM"],
} as const;

/** MEDDOCAN: M. Marimon et al., Proceedings of IberLEF 2019, CEUR 2421, 618–638. */
const meddocan = {
  NAME: ["NOMBRE_SUJETO_ASISTENCIA", "NOMBRE_PERSONAL_SANITARIO"],
  PROFESSION: ["PROFESION"],
  LOCATION: ["HOSPITAL", "INSTITUCION", "CALLE", "TERRITORIO", "PAIS", "CENTRO_SALUD"],
  AGE: ["EDAD_SUJETO_ASISTENCIA"],
  DATE: ["FECHAS"],
  CONTACT: ["NUMERO_TELEFONO", "NUMERO_FAX", "CORREO_ELECTRONICO", "URL_WEB"],
  ID: [
    ...["ID_ASEGURAMIENTO", "ID_CONTACTO_ASISTENCIAL", "NUMERO_BENEF_PLAN_SALUD", "ID_SUJETO_ASISTENCIA"],
    ...["IDENTIF_VEHICULOS_NRSERIE_PLACAS", "IDENTIF_DISPOSITIVOS_NRSERIE", "IDENTIF_BIOMETRICOS"],
    ...["ID_TITULACION_PERSONAL_SANITARIO", "ID_EMPLEO_PERSONAL_SANITARIO", "OTRO_NUMERO_IDENTIF"],
    "DIREC_PROT_INTERNET",
  ],
  OTHER: ["SEXO_SUJETO_ASISTENCIA", "FAMILIARES_SUJETO_ASISTENCIA", "OTROS_SUJETO_ASISTENCIA"],
} as const;

const taxonomies: readonly Readonly<Record<string, readonly string[]>>[] = [i2b2, meddocan];
const elements: ReadonlyMap<string, string> = new Map(
  taxonomies.flatMap((types) =>
    Object.entries(types).flatMap(([element, names]) =>
      names.map((name): [string, string] => [name, element])
    )
  ),
);

/** An element and its `TYPE`, of which `""` is none. */
export interface TypedElement {
  readonly element: string;
  readonly type: string;
}

/**
 * The label of an element with a type: the type, where it is known to be of that element or the element is `PHI`, else
 * `ELEMENT/TYPE`.
 *
 * @example
 * ```ts
 * import { elementOf, labelOf } from "./i2b2_types.ts";
 * import { deepEqual } from "node:assert/strict";
 * const labels = [["NAME", "PATIENT"], ["NAME", "PET"], ["NOTE", ""]].map(([element = "", type = ""]) => labelOf({ element, type }));
 * deepEqual(labels, ["PATIENT", "NAME/PET", "NOTE/"]);
 * deepEqual(elementOf("NAME/PET"), { element: "NAME", type: "PET" });
 * ```
 */
export function labelOf({ element, type }: TypedElement): string {
  if (elements.get(type) === element) return type;
  const plain = element === "PHI" && type !== "" && !elements.has(type) && !type.includes("/");
  return plain ? type : `${element}/${type}`;
}

/** The element and type of a label: {@linkcode labelOf} backwards. A label that is of neither kind is a type of `PHI`. */
export function elementOf(label: string): TypedElement {
  const known = elements.get(label);
  if (known !== undefined) return { element: known, type: label };
  const [, element, type] = /^([A-Za-z_][\w.-]*)\/([\s\S]*)$/.exec(label) ?? [];
  return element === undefined || type === undefined ? { element: "PHI", type: label } : { element, type };
}
