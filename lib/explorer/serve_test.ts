import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { serveExplorer } from "./serve.ts";
import { hostile } from "./tiny_project.ts";
import { asked, experiment, folder, options, served } from "./tiny_server.ts";

/** What `fetch` would not send: any host, any path, any method. */
async function raw(port: number, head: string): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(`${head}\r\nConnection: close\r\n\r\n`));
  const answer = await new Response(connection.readable).text();
  return answer;
}

const statusOf = (answer: string) => Number(answer.slice(9, 12));

Deno.test("serveExplorer() answers its own address, host and origin alone", () =>
  served(async ({ port, token }) => {
    const get = (path: string, ...headers: string[]) =>
      raw(port, [`GET ${path} HTTP/1.1`, ...headers].join("\r\n"));
    const own = `Host: 127.0.0.1:${port}`;
    const start = `/${token}/api/start`;
    equal(statusOf(await get(start, own)), 200);
    equal(statusOf(await get(start, `Host: localhost:${port}`)), 200);
    for (
      const [what, ...headers] of [
        ["a name that resolves to this machine", `Host: evil.example:${port}`],
        ["another port's host", "Host: 127.0.0.1:1"],
        ["a page of another origin", own, "Origin: http://evil.example"],
        ["a page of another port", own, "Origin: http://127.0.0.1:1"],
        ["a file's page", own, "Origin: null"],
        ["another site", own, "Sec-Fetch-Site: cross-site"],
      ] as const
    ) equal(statusOf(await get(start, ...headers)), 403, what);
    const link = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"];
    equal(
      statusOf(await get(`/${token}/`, own, ...link)),
      200,
      "a link to the printed address opens the page",
    );
    equal(statusOf(await get(start, own, ...link)), 403, "and nothing else");
    for (
      const guess of [
        "",
        "x",
        `${token}x`,
        token.slice(1),
        token.toUpperCase(),
        "%00",
        "..",
        encodeURIComponent(hostile),
      ]
    ) {
      const answer = await get(`/${guess}/api/start`, own);
      equal(statusOf(answer), 403, guess);
      ok(!answer.includes("model_comparison"), "nothing is told without the token");
    }
    const post = (...headers: string[]) =>
      raw(port, [`POST ${start} HTTP/1.1`, own, "Content-Length: 2", ...headers].join("\r\n") + "\r\n\r\n{}");
    equal(statusOf(await post()), 403, "a form of another page has no origin of ours");
    equal(statusOf(await post(`Origin: http://127.0.0.1:${port}`)), 405, "what reads takes no POST");
    equal(statusOf(await raw(port, `DELETE ${start} HTTP/1.1\r\n${own}`)), 405);
  }));

Deno.test("serveExplorer() serves no file outside of its list, however it is asked for", () =>
  served(async ({ port, token }) => {
    for (
      const path of [
        "../../deno.json",
        "..%2f..%2fdeno.json",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "/etc/passwd",
        "page/style.css",
        "main.tsx",
        "api/constructor",
        "constructor",
        "__proto__",
        "toString",
        "style.css%00.js",
        "file:///etc/passwd",
        "style.css/../../serve.ts",
      ]
    ) {
      const answer = await raw(port, `GET /${token}/${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}`);
      ok([400, 403, 404].includes(statusOf(answer)), `${path}: ${statusOf(answer)}`);
      ok(!/root:|compilerOptions|serveExplorer/.test(answer), path);
    }
  }));

Deno.test("serveExplorer() sends headers under which no script but its own runs", () =>
  served(async ({ address }) => {
    for (const path of ["", "style.css", "api/start", "nothing"]) {
      const { headers, body } = await fetch(`${address}${path}`);
      await body?.cancel();
      const policy = headers.get("content-security-policy") ?? "";
      for (
        const part of [
          "default-src 'none'",
          "script-src 'self'",
          "frame-ancestors 'none'",
          "require-trusted-types-for",
        ]
      ) {
        ok(policy.includes(part), `${path}: ${part}`);
      }
      ok(!policy.includes("unsafe"), policy);
      deepEqual(
        ["x-content-type-options", "referrer-policy", "cache-control", "access-control-allow-origin"]
          .map((name) => headers.get(name)),
        ["nosniff", "no-referrer", "no-store", null],
      );
    }
    const page = await (await fetch(address)).text();
    ok(!/<script(?![^>]*\ssrc=)/.test(page), "no inline script");
  }));

Deno.test("what is hostile in letters, names and queries comes back as JSON, and as nothing else", () =>
  served(async ({ address }) => {
    const source = { corpus: "letters" };
    const letter = await asked(address, "api/letter", { source, id: "letter-03" });
    ok(letter.body.versions[0].text.includes(hostile));
    const response = await fetch(
      `${address}api/letter?q=${encodeURIComponent(JSON.stringify({ source, id: "letter-03" }))}`,
    );
    equal(response.headers.get("content-type"), "application/json; charset=utf-8");
    await response.body?.cancel();
    for (
      const query of [
        { experiment, by: ["model"], metrics: [`rougeL" from runs; drop table runs; --`] },
        { experiment, by: [`model"; drop table runs; --`], metrics: ["rougeL"] },
        { experiment: "../results", by: [], metrics: ["rougeL"] },
        { experiment, by: ["model"], metrics: [] },
        { experiment, by: ["model"], metrics: ["rougeL"], count: 1e9 },
        { experiment: ["x"] },
        null,
        "x",
      ]
    ) {
      const { status, body } = await asked(address, "api/cells", query);
      equal(status, 422, JSON.stringify(query));
      equal(typeof body.error, "string");
    }
    const where = { model: ["x'; drop table runs; --"] };
    const { status, body } = await asked(address, "api/cells", {
      experiment,
      where,
      by: ["model"],
      metrics: ["rougeL"],
    });
    deepEqual([status, body.total], [200, 0]);
    equal((await fetch(`${address}api/cells?q=%7B`)).status, 400, "no JSON");
    equal(
      (await asked(address, "api/cells", { experiment, by: ["model"], metrics: ["rougeL"] })).body.total,
      3,
    );
  }));

Deno.test("a port in use, a folder that is not there and results that can't be read are named", async () => {
  await served(async ({ port, address }) => {
    await rejects(
      serveExplorer({ ...options, port }),
      new RegExp(`port ${port} is in use.*--port ${port + 1}`),
    );
    const { body } = await asked(address, "api/start");
    const newer = body.experiments.find(({ id }: { id: string }) => id === "newer");
    match(newer.leftOut, /written by palimpsest 99\.0\.0/);
    match(
      (await asked(address, "api/cells", { experiment: "newer", by: [], metrics: ["x"] })).body.error,
      /99\.0\.0/,
    );
    match(
      (await asked(address, "api/experiment", { experiment: "broken" })).body.error,
      /broken\/runs\.parquet: /,
    );
    match(
      (await asked(address, "api/letters", { source: { corpus: "nobody" } })).body.error,
      /no corpus "nobody"/,
    );
    const cell = { experiment, condition: { model: "trigram" } };
    match(
      (await asked(address, "api/letters", { source: cell })).body.error,
      /not stored here.*deno task repro/,
    );
  });
  await rejects(serveExplorer({ ...options, results: `${folder}/none` }), /none: no such folder.*--results/);
  const explorer = await serveExplorer({
    ...options,
    letters: [{ name: "gone", path: `${folder}/gone.jsonl` }],
  });
  match(
    (await asked(explorer.address, "api/letters", { source: { corpus: "gone" } })).body.error,
    /gone\.jsonl/,
  );
  await explorer.close();
});
