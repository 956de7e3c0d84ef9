import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../../../modules/ecr/registry/replication-settings";
import { compileScanning } from "../../../../modules/ecr/registry/scanning-settings";

/** The blocks of JSON in the page, in their order. */
const blocks = [...readFileSync("modules/ecr/README.md", "utf8").matchAll(/```json\n(.*?)```/gs)].map(
  ([, json = ""]) => JSON.parse(json),
);

/** JSON has no `undefined`. */
type PartialRequest = Partial<Omit<RegistryRequest, "namePrefix">> & { readonly namePrefix?: string | null };

/** What the page leaves out of a request. */
const requests = (partial: readonly PartialRequest[]) =>
  partial.map(
    (request) =>
      ({
        namePrefix: "acme-prod-",
        source: "environments/prod.ts",
        scanType: "ENHANCED",
        scanFrequency: "MANUAL",
        destinations: [],
        ...request,
        ...(request.namePrefix === null && { namePrefix: undefined }),
      }) as RegistryRequest,
  );

test("the page of the ECR module has two examples of requests and what is compiled from them", () => {
  expect(blocks).toHaveLength(4);
});

test("the scanning of the page is what its requests give", () => {
  expect(compileScanning(requests(blocks[0])).settings).toEqual(blocks[1]);
});

test("the replication of the page is what its requests give", () => {
  expect(compileReplication(requests(blocks[2])).settings).toEqual(blocks[3]);
});
