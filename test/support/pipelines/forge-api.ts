import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment, note or issue. */
export type Entry = Record<string, unknown>;

export interface ForgeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Entry;
}

export interface ForgeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** An API of a forge that keeps what is written to it. */
export class ForgeApi {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    /** Method and path of every request. */
    readonly requests: readonly string[],
  ) {}

  static async start(answer: (request: ForgeRequest) => ForgeAnswer): Promise<ForgeApi> {
    const requests: string[] = [];
    const server = createServer(async (message, response) => {
      const { pathname, searchParams } = new URL(message.url ?? "", "http://forge");
      const method = message.method ?? "";
      requests.push(`${method} ${pathname}`);
      const { headers } = message;
      const { status, body } = answer({
        ...{ method, headers, path: pathname, query: searchParams, body: await bodyOf(message) },
      });
      response.writeHead(status).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return new ForgeApi(server, `http://127.0.0.1:${port}`, requests);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function bodyOf(message: IncomingMessage): Promise<Entry> {
  let text = "";
  for await (const chunk of message) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}

/** One page of a list. */
export const pageOf = (entries: readonly Entry[], query: URLSearchParams): Entry[] => {
  const [size, page] = [Number(query.get("per_page")), Number(query.get("page"))];
  return entries.slice((page - 1) * size, page * size);
};
