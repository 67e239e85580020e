import { deepEqual, equal, rejects } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { letters, type LettersOptions } from "./letters.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Runs a test in a folder of its own with the given files. */
async function inFolder(files: Files, test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const spansOf = async (path: string, options: LettersOptions = {}) =>
  (await letters(path, options)).map(({ id, text, spans }) => [
    id,
    ...spans.map(({ start, end, label }) => `${label}:${text.slice(start, end)}`),
  ]);

Deno.test("i2b2 XML: types, offsets in code points, entities and CDATA", async () => {
  const xml = `<?xml version="1.0" encoding="UTF-8" ?>
<deIdi2b2>
<TEXT><![CDATA[🙂 Record: Mr. O'Neil & son, 2067-05-03]]></TEXT>
<TAGS>
<NAME id="P0" start="14" end="20" text="O'Neil" TYPE="PATIENT" comment=""/>
<DATE id="P1" start="28" end="38" text="2067-05-03" TYPE="DATE" comment=""/>
<ODD id="P2" start="0" end="1" text="🙂" TYPE="FACE" comment="x"/>
</TAGS>
</deIdi2b2>
`;
  await inFolder({ "n/110-01.xml": xml, "p/110-01.xml.gz": gzipSync(xml) }, async (folder) => {
    const expected = [["110-01", "ODD/FACE:🙂", "PATIENT:O'Neil", "DATE:2067-05-03"]];
    deepEqual(await spansOf(`${folder}/n`), expected);
    deepEqual(await spansOf(`${folder}/n/110-01.xml`), expected);
    deepEqual(await spansOf(`${folder}/p`), expected);
  });
});

Deno.test("SNOMED pairs: rows in any order, quoted line breaks, files found by their columns or named", async () => {
  const notes = 'note_id,text\nn2,"On aspirin\nfor angina"\nn1,🙂 cough\n';
  const annotations =
    "note_id,start,end,concept_id\nn1,2,7,49727002\nn2,3,10,387458008\nn2,15,21,194828000\n";
  await inFolder(
    {
      "c/mimic_notes.csv": notes,
      "c/train_annotations.csv": annotations,
      "c/other.csv": "a\n1\n",
      "x.csv": annotations,
    },
    async (folder) => {
      const expected = [["n1", "49727002:cough"], ["n2", "387458008:aspirin", "194828000:angina"]];
      deepEqual(await spansOf(`${folder}/c`), expected);
      deepEqual(await spansOf(`${folder}/c/mimic_notes.csv`), expected);
      deepEqual(await spansOf(`${folder}/c/mimic_notes.csv`, { annotations: `${folder}/x.csv` }), expected);
    },
  );
});

Deno.test("IOB: schemes are found out or named; letters are sentences, -DOCSTART- or # id", async () => {
  const files = {
    "iob2.tsv": "On\tO\naspirin\tB-D\ntoday\tO\n\naspirin\tB-D\n",
    "iob1.conll": "On O\naspirin I-D\nibuprofen B-D\n",
    "iobes.bio": "Mr\tB-P\nBo\tE-P\nx\tS-D\n",
    "bilou.iob": "Mr\tB-P\nBo\tL-P\nx\tU-D\n",
    "labels.tsv": "Mr\tP\nBo    P\r\n,   0\nx 0\n",
    "docs.tsv": "-DOCSTART-\tO\n\nOn\tO\n\naspirin\tB-D\n\n-DOCSTART-\tO\n\nWell\tO\n",
    "three.conll": "On NN O\naspirin NN B-D\n",
  };
  await inFolder(files, async (folder) => {
    deepEqual(await spansOf(`${folder}/iob2.tsv`), [["iob2-1", "D:aspirin"], ["iob2-2", "D:aspirin"]]);
    deepEqual(await spansOf(`${folder}/iob1.conll`), [["iob1-1", "D:aspirin", "D:ibuprofen"]]);
    for (const name of ["iobes.bio", "bilou.iob"]) {
      deepEqual((await spansOf(`${folder}/${name}`))[0]?.slice(1), ["P:Mr Bo", "D:x"]);
    }
    deepEqual(await spansOf(`${folder}/labels.tsv`), [["labels-1", "P:Mr Bo"]]);
    deepEqual(await spansOf(`${folder}/docs.tsv`), [["docs-1", "D:aspirin"], ["docs-2"]]);
    equal((await letters(`${folder}/docs.tsv`))[0]?.text, "On\naspirin");
    deepEqual(await spansOf(`${folder}/three.conll`), [["three-1", "D:aspirin"]]);
    await rejects(
      letters(`${folder}/iob1.conll`, { tags: "iob2" }),
      /iob1\.conll:2: iob2 forbids I-D after O\. Mend/,
    );
  });
});

Deno.test("texts in UTF-8 with and without a mark, UTF-16 of both orders and Latin-1 are the same letters", async () => {
  const text = `Café, ${"ñ🙂 ".repeat(30_000)}end`; // longer than a piece of a file, so that characters are cut
  const utf16 = (little: boolean, mark: boolean) => {
    const units = (mark ? "\ufeff" : "") + text;
    const view = new DataView(new ArrayBuffer(2 * units.length));
    for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), little);
    return new Uint8Array(view.buffer);
  };
  const cases: [bytes: Uint8Array, encoding?: string][] = [
    [new TextEncoder().encode(text)],
    [new TextEncoder().encode(`\ufeff${text}`)],
    [utf16(true, false), "utf-16le"],
    [utf16(true, true), "utf-16"],
    [utf16(false, false), "utf-16be"],
    [utf16(false, true), "utf-16"],
  ];
  for (const [bytes, encoding] of cases) {
    await inFolder({ "a.txt": bytes, "b.jsonl": bytes }, async (folder) => {
      const options = encoding === undefined ? {} : { encoding };
      equal((await letters(`${folder}/a.txt`, options))[0]?.text, text);
      await Deno.writeFile(`${folder}/b.csv`, bytes);
      await rejects(letters(`${folder}/b.csv`, { ...options, format: "csv" }), /b\.csv:1: no column "id"/);
    });
  }
  await inFolder({ "a.txt": new Uint8Array([0x66, 0xe9, 0x76]) }, async (folder) => {
    equal((await letters(`${folder}/a.txt`, { encoding: "latin1" }))[0]?.text, "fév");
  });
});

Deno.test("JSON Lines and CSV are decoded in pieces: in UTF-16, and with the byte of what is wrong", async () => {
  const line = `{"id":"ID","text":"${"ñ🙂".repeat(20_000)}"}\n`;
  const bytes = new TextEncoder().encode(line.replace("ID", "a") + line.replace("ID", "b"));
  await inFolder({ "a.jsonl": bytes }, async (folder) => {
    equal((await letters(`${folder}/a.jsonl`)).length, 2);
    bytes[200_000] = 0xff;
    await Deno.writeFile(`${folder}/a.jsonl`, bytes);
    await rejects(
      letters(`${folder}/a.jsonl`),
      /a\.jsonl: byte (19999[5-9]|200000) \(0x\w\w\) is not valid utf-8/,
    );
    await rejects(
      letters(`${folder}/a.jsonl`, { encoding: "utf-17" }),
      /a\.jsonl: unknown encoding "utf-17"/,
    );
  });
});

Deno.test("byte and code-point offsets become code units; what cuts a character is refused", async () => {
  const line = (start: number, end: number) =>
    `{"id":"a","text":"é🙂 ok","spans":[{"start":${start},"end":${end},"label":"X"}]}\n`;
  await inFolder({
    "bytes.jsonl": line(2, 6),
    "points.jsonl": line(1, 2),
    "units.jsonl": line(1, 3),
    "cut.jsonl": line(1, 2),
  }, async (folder) => {
    const expected = [["a", "X:🙂"]];
    deepEqual(await spansOf(`${folder}/bytes.jsonl`, { offsets: "bytes" }), expected);
    deepEqual(await spansOf(`${folder}/points.jsonl`, { offsets: "code-points" }), expected);
    deepEqual(await spansOf(`${folder}/units.jsonl`), expected);
    await rejects(letters(`${folder}/cut.jsonl`), /cut\.jsonl:1: span \[1, 2\) cuts a surrogate pair/);
    await rejects(
      letters(`${folder}/cut.jsonl`, { offsets: "bytes" }),
      /cut\.jsonl:1: span .* no whole numbers/,
    );
  });
});

Deno.test("every reader names file and line, and quotes no letter", async () => {
  const head = "id,text\n";
  const iobes = "On\tO\nsecret\tE-D\nx\tS-D\n";
  const xml = (body: string) => `<deIdi2b2>\n<TEXT>secret note</TEXT>\n${body}</deIdi2b2>`;
  const cases: [files: Files, path: string, message: RegExp][] = [
    [{ "a.csv": `${head}1,"secret` }, "a.csv", /a\.csv:2: a quoted field is not closed/],
    [
      { "a.csv": `${head}1,"secret"x\n2,y\n` },
      "a.csv",
      /a\.csv:2: a quoted field goes on after its closing quote/,
    ],
    [
      { "a.csv": `${head}1,"se\ncret"\n2,sec"ret\n` },
      "a.csv",
      /a\.csv:4: a quote inside a field that is not quoted/,
    ],
    [{ "a.csv": `${head}1,secret,x\n` }, "a.csv", /a\.csv:2: 3 fields in a row, the header names 2 columns/],
    [{ "a.csv": "id,text,spans\n1,secret,[1]\n" }, "a.csv", /a\.csv:2: column spans: not of the shape/],
    [
      { "a.csv": 'id,text,spans\n1,secret,"[{""start"":0,""end"":9,""label"":""X""}]"\n' },
      "a.csv",
      /a\.csv:2: span \[0, 9\) lies outside/,
    ],
    [{ "a.csv": "x,y\n1,2\n" }, "a.csv", /a\.csv: no corpus by its name and columns \(x, y\)\..*--id-column/],
    [{ "a.csv": head }, "a.csv", /a\.csv: no row after the header/],
    [
      { "c/n.csv": "note_id,text\n1,secret\n" },
      "c",
      /c: no \.csv file of annotations with the columns note_id,start,end,concept_id/,
    ],
    [
      { "c/n.csv": "note_id,text\n1,secret\n", "c/a.csv": "note_id,start,end,concept_id\n1,0,x,5\n" },
      "c",
      /c\/a\.csv:2: start "0" and end "x" must be whole/,
    ],
    [
      { "c/n.csv": "note_id,text\n1,secret\n", "c/a.csv": "note_id,start,end,concept_id\n9,0,1,5\n" },
      "c",
      /c\/a\.csv:2: annotates note "9", which is not in .*n\.csv/,
    ],
    [
      { "c/n.csv": "note_id,text\n1,secret\n", "c/a.csv": "note_id,start,end,concept_id\n1,0,99,5\n" },
      "c",
      /c\/a\.csv:2: span \[0, 99\) lies outside/,
    ],
    [{ "a.xml": "<a>\n<b></a>" }, "a.xml", /a\.xml:2: not well-formed XML: Opening and ending tag mismatch/],
    [
      { "a.xml": "<a>\nsecret & x</a>" },
      "a.xml",
      /a\.xml:2: not well-formed XML: an & that begins no reference/,
    ],
    [{ "a.xml": "<a>\n\u0001</a>" }, "a.xml", /a\.xml:2: not well-formed XML: the character U\+0001/],
    [{ "a.xml": "" }, "a.xml", /a\.xml:1: not well-formed XML: missing root element/],
    [{ "a.xml": "<a/>" }, "a.xml", /a\.xml:1: must hold one TEXT/],
    [
      { "a.xml": xml('<TAGS><NAME start="x" end="3"/></TAGS>') },
      "a.xml",
      /a\.xml:3: NAME has start "x" and end "3"/,
    ],
    [
      {
        "a.xml": xml(
          '<TAGS>\n<NAME id="P0" start="0" end="3" text="sec" TYPE="DOCTOR"/>\n<NAME id="P1" start="7" end="99" TYPE="DOCTOR"/></TAGS>',
        ),
      },
      "a.xml",
      /a\.xml:5: span P1 \[7, 99\) lies outside/,
    ],
    [{ "a.tsv": "On\tO\nsecret\n" }, "a.tsv", /a\.tsv:2: a token without a tag/],
    [{ "a.tsv": iobes }, "a.tsv", /a\.tsv:2: iobes forbids E-D after O|bilou/],
    [
      { "a.tsv": '# id = "x"\n# text = "secret note"\nnote\tO\n' },
      "a.tsv",
      /a\.tsv:3: token 1 of the sentence is not what # text says/,
    ],
    [{ "a.tsv": "# id = x\nnote\tO\n" }, "a.tsv", /a\.tsv:1: # id = must be followed by a JSON string/],
    [{ "a.tsv": "\n" }, "a.tsv", /a\.tsv: no sentence in it/],
    [{ "a.jsonl.gz": "no gzip" }, "a.jsonl.gz", /a\.jsonl\.gz: no gzip file, or damaged/],
    [
      { "a.jsonl.gz": gzipSync('{"id":"a","text":"secret"}\n').subarray(0, 20) },
      "a.jsonl.gz",
      /a\.jsonl\.gz: cut short/,
    ],
    [
      { "b/a.txt.gz": gzipSync("secret"), "b/a.ann.gz": gzipSync("T1\tX 0 99\tsecret\n") },
      "b",
      /b\/a\.ann\.gz:1: span T1 \[0, 99\) lies outside/,
    ],
  ];
  for (const [files, path, message] of cases) {
    await inFolder(files, async (folder) => {
      await rejects(letters(`${folder}/${path}`), (error: Error) => {
        equal(message.test(error.message), true, error.message);
        equal(error.message.includes("secret"), false, error.message);
        return true;
      });
    });
  }
});

Deno.test("with onBad, what is not in order is told and left out, and the rest is read", async () => {
  const files = {
    "a.jsonl":
      '{"id":"a","text":"x"}\n{"id":\n{"id":"a","text":"again"}\n{"id":"b","text":"y","spans":[{"start":0,"end":9,"label":"X"}]}\n{"id":"c","text":"z"}\n',
    "a.csv": 'id,text\na,x\nb,"y"z\n',
    "b.csv": 'id,text\na,x\nb,y"z\nc,w\n',
    "brat/a.txt": "x",
    "brat/a.ann": "",
    "brat/b.txt": new Uint8Array([0xff]),
    "brat/b.ann": "",
    "brat/c.txt": "z",
    "brat/d.txt": "w",
    "brat/d.ann": "T1\tX 0 1\tz\nT2\tX 0\n",
    "xml/a.xml": "<a><TEXT>x</TEXT></a>",
    "xml/b.xml": "<a",
  };
  await inFolder(files, async (folder) => {
    const read = async (path: string) => {
      const told: string[] = [];
      const kept = await letters(`${folder}/${path}`, {
        onBad: (all) => told.push(...all.map(({ at }) => at.slice(folder.length + 1))),
      });
      return [kept.map(({ id }) => id).join(""), ...told];
    };
    deepEqual(await read("a.jsonl"), ["ac", "a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]);
    deepEqual(await read("a.csv"), ["a", "a.csv:3", "a.csv:3"]);
    deepEqual(await read("b.csv"), ["ac", "b.csv:3"]);
    deepEqual(await read("brat"), ["a", "brat/b.txt", "brat/c.ann", "brat/d.ann:2"]);
    deepEqual(await read("xml"), ["a", "xml/b.xml:1"]);
  });
});
