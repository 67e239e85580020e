/** Public corpora: where they officially are, under which licence, and which bytes they consist of. @module */
import { nearestName } from "../../nearest_name.ts";

/** A file of a corpus. */
export interface CorpusFile {
  /** In the folder that is made. */
  readonly name: string;
  /** Below the official address. */
  readonly path: string;
  /** Of its bytes, where each file's is known. */
  readonly sha256?: string;
}

/** A corpus that can be fetched. */
export interface PublicCorpus {
  readonly name: string;
  readonly what: string;
  readonly licence: string;
  /** Where its authors present it. */
  readonly home: string;
  /** The address that its files lie below. */
  readonly address: string;
  readonly files: readonly CorpusFile[];
  /** Of folders: SHA-256 of the lines `NAME SHA256` of their files, in the order of their names. */
  readonly folders?: Readonly<Record<string, string>>;
  /** What reads one of its files, for a user to copy. */
  readonly reading: string;
}

const licence = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)";
const github = "https://raw.githubusercontent.com";

const mtl = (folder: string, commit: string, train: string, devel: string) => ({
  licence,
  home: "https://github.com/cambridgeltl/MTL-Bioinformatics-2016",
  address: `${github}/cambridgeltl/MTL-Bioinformatics-2016/${commit}/data/${folder}`,
  files: [
    { name: "train.tsv", path: "train.tsv", sha256: train },
    { name: "devel.tsv", path: "devel.tsv", sha256: devel },
  ],
  reading: "letters train.tsv OUT",
});

/** All but the test parts, which are for measuring finished work. */
const corpora: Readonly<
  Record<string, Omit<PublicCorpus, "name" | "files"> & { readonly files?: readonly CorpusFile[] }>
> = {
  meddocan: {
    what: "Spanish clinical cases with identifying data marked, train (500) and dev (250)",
    licence,
    home: "https://github.com/PlanTL-GOB-ES/SPACCC_MEDDOCAN",
    address: `${github}/PlanTL-GOB-ES/SPACCC_MEDDOCAN/783a6df385c975b328c99bcffb54196a9ba4078a/corpus`,
    folders: {
      train: "98d6c2403035d550707985b83ea47a956bc637d0dc72bfa63775ea1d98bdaa2c",
      dev: "059aa55707e3f2a27f6f2ab2f3f9b33201a2a089c5c5afefc0960a1d33353d0c",
    },
    reading: "letters dev OUT",
  },
  "aci-bench": {
    what: "English visit notes with the dialogues they were written from, train (67) and valid (20)",
    licence,
    home: "https://github.com/wyim/aci-bench",
    address: `${github}/wyim/aci-bench/5d3cd4d8a25b4ebb5b2b87c3923a7b2b7150e33d/data/challenge_data`,
    files: [
      ["train.csv", "6c778d4ac5e6cc6f1964786f9286e8d765c210f22ed6b57f83aff8497409cea4"],
      ["train_metadata.csv", "7da650e223f04ff6bf1666cb62d52ebd83ce71ecfc4b2311cbe64d9f3ab19d83"],
      ["valid.csv", "6629e89e3fb409d2b3eceab60dc7b32fe1d3fb8d4e07795039284965522aa4d0"],
      ["valid_metadata.csv", "ae4c7eef6fc97e22f447c33e4546691715821e2a671ab53d80eb1ee5598e2914"],
    ].map(([name = "", sha256 = ""]) => ({ name, path: name, sha256 })),
    reading: "letters train.csv OUT --from csv --id-column encounter_id --text-column note",
  },
  "mts-dialog": {
    what:
      "English note sections with the dialogues they were written from, training (1,201) and validation (100)",
    licence,
    home: "https://github.com/abachaa/MTS-Dialog",
    address: `${github}/abachaa/MTS-Dialog`,
    files: [
      {
        name: "MTS-Dialog-TrainingSet.csv",
        path: "3d2beb01913d076cc51a57ff3a0c35894b2248ad/Main-Dataset/MTS-Dialog-TrainingSet.csv",
        sha256: "65a28681dd59fc159681ea026e44610f2af7bc64a0e7f892d763eb03d9f503dc",
      },
      {
        name: "MTS-Dialog-ValidationSet.csv",
        path: "db552cde9da99ff6e24cc6b1b5de5415d83f1850/Main-Dataset/MTS-Dialog-ValidationSet.csv",
        sha256: "227206520c4534381c0d7fba6d3f09319a9af5a6d9603a93c0341af1198e3958",
      },
    ],
    reading: "letters MTS-Dialog-TrainingSet.csv OUT --from csv --id-column ID --text-column section_text",
  },
  bc5cdr: {
    what: "sentences of PubMed abstracts with chemicals and diseases marked, train (4,560) and devel (4,581)",
    ...mtl(
      "BC5CDR-IOB",
      "d62961c5750439aec6396f5703f3a1c03d97ebd3",
      "b731361c0ed73afd04cc5fdad39afcdfd8f325d6e46c282339185a91d1af4c14",
      "b909de65c4f7e3c23bb09ad52d654cdc92e96db941abe1a5dcf6f6010c03cff5",
    ),
  },
  "ncbi-disease": {
    what: "sentences of PubMed abstracts with diseases marked, train (5,424) and devel (923)",
    ...mtl(
      "NCBI-disease-IOB",
      "954a98f80c443ea96cc4af742eb0f6a7c89c40a2",
      "58379baf4614b8d757d93dd7a21b202849ca99f9b9d71b49185523ff5443300c",
      "b4e1e7efcc2a35047bf2f3d281648357470e674f555d4a26a0049ac37d59cc61",
    ),
  },
};

/** The names of all of them. */
export const corpusNames: readonly string[] = Object.keys(corpora);

/**
 * The corpus of that name.
 *
 * @throws Error with the nearest name and all names where there is none
 *
 * @example
 * ```ts
 * import { publicCorpus } from "./catalogue.ts";
 * import { equal } from "node:assert/strict";
 * equal((await publicCorpus("meddocan")).files.length, 1500);
 * ```
 */
export async function publicCorpus(name: string): Promise<PublicCorpus> {
  const corpus = Object.hasOwn(corpora, name) ? corpora[name] : undefined;
  if (!corpus) {
    throw new Error(
      `unknown corpus "${name}". The nearest is ${nearestName(name, corpusNames)}. Known: ${
        corpusNames.join(", ")
      }.`,
    );
  }
  return { name, ...corpus, files: corpus.files ?? await meddocanFiles() };
}

async function meddocanFiles(): Promise<CorpusFile[]> {
  const names = (await Deno.readTextFile(new URL("./meddocan_letters.txt", import.meta.url))).trim().split(
    "\n",
  );
  return names.flatMap((name) =>
    [".txt", ".ann"].map((ending) => (
      { name: name + ending, path: `${name.replace("/", "/brat/")}${ending}` }
    ))
  );
}
