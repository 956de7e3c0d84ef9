import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dockerLogin } from "../../../../../scripts/ecr/doctor/docker-login";

const host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const now = new Date("2026-11-29T12:00:00Z");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "docker-"));
  const helper = join(folder, "docker-credential-ecr-login");
  writeFileSync(helper, "");
  chmodSync(helper, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString("base64");
const token = (expires: string) =>
  base64(`AWS:${base64(JSON.stringify({ payload: "x", expiration: Date.parse(expires) / 1000 }))}`);
function stateWith(config: object | string) {
  writeFileSync(join(folder, "config.json"), typeof config === "string" ? config : JSON.stringify(config));
  const [found] = dockerLogin(host, "log in", { folder, path: folder, now });
  return [found?.state, found?.text];
}

test.each([
  [
    "a token that is valid",
    { auths: { [host]: { auth: token("2026-11-29T20:00:00Z") } } },
    "ok",
    `Docker is logged in to ${host} until 2026-11-29T20:00:00.000Z.`,
  ],
  [
    "a token that has expired",
    { auths: { [host]: { auth: token("2026-11-29T11:00:00Z") } } },
    "problem",
    `Docker's login to ${host} expired at 2026-11-29T11:00:00.000Z.`,
  ],
  ["no login", { auths: { "ghcr.io": { auth: "x" } } }, "note", `Docker has not logged in to ${host}.`],
  [
    "another password",
    { auths: { [host]: { auth: base64("AWS:secret") } } },
    "note",
    `Docker has a login for ${host} that is not a token of ECR.`,
  ],
  [
    "the credential helper of ECR",
    { credHelpers: { [host]: "ecr-login" } },
    "ok",
    `Docker gets tokens for ${host} from the credential helper of ECR.`,
  ],
])("%s", (_, config, state, text) => {
  expect(stateWith(config)).toEqual([state, text]);
});

test("a helper that is not installed is why credentials cannot be stored", () => {
  const [state, text] = stateWith({ credsStore: "desktop" });

  expect(state).toBe("problem");
  expect(text).toContain('docker-credential-desktop, which is not installed ("error storing credentials")');
});

test("a file that is no configuration is why credentials cannot be stored", () => {
  expect(stateWith("{")[0]).toBe("problem");
});

test("without the file, nobody has logged in", () => {
  expect(dockerLogin(host, "log in", { folder: join(folder, "none"), path: folder, now })).toEqual([
    { state: "note", text: `Docker has not logged in to ${host}.`, advice: "log in" },
  ]);
});
