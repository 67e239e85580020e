/**
 * The XML of the i2b2 2014 de-identification task, one document a letter, which MEDDOCAN has taken over:
 * `<deIdi2b2><TEXT><![CDATA[…]]></TEXT><TAGS><NAME id="P0" start="…" end="…" text="…" TYPE="PATIENT" comment=""/>…</TAGS></deIdi2b2>`.
 * Offsets in the file count Unicode code points of the text as XML gives it.
 *
 * @module
 */
import type { Element } from "@xmldom/xmldom";
import { fileName, type Format, type ReadOptions, stateless, stemOf, type WriteOptions } from "./format.ts";
import { elementOf, labelOf } from "./i2b2_types.ts";
import type { Letter } from "./letter.ts";
import { listFiles } from "./list_files.ts";
import { offsetsIn } from "./offsets.ts";
import { readText } from "./text_stream.ts";
import { type Annotation, attempt, type Draft, type Problem } from "./validate.ts";
import { forbiddenCharacter, parseXml, XmlError } from "./xml_tree.ts";

/** Letters as i2b2 keeps them. */
export const i2b2: Format = {
  name: "i2b2",
  what: "a folder of .xml (i2b2 2014), or an .xml file",
  endings: [".xml"],
  folder: true,
  read: readDrafts,
  encoder: (options) => stateless((letter) => [documentOf(letter, "deIdi2b2", options)]),
};

/** Letters as MEDDOCAN keeps them in XML. */
export const meddocanXml: Format = {
  ...i2b2,
  name: "meddocan-xml",
  what: "a folder of .xml (MEDDOCAN), or an .xml file",
  encoder: (options) => stateless((letter) => [documentOf(letter, "MEDDOCAN", options)]),
};

async function* readDrafts(path: string, options: ReadOptions): AsyncGenerator<Draft> {
  const { isDirectory } = await Deno.stat(path);
  const names = isDirectory ? await listFiles(path, [".xml", ".xml.gz"]) : [];
  const files = isDirectory ? names.map((name) => `${path}/${name}`) : [path];
  if (files.length === 0) {
    throw new Error(`${path}: no .xml file in it. Name a folder of letters, or one letter's file.`);
  }
  for (const file of files) {
    yield await attempt(
      stemOf(file),
      file,
      async () => draftOf(await readText(file, options), file, options),
    );
  }
}

function draftOf(xml: string, file: string, options: ReadOptions): Draft {
  const id = stemOf(file);
  const bad = (problems: readonly Problem[]): Draft => ({
    id,
    text: "",
    meta: {},
    annotations: [],
    at: file,
    problems,
  });
  let root: Element | null;
  try {
    root = parseXml(xml).documentElement;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { line, column, message } = error;
    return bad([{ at: `${file}:${line}`, column, message: `not well-formed XML: ${message}. Mend it.` }]);
  }
  const [texts, tags] = ["TEXT", "TAGS"].map((name) =>
    childrenOf(root).filter(({ tagName }) => tagName === name)
  );
  const [element] = texts ?? [];
  if (!element || texts?.length !== 1 || (tags?.length ?? 0) > 1) {
    const message =
      "must hold one TEXT and at most one TAGS. Write <deIdi2b2><TEXT>…</TEXT><TAGS>…</TAGS></deIdi2b2>.";
    return bad([{ at: `${file}:${root?.lineNumber ?? 1}`, column: root?.columnNumber ?? 1, message }]);
  }
  const text = element.textContent ?? "";
  const { toUnits } = offsetsIn(text, options.offsets ?? "code-points");
  const problems: Problem[] = [];
  const annotations = (tags ?? []).flatMap(childrenOf).flatMap((tag): Annotation[] => {
    const place = { at: `${file}:${tag.lineNumber ?? 1}`, column: tag.columnNumber ?? 1 };
    const [start, end] = ["start", "end"].map((name) => tag.getAttribute(name) ?? "");
    if (start === undefined || end === undefined || !/^\d+$/.test(start) || !/^\d+$/.test(end)) {
      problems.push({
        ...place,
        message: `${tag.tagName} has start "${start}" and end "${end}", not whole numbers. Fix them.`,
      });
      return [];
    }
    const name = tag.getAttribute("id");
    const covered = tag.getAttribute("text");
    return [{
      ...place,
      start: toUnits(Number(start)),
      end: toUnits(Number(end)),
      label: labelOf({ element: tag.tagName, type: tag.getAttribute("TYPE") ?? "" }),
      ...name !== null && { name },
      ...covered !== null && { text: covered },
    }];
  });
  return problems.length > 0 ? bad(problems) : { id, text, meta: {}, annotations, at: file };
}

function childrenOf(element: Element | null): Element[] {
  return element ? Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1) : [];
}

function documentOf(letter: Letter, root: string, options: WriteOptions) {
  const { id, text, spans } = letter;
  const forbidden = forbiddenCharacter(text);
  if (forbidden) {
    const { index, name } = forbidden;
    throw new Error(
      `letter ${id}: character ${index} is ${name}, which XML forbids. Choose another format, or replace it.`,
    );
  }
  const { fromUnits } = offsetsIn(text, options.offsets ?? "code-points");
  const tags = spans.map(({ start, end, label, fragments }, index) => {
    if (fragments) {
      throw new Error(
        `letter ${id}: span [${start}, ${end}) has several parts, which this XML can't hold. ` +
          "Split it (option discontinuous), or choose brat or jsonl.",
      );
    }
    const { element, type } = elementOf(label);
    const attributes = {
      id: `P${index}`,
      start: String(fromUnits(start)),
      end: String(fromUnits(end)),
      text: text.slice(start, end).replace(/[\r\n\t]/g, " "),
      TYPE: type,
      comment: "",
    };
    return `<${element} ${
      Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`).join(" ")
    }/>\n`;
  });
  return {
    file: `${fileName(letter)}.xml`,
    text: `<?xml version="1.0" encoding="UTF-8" ?>\n<${root}>\n<TEXT>${characterData(text)}</TEXT>\n` +
      `<TAGS>\n${tags.join("")}</TAGS>\n</${root}>\n`,
    whole: true as const,
  };
}

/** Of what a CDATA section can't hold, its own end and CR, the first is split and the second stands outside. */
function characterData(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>").replaceAll("\r", "]]>&#13;<![CDATA[")}]]>`;
}

function escaped(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  )
    .replaceAll("\r", "&#13;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}
