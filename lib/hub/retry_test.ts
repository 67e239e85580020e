import { deepEqual, equal, rejects } from "node:assert/strict";
import { HubError, refusal } from "./hub_error.ts";
import { retry } from "./retry.ts";

const asking = { model: "a/b", revision: "main", endpoint: "https://hub.example", tokenName: "HF_TOKEN" };
const busy = (headers: HeadersInit = {}) => refusal(new Response(null, { status: 429, headers }), asking);

Deno.test("retry() gives up after its waits, unless the job comes further", async () => {
  let done = 0;
  let tries = 0;
  const job = () => {
    if (++tries % 2 === 0) done++;
    return Promise.reject(tries < 9 ? busy() : new HubError("the end", { again: true }));
  };
  await rejects(retry(job, { waits: [0, 0] }, () => Math.min(done, 4)), /the end/);
  equal(tries, 10); // after the eighth nothing more is done: two waits, then it ends
});

Deno.test("retry() waits as long as a hub asks for, and says so", async () => {
  const waits: number[] = [];
  const signal = AbortSignal.timeout(30);
  const job = () => Promise.reject(waits.length === 0 ? busy() : busy({ "Retry-After": "100" }));
  await rejects(retry(job, { waits: [1, 1], signal, onRetry: (_, wait) => waits.push(wait) }), {
    name: "TimeoutError",
  });
  deepEqual(waits, [1, 100_000]);
});

Deno.test("retry() does not repeat what will not help", async () => {
  for (const error of [refusal(new Response(null, { status: 404 }), asking), new TypeError("a bug")]) {
    let tries = 0;
    await rejects(retry(() => (tries++, Promise.reject(error)), { waits: [0, 0] }), error);
    equal(tries, 1);
  }
});
