import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type SchemaProxy, startSchemaProxy } from "../../../support/emulator/schema-proxy";

const schemaMethod = "/tfplugin5.Provider/GetSchema";
const noTypes = { resources: new Set<string>(), dataSources: new Set<string>() };

let folder: string;
let provider: Http2Server;
let proxy: SchemaProxy;

/** Connections that have the provider. */
let leases = 0;
const lease = async () => {
  leases++;
  return { socket: join(folder, "socket"), release: () => void leases-- };
};

/** What the provider does with the next calls. */
let act: (call: ServerHttp2Stream) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "provider-"));
  provider = createServer().on("stream", (call) => act(call));
  provider.listen(join(folder, "socket"));
  await once(provider, "listening");
  proxy = await startSchemaProxy({ shared: join(folder, "socket"), lease }, noTypes);
});
afterEach(() => {
  proxy.stop();
  provider.close();
  rmSync(folder, { recursive: true });
});

/** Call a method through the proxy, as Terraform does. */
async function call(path: string, message: string) {
  const session = connect("http://provider", { createConnection: () => createConnection(proxy.socket) });
  const stream = session.request({ ":method": "POST", ":path": path, te: "trailers" });
  const received = { headers: {}, trailers: {}, body: "", error: "" };
  stream.on("response", (headers) => Object.assign(received.headers, headers));
  stream.on("trailers", (trailers) => Object.assign(received.trailers, trailers));
  stream.end(message);
  received.body = await text(stream).catch(({ message }: Error) => {
    received.error = message;
    return "";
  });
  session.destroy();
  return received;
}

/** Answer with a message and the trailers of a call that succeeded. */
function succeed(stream: ServerHttp2Stream, message: Buffer | string): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.end(message);
}

test("a call is passed on with its message, and its answer comes back with trailers", async () => {
  act = async (stream) => succeed(stream, `answer to ${await text(stream)}`);

  const { headers, body, trailers } = await call("/tfplugin5.Provider/ReadResource", "x".repeat(200_000));

  expect(headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
  expect(body).toBe(`answer to ${"x".repeat(200_000)}`);
  expect(trailers).toEqual(expect.objectContaining({ "grpc-status": "0" }));
});

test("an error without a message comes back", async () => {
  act = (stream) => stream.respond({ ":status": 200, "grpc-status": "12" }, { endStream: true });

  expect((await call("/plugin.GRPCStdio/StreamStdio", "")).headers).toMatchObject({ "grpc-status": "12" });
});

test("a call that the provider resets ends with an error", async () => {
  act = (stream) => stream.on("error", () => undefined).close(2);

  expect((await call("/tfplugin5.Provider/ReadResource", "")).error).toContain("NGHTTP2_INTERNAL_ERROR");
});

test("the schema is read once", async () => {
  let reads = 0;
  act = (stream) => {
    reads++;
    succeed(stream, Buffer.from([0, 0, 0, 0, 3, 0x0a, 1, 0x41]));
  };

  const bodies = [await call(schemaMethod, ""), await call(schemaMethod, "")].map(({ body }) => body);

  expect(bodies).toEqual(["\0\0\0\0\x03\n\x01A", "\0\0\0\0\x03\n\x01A"]);
  expect(reads).toBe(1);
});

test.each<[string, (stream: ServerHttp2Stream) => void, string]>([
  ["an error", (stream) => stream.respond({ "grpc-status": "13" }, { endStream: true }), "gRPC status 13"],
  ["a compressed message", (stream) => succeed(stream, Buffer.from([1, 0, 0, 0, 0])), "is compressed"],
  ["another message", (stream) => succeed(stream, Buffer.from([0, 0, 0, 0, 2, 8, 1])), "has wire type 0"],
])("a schema that is %s fails the call and says why, and is read again", async (_, bad, reason) => {
  act = bad;
  const { headers } = await call(schemaMethod, "");
  act = (stream) => succeed(stream, Buffer.from([0, 0, 0, 0, 0]));
  const again = await call(schemaMethod, "");

  const { "grpc-status": status, "grpc-message": message = "" } = headers as Record<string, string>;
  expect([status, decodeURIComponent(message)]).toEqual(["13", expect.stringContaining(reason)]);
  expect(again.trailers).toEqual(expect.objectContaining({ "grpc-status": "0" }));
});

test("each connection that is configured has a provider of its own until it is closed", async () => {
  const open = () => connect("http://provider", { createConnection: () => createConnection(proxy.socket) });
  act = async (stream) => succeed(stream, await text(stream));
  const during: number[] = [];
  const sessions = [open(), open()];
  const methods = ["ValidateResourceTypeConfig", "PrepareProviderConfig", "Configure", "PlanResourceChange"];
  for (const session of sessions)
    for (const method of [...methods, "ValidateResourceTypeConfig"]) {
      const stream = session.request({ ":method": "POST", ":path": `/tfplugin5.Provider/${method}` });
      stream.end("settings");
      expect(await text(stream)).toBe("settings");
      during.push(leases);
    }
  for (const session of sessions) session.destroy();

  expect(during).toEqual([0, 0, 1, 1, 1, 1, 1, 2, 2, 2]);
  await vi.waitFor(() => expect(leases).toBe(0));
});
