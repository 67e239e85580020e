import { deepEqual, equal, rejects } from "node:assert/strict";
import { sha256 } from "../../sha256.ts";
import { corpusNames, publicCorpus } from "./catalogue.ts";
import { fetchCorpus, type FetchedCorpus } from "./fetch_corpus.ts";

/** A place of corpora on this machine, that answers what `files` hold; what was asked for is in `log`. */
function place(files: Map<string, string | number>) {
  const log: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    log.push(path);
    const found = files.get(path) ?? 404;
    if (found === 302) return Response.redirect("https://example.org/elsewhere");
    return typeof found === "string" ? new Response(found) : new Response(null, { status: found });
  });
  return {
    address: `http://127.0.0.1:${server.addr.port}`,
    log,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("fetchCorpus() has a folder only of the bytes that are known, and goes on where it failed", async () => {
  const files = new Map<string, string | number>([["/c/a b.csv", "id,text\n"], ["/c/dev/x.txt", "x"], [
    "/c/dev/x.ann",
    404,
  ]]);
  await using server = place(files);
  const root = await Deno.makeTempDir();
  const corpus: FetchedCorpus = {
    name: "mine",
    address: `${server.address}/c`,
    files: [
      { name: "a.csv", path: "a b.csv", sha256: sha256("id,text\n") },
      { name: "dev/x.txt", path: "dev/x.txt" },
      { name: "dev/x.ann", path: "dev/x.ann" },
    ],
    folders: { dev: sha256(`x.ann ${sha256("")}\nx.txt ${sha256("x")}`) },
  };
  const [folder, staging] = [`${root}/deep/mine`, `${root}/.mine.part`];
  const get = () => fetchCorpus(corpus, folder, staging, { waits: [] });
  await rejects(get(), /127\.0\.0\.1:\d+\/c\/dev\/x\.ann: answers 404\. Try again later\./);
  files.set("/c/dev/x.ann", 302);
  await rejects(get(), /no connection to 127\.0\.0\.1:\d+: /);
  files.set("/c/dev/x.ann", "");
  server.log.length = 0;
  deepEqual(await get(), [
    { name: "a.csv", sha256: sha256("id,text\n") },
    { name: "dev", sha256: corpus.folders?.dev },
  ]);
  deepEqual(server.log, ["/c/dev/x.ann"]); // the others were there
  equal(await Deno.readTextFile(`${folder}/dev/x.txt`), "x");
  await Deno.remove(folder, { recursive: true });

  files.set("/c/a b.csv", "id,text\nX\n");
  await rejects(get(), /a\.csv: sha256 [0-9a-f]{64}, known is [0-9a-f]{64}\./);
  await Deno.remove(staging, { recursive: true });
  files.set("/c/a b.csv", "id,text\n").set("/c/dev/x.ann", "other");
  await rejects(get(), /\.mine\.part\/dev: sha256 [0-9a-f]{64}, known is/);
  deepEqual((await Array.fromAsync(Deno.readDir(root))).map(({ name }) => name), ["deep"]);
  await Deno.remove(root, { recursive: true });
});

Deno.test("every public corpus has an official address, a licence and checksums of all its files", async () => {
  deepEqual(corpusNames, ["meddocan", "aci-bench", "mts-dialog", "bc5cdr", "ncbi-disease"]);
  for (const name of corpusNames) {
    const { address, home, licence, files, folders = {} } = await publicCorpus(name);
    equal(new URL(address).host, "raw.githubusercontent.com");
    equal(address.startsWith(home.replace("https://github.com", "https://raw.githubusercontent.com")), true);
    equal(licence.startsWith("CC BY 4.0"), true);
    equal(
      files.every(({ name, sha256 }) =>
        sha256 !== undefined || Object.hasOwn(folders, name.split("/")[0] ?? "")
      ),
      true,
    );
    equal(new Set(files.map(({ name }) => name)).size, files.length);
  }
  await rejects(
    publicCorpus("medocan"),
    /unknown corpus "medocan"\. The nearest is meddocan\. Known: meddocan, /,
  );
});
