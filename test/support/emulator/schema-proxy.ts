import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { trimSchema, type UsedTypes } from "./provider-schema";

/** A socket that answers as the provider behind it does, but with a smaller schema. */
export interface SchemaProxy {
  /** Path of the socket. */
  readonly socket: string;
  stop(): void;
}

/** A process of the provider, for one connection of Terraform at a time. */
export interface Lease {
  /** Path of the socket that it listens on. */
  readonly socket: string;
  /** Terraform has closed the connection. */
  release(): void;
}

/** Processes of the provider. Each takes two seconds of CPU time before it answers its first call about a resource. */
export interface Processes {
  /** Path of the socket of a process that any connection may use until it is configured. */
  readonly shared: string;
  /** A process that no other connection has leased. */
  lease(): Promise<Lease>;
}

/** https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.9.proto */
const schemaMethod = "/tfplugin5.Provider/GetSchema";

/** Calls whose answer does not depend on the configuration of the provider: those of the plugin's frame, and checks. */
const isWithoutConfiguration = (method = ""): boolean =>
  /^\/(?:plugin\.|tfplugin5\.Provider\/(?:Prepare|Validate))/.test(method);

/** https://github.com/grpc/grpc/blob/master/doc/statuscodes.md */
const grpcStatus = { ok: "0", internal: "13" };

/**
 * Start a proxy in front of running providers. It removes from the provider's schema what no stack uses, and passes every
 * other call through unchanged. Terraform decodes the whole schema in each command; the AWS provider's has 4.9 MB, which
 * takes seconds of CPU time. Terraform opens one connection for each provider configuration, and often configures none of
 * them; those that it does get a process of their own.
 *
 * For Terraform a removed type does not exist: it fails when the configuration or the state contains one.
 *
 * @param known what {@link readSchema} has returned for the same provider. @default - it is read at the first call
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function startSchemaProxy(
  processes: Processes,
  used: UsedTypes,
  known?: Buffer,
): Promise<SchemaProxy> {
  const folder = mkdtempSync(join(tmpdir(), "schema-proxy-"));
  const socket = join(folder, "socket");
  /** Read once: it does not change while the provider runs, and the provider takes long to build it. */
  let schema = known && Promise.resolve(known);
  const server = createServer().on("session", (terraform: ServerHttp2Session) => {
    const providerFor = providersOf(terraform, processes);
    terraform.on("error", () => terraform.destroy());
    terraform.on("stream", (call: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      const provider = providerFor(headers[":path"]);
      provider.catch(() => terraform.destroy());
      if (headers[":path"] !== schemaMethod) {
        call.on("error", () => call.destroy());
        provider.then(
          (session) => call.destroyed || forward(call, session.request(headers)),
          () => call.destroy(),
        );
        return undefined;
      }
      schema ??= provider.then((session) => trimmed(session.request(headers), used));
      // The call may have failed because Terraform was ended.
      schema.catch(() => {
        schema = undefined;
      });
      return answer(call, schema);
    });
  });
  server.listen(socket);
  await once(server, "listening");
  return {
    socket,
    stop() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * What chooses the process for each call of a connection: the shared one, until a call depends on the configuration. From
 * then on all of them go to a process of its own.
 */
function providersOf(terraform: ServerHttp2Session, { shared, lease }: Processes) {
  let anyone: ClientHttp2Session | undefined;
  let own: Promise<ClientHttp2Session> | undefined;
  const connected = (socket: string, closed: () => void) => {
    const provider = connectTo(socket);
    closeTogether(terraform, provider, closed);
    return provider;
  };
  return async (method: string | undefined): Promise<ClientHttp2Session> => {
    if (own === undefined && (method === schemaMethod || isWithoutConfiguration(method))) {
      anyone ??= connected(shared, () => undefined);
      return anyone;
    }
    own ??= lease().then(({ socket, release }) => connected(socket, release));
    return own;
  };
}

const connectTo = (socket: string): ClientHttp2Session =>
  connect("http://provider", { createConnection: () => createConnection(socket) });

/**
 * The answer of a provider to a call for its schema, with what is used. It is the same for every process of the provider,
 * which takes more than a second of CPU time for it.
 */
export async function readSchema(providerSocket: string, used: UsedTypes): Promise<Buffer> {
  const provider = connectTo(providerSocket);
  try {
    const headers = { ":method": "POST", ":path": schemaMethod, "content-type": "application/grpc" };
    return await trimmed(provider.request({ ...headers, te: "trailers" }), used);
  } finally {
    provider.destroy();
  }
}

/** Terraform notices that the provider ended, and the provider that Terraform did, by its connection. */
function closeTogether(
  terraform: ServerHttp2Session,
  provider: ClientHttp2Session,
  closed: () => void,
): void {
  if (terraform.destroyed) provider.destroy();
  terraform.on("close", () => provider.destroy());
  provider
    .on("error", () => provider.destroy())
    .on("close", () => {
      terraform.destroy();
      closed();
    });
}

/** Let the provider answer a call: headers, messages, trailers, and the end of the call by either side. */
function forward(call: ServerHttp2Stream, toProvider: ClientHttp2Stream): void {
  let trailers = {};
  call.on("error", () => toProvider.close(constants.NGHTTP2_CANCEL));
  call.on("close", () => toProvider.close(call.rstCode));
  toProvider.on("error", () => call.close(constants.NGHTTP2_INTERNAL_ERROR));
  toProvider.on("close", () => {
    // Otherwise the answer is complete, but may not have been passed on yet.
    if (toProvider.rstCode !== constants.NGHTTP2_NO_ERROR) call.close(toProvider.rstCode);
  });
  toProvider.on("trailers", (received) => {
    trailers = received;
  });
  toProvider.on("response", (headers, flags) => {
    if (call.destroyed) return;
    if (flags & constants.NGHTTP2_FLAG_END_STREAM) return call.respond(headers, { endStream: true });
    call.respond(headers, { waitForTrailers: true });
    call.on("wantTrailers", () => call.sendTrailers(trailers));
    toProvider.pipe(call);
  });
  call.pipe(toProvider);
}

/** Answer a call with one message; Terraform shows why there is none. */
async function answer(call: ServerHttp2Stream, message: Promise<Buffer>): Promise<void> {
  call.on("error", () => call.destroy()).resume();
  const headers = { ":status": 200, "content-type": "application/grpc" };
  const [settled] = await Promise.allSettled([message]);
  if (call.destroyed) return;
  if (settled.status === "rejected") {
    const failure = {
      "grpc-status": grpcStatus.internal,
      "grpc-message": encodeURIComponent(`schema proxy: ${settled.reason}`),
    };
    return call.respond({ ...headers, ...failure }, { endStream: true });
  }
  call.respond(headers, { waitForTrailers: true });
  call.on("wantTrailers", () => call.sendTrailers({ "grpc-status": grpcStatus.ok }));
  call.end(settled.value);
}

/** A byte that says whether the message is compressed, and four bytes with its length. */
const prefixBytes = 5;

/** What the provider answers to a call for its schema, trimmed. */
async function trimmed(call: ClientHttp2Stream, used: UsedTypes): Promise<Buffer> {
  let status: unknown;
  call.on("response", (headers) => {
    status = headers["grpc-status"];
  });
  call.on("trailers", (trailers) => {
    status = trailers["grpc-status"];
  });
  call.end(Buffer.alloc(prefixBytes));
  const answered = await buffer(call);
  if (status !== grpcStatus.ok) throw new Error(`the provider answered with gRPC status ${status}`);
  if (answered[0] !== 0 || answered.readUInt32BE(1) !== answered.length - prefixBytes)
    throw new Error("the provider's answer is compressed, or not one message");
  const trimmed = trimSchema(answered.subarray(prefixBytes), used);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32BE(trimmed.length, 1);
  return Buffer.concat([prefix, trimmed]);
}
