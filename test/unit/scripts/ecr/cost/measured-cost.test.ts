import { expect, test } from "vitest";
import { type CostLine, totalOf } from "../../../../../scripts/ecr/cost/cost-line";
import { asJson, asText, dollars } from "../../../../../scripts/ecr/cost/cost-output";
import type { CostReport } from "../../../../../scripts/ecr/cost/cost-report";
import { imageCost, type MeasuredPlace } from "../../../../../scripts/ecr/cost/image-cost";
import { measureRepository } from "../../../../../scripts/ecr/cost/read-storage";
import { answeringClient } from "../../../../support/ecr/answering-client";

const digest = (number: number) => `sha256:${String(number).padStart(64, "0")}`;
const gb = 1024 ** 3;
const since = new Date("2026-11-01T00:00:00Z");
const repository = { registryId: "111122223333", repositoryName: "acme-app" };
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const listType = "application/vnd.oci.image.index.v1+json";

const layer = (number: number, size: number) => ({ digest: digest(number), size, mediaType: "layer" });

/** Two images share a base of 4 GB; one is old. A list names both. An archived one cannot be read. */
const images = [
  { number: 1, pushed: "2026-10-01", size: 5 * gb, layers: [layer(91, 4 * gb), layer(92, gb)] },
  { number: 2, pushed: "2026-11-20", size: 6 * gb, layers: [layer(91, 4 * gb), layer(93, 2 * gb)] },
  { number: 3, pushed: "2026-11-20", size: 6 * gb, list: [1, 2] },
  { number: 4, pushed: "2026-10-02", size: 3 * gb, status: "ARCHIVED" },
];

const details = images.map(({ number, pushed, size, list, status = "ACTIVE" }) => ({
  ...{ imageDigest: digest(number), imagePushedAt: Date.parse(pushed) / 1000, imageSizeInBytes: size },
  ...{ imageStatus: status, imageManifestMediaType: list === undefined ? manifestType : listType },
}));

const requested: string[] = [];

/** Answers page by page, one image on each. */
const client = answeringClient((action, input) => {
  if (action === "DescribeImages") {
    const page = Number(input["nextToken"] ?? 0);
    return {
      imageDetails: details.slice(page, page + 1),
      ...(page + 1 < details.length && { nextToken: String(page + 1) }),
    };
  }
  const ids = input["imageIds"] as { imageDigest: string }[];
  requested.push(...ids.map(({ imageDigest }) => imageDigest));
  return {
    images: images
      .filter(({ number }) => ids.some(({ imageDigest }) => imageDigest === digest(number)))
      .map(({ number, layers, list }) => ({
        imageId: { imageDigest: digest(number) },
        imageManifest: JSON.stringify(
          list === undefined ? { layers } : { manifests: list.map((of) => ({ digest: digest(of) })) },
        ),
      })),
  };
});

const place = async (layers: boolean, more: Partial<MeasuredPlace> = {}): Promise<MeasuredPlace> => ({
  ...{ repositoryName: "acme-app", region: "us-east-1", isReplica: false },
  ...{ enhancedScanning: true, replicatedTo: ["us-west-2"] },
  measured: await measureRepository(client, repository, { layers, since }),
  ...more,
});

const quantities = (lines: readonly CostLine[]) =>
  Object.fromEntries(lines.map(({ item, quantity }) => [item, quantity]));

test("with their layers read, images that share one store it once; an archived image is not pulled", async () => {
  requested.length = 0;
  const lines = imageCost(await place(true), { since, rescans: 2 });

  expect(requested).not.toContain(digest(4));
  expect(quantities(lines)).toEqual({
    "acme-app": 7,
    "acme-app, archived": 3,
    // The base was there before: only the 2 GB of the new image are sent.
    "acme-app to us-west-2": 2,
    "acme-app, first scans": 1,
    "acme-app, scans again": 6,
  });
  expect(totalOf(lines).least).toBeCloseTo(0.7 + 0.3 + 2 * 0.02 + 0.09 + 6 * 0.01);
  expect(totalOf(lines).most).toBeCloseTo(0.7 + 0.3 + 2 * 0.09 + 0.09 + 6 * 0.01);
});

test("without, no manifest is read, and each image counts with its whole size", async () => {
  requested.length = 0;
  const lines = imageCost(await place(false), { since, rescans: 0 });

  expect(requested).toEqual([]);
  expect(quantities(lines)).toEqual({
    ...{ "acme-app": 11, "acme-app, archived": 3, "acme-app to us-west-2": 6, "acme-app, first scans": 1 },
  });
});

test("thousands of images are read in batches, and each layer counts once", async () => {
  const total = 3_050;
  let largest = 0;
  const many = answeringClient((action, input) => {
    if (action === "DescribeImages") {
      const from = Number(input["nextToken"] ?? 0);
      const numbers = Array.from({ length: Math.min(1000, total - from) }, (_, index) => from + index);
      return {
        imageDetails: numbers.map((number) => ({
          ...{
            imageDigest: digest(number),
            imagePushedAt: 1_790_000_000,
            imageManifestMediaType: manifestType,
          },
        })),
        ...(from + 1000 < total && { nextToken: String(from + 1000) }),
      };
    }
    const ids = input["imageIds"] as { imageDigest: string }[];
    largest = Math.max(largest, ids.length);
    return {
      images: ids.map(({ imageDigest }) => ({
        imageId: { imageDigest },
        imageManifest: JSON.stringify({
          layers: [layer(90_000, 1000), layer(100_000 + (Number(imageDigest.slice(-4)) % 10), 7)],
        }),
      })),
    };
  });
  const seen: number[] = [];
  const measured = await measureRepository(many, repository, { layers: true, since }, (read) =>
    seen.push(read),
  );

  expect(measured.images).toHaveLength(total);
  expect(measured.storage.bytesOf(measured.images.flatMap(({ blobs }) => blobs))).toBe(1000 + 10 * 7);
  expect(largest).toBe(100);
  expect(seen.at(-1)).toBe(total);
});

test("a replica's storage is part of replication, and it sends nothing on", async () => {
  const replica = { isReplica: true, region: "us-west-2", replicatedTo: [], enhancedScanning: false };
  const lines = imageCost(await place(true, replica), { since, rescans: 0 });

  expect(lines.map(({ part, region }) => [part, region])).toEqual([
    ["replication", "us-west-2"],
    ["replication", "us-west-2"],
  ]);
});

test("the report has the price, day and source of each line, and says which price is missing", async () => {
  const lines = imageCost(await place(true, { region: "eu-west-1" }), { since, rescans: 0 });
  const saving = {
    repositoryName: "acme-app",
    region: "eu-west-1",
    expiring: 3,
    expiringInUse: 1,
    bytes: gb,
  };
  const report: CostReport = {
    ...{ environment: "prod", lines, notes: ["One note."], assumptions: ["One assumption."] },
    whatIf: { maxImageCount: 30, savings: [{ ...saving, amount: { least: 0.1, most: 0.1 } }] },
  };
  const text = asText(report);

  expect(text).toMatch(/first scans +│ eu-west-1 │ 1 scan +│ not known +│ not known/);
  expect(text).toContain(
    "The total lacks archive in eu-west-1, transfer in eu-west-1, initialScan in eu-west-1",
  );
  expect(text).toContain("prod: $0.70 a month: storage $0.70");
  expect(text).toContain("maxImageCount: 30 would save $0.10 a month. It would remove 1 image in use.");
  expect(text).toMatch(/storage in eu-west-1: \$0\.1, day not known, https:\/\/\S+; UNSURE: /);
  expect(asJson(report)).toMatchObject({
    currency: "USD",
    missingPrices: expect.arrayContaining([{ region: "eu-west-1", name: "initialScan" }]),
    prices: [{ region: "eu-west-1", name: "storage", usd: 0.1, asOf: null }],
    whatIf: { saved: { least: 0.1 } },
  });
});

test("dollars", () => {
  expect(dollars({ least: 1.234, most: 1.234 })).toBe("$1.23");
  expect(dollars({ least: 0.04, most: 0.18 })).toBe("$0.04 to $0.18");
});
