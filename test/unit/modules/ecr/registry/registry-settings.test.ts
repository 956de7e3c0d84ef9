import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import { registrySettings } from "../../../../../modules/ecr/registry/registry-settings";

const request = (name: string, change: Partial<RegistryRequest> = {}): RegistryRequest => ({
  name,
  namePrefix: undefined,
  source: `stack/${name}`,
  scanType: "BASIC",
  scanFrequency: "SCAN_ON_PUSH",
  destinations: [],
  ...change,
});
const destinations = [{ region: "eu-west-1", registryId: "111122223333" }];

test("scanning and replication of all requests are compiled together", () => {
  expect(
    registrySettings([request("api", { destinations }), request("web", { scanFrequency: "MANUAL" })]),
  ).toEqual({
    scanning: { scanType: "BASIC", rules: [{ scanFrequency: "SCAN_ON_PUSH", filters: ["*api"] }] },
    replication: [{ destinations, filters: ["api"] }],
  });
});

test("fails with the conflicts of both", () => {
  const requests = [request("api", { scanType: "ENHANCED", destinations }), request("api-admin")];

  expect(() => registrySettings(requests)).toThrowErrorMatchingInlineSnapshot(`
    [Error: api, api-admin: enableEnhancedScanning: a registry has either basic or enhanced scanning, but enhanced scanning is requested by api (stack/api) and basic scanning by api-admin (stack/api-admin); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan
    api, api-admin: replicationDestinations: replication filters are name prefixes, so replicating "api" (stack/api) would also replicate "api-admin" (stack/api-admin); give both the same replicationDestinations or rename one of them]
  `);
});
