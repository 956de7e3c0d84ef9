import { CommandError } from "../runner/command";

/** A REST API with JSON. */
export interface Rest {
  /** @param method of HTTP @param path below the API's URL @returns the JSON of the answer */
  send(method: "GET" | "PATCH" | "POST" | "PUT", path: string, body?: object): Promise<unknown>;
  /** Every element of a list, page by page. @param path without `page` and `per_page` */
  list(path: string): Promise<Readonly<Record<string, unknown>>[]>;
}

const pageSize = 100;

/** @param headers with the token, which no error repeats */
export function rest(url: string, headers: Readonly<Record<string, string>>): Rest {
  const send: Rest["send"] = async (method, path, body) => {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch((error: Error) => {
      throw new CommandError(`${method} ${url}/${path}: ${error.message}`);
    });
    if (!response.ok)
      throw new CommandError(
        `${method} ${url}/${path}: ${response.status} ${(await response.text()).slice(0, 500)}`,
      );
    return response.json();
  };
  const list: Rest["list"] = async (path) => {
    const all: Readonly<Record<string, unknown>>[] = [];
    for (let page = 1; ; page++) {
      const separator = path.includes("?") ? "&" : "?";
      const found = (await send("GET", `${path}${separator}per_page=${pageSize}&page=${page}`)) as typeof all;
      all.push(...found);
      if (found.length < pageSize) return all;
    }
  };
  return { send, list };
}
