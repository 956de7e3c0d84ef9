import { describe, expect, test } from "vitest";
import { loopbackEndpoint } from "../../../../scripts/try/loopback";

describe("the endpoint of a trial", () => {
  test.each([
    ["http://127.0.0.1:5000", "http://127.0.0.1:5000"],
    ["http://127.0.0.1:5000/", "http://127.0.0.1:5000"],
    ["https://localhost:9297", "https://localhost:9297"],
    ["http://LOCALHOST:4566", "http://localhost:4566"],
    ["http://[::1]:5000", "http://[::1]:5000"],
    ["http://[0:0:0:0:0:0:0:1]:5000", "http://[::1]:5000"],
    ["http://127.1:5000", "http://127.0.0.1:5000"],
    ["http://2130706433:5000", "http://127.0.0.1:5000"],
    ["http://127.200.3.4", "http://127.200.3.4"],
  ])("%s is this machine", (given, endpoint) => {
    expect(loopbackEndpoint(given)).toBe(endpoint);
  });

  test.each([
    "https://ecr.us-east-1.amazonaws.com",
    "http://127.0.0.1.nip.io:5000",
    "http://localhost.localstack.cloud:4566",
    "http://localhost.:5000",
    "http://10.0.0.1:5000",
    "http://0.0.0.0:5000",
    "http://169.254.169.254",
    "http://[::ffff:127.0.0.1]:5000",
    "http://[fe80::1]:5000",
    "http://128.0.0.1:5000",
    "http://1270.0.1.example:5000",
    "http://emulator:5000",
  ])("fails when it is another one: %s", (given) => {
    expect(() => loopbackEndpoint(given)).toThrow(/is not this machine\. A trial talks only to/);
  });

  test.each(["", "5000", "localhost:5000", "127.0.0.1:5000", "ftp://127.0.0.1", "file:///tmp", "http://"])(
    "fails when it is no URL: %s",
    (given) => {
      expect(() => loopbackEndpoint(given)).toThrow(/this is not a URL; use one such as/);
    },
  );

  test("fails when the name of another host follows a user name that looks like this machine", () => {
    expect(() => loopbackEndpoint("http://127.0.0.1@example.com")).toThrowErrorMatchingInlineSnapshot(
      `[Error: --endpoint: leave out the user name and the password before example.com.]`,
    );
  });
});
