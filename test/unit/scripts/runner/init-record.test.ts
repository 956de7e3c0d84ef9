import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isStateInPlace } from "../../../../scripts/runner/init-record";

const folder = mkdtempSync(join(tmpdir(), "stack-"));
mkdirSync(join(folder, ".terraform"));
afterAll(() => rmSync(folder, { recursive: true }));

const place = { bucket: "state", key: "acme/compute-dev/terraform.tfstate", region: "us-east-1" };

/** Whether the state is in place when the folder was initialized for one backend and is configured for another. */
function inPlace(initialized: string, configured: object): boolean {
  writeFileSync(join(folder, ".terraform", "terraform.tfstate"), initialized);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend: configured } }));
  return isStateInPlace(folder);
}

const recorded = (type: string, config: object) => JSON.stringify({ version: 3, backend: { type, config } });

test("a state is in place when only other settings of its backend have changed", () => {
  const before = recorded("s3", { ...place, encrypt: true, allowed_account_ids: null });

  expect(inPlace(before, { s3: { ...place, allowed_account_ids: ["123456789012"] } })).toBe(true);
});

test.each([
  ["another bucket", recorded("s3", place), { s3: { ...place, bucket: "other" } }],
  ["another key", recorded("s3", place), { s3: { ...place, key: "other" } }],
  ["another Region", recorded("s3", place), { s3: { ...place, region: "eu-west-1" } }],
  ["another backend", recorded("local", {}), { s3: place }],
  ["a local backend", recorded("s3", place), { local: { path: "state" } }],
  ["a half-written record", '{"version":3,"backend":{', { s3: place }],
])("a state is not in place with %s", (_, initialized, configured) => {
  expect(inPlace(initialized, configured)).toBe(false);
});
