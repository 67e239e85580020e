/// <reference lib="dom" />
/** Asking the server. @module */

import { useEffect, useState } from "preact/hooks";

/** The address of an answer, for links that save it. */
export function addressOf(path: string, query: unknown): string {
  return `${path}?q=${encodeURIComponent(JSON.stringify(query))}`;
}

/** The server's answer; throws what it says where it can't. */
export async function ask<T>(path: string, query: unknown = {}, signal?: AbortSignal): Promise<T> {
  const response = await fetch(addressOf(path, query), signal ? { signal } : {});
  return await read<T>(response);
}

/** Has the server write something. */
export async function tell<T>(path: string, query: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  return await read<T>(await fetch(path, { method: "POST", headers, body: JSON.stringify(query) }));
}

async function read<T>(response: Response): Promise<T> {
  const said = await response.json();
  if (!response.ok) {
    throw new Error(typeof said?.error === "string" ? said.error : `status ${response.status}`);
  }
  return said;
}

/** What is known of an answer; while another is on its way, the last one stays. */
export interface Answer<T> {
  readonly data?: T;
  readonly error?: string;
  readonly busy: boolean;
}

/** Asks whenever the query changes; `undefined` asks nothing. */
export function useAsk<T>(path: string, query: unknown): Answer<T> {
  const key = query === undefined ? undefined : JSON.stringify(query);
  const [answer, setAnswer] = useState<Answer<T> & { readonly key?: string }>({ busy: key !== undefined });
  useEffect(() => {
    if (key === undefined) {
      setAnswer({ busy: false });
      return;
    }
    const controller = new AbortController();
    setAnswer(({ data, error }) => ({
      ...data !== undefined && { data },
      ...error !== undefined && { error },
      busy: true,
    }));
    ask<T>(path, JSON.parse(key), controller.signal).then(
      (data) => setAnswer({ data, busy: false, key }),
      (error: Error) => {
        if (error.name !== "AbortError") setAnswer({ error: error.message, busy: false, key });
      },
    );
    return () => controller.abort();
  }, [path, key]);
  return answer;
}
