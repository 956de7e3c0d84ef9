import type { ECRClient } from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { replicatedRepositories } from "../../../../../environments/plan/replicated-repositories";
import { sizeText } from "../../../../../modules/values/size-text";
import { compareReplicas } from "../../../../../scripts/ecr/replication/comparison";
import { ageText, asJson, asText } from "../../../../../scripts/ecr/replication/comparison-output";
import { answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";

const digest = (n: number) => `sha256:${String(n).padStart(64, "0")}`;

interface Listed {
  readonly n: number;
  readonly more?: object;
}

type Registry = { readonly images: readonly Listed[] } | { readonly error: string };

/** A registry that lists its images in pages, and throttles the first request for each repository. */
function clientOf(
  repositories: Readonly<Record<string, Registry>>,
  log: { pages: number; largest: number },
): ECRClient {
  const throttled = new Set<string>();
  return answeringClient((_, { repositoryName, nextToken, maxResults }) => {
    const name = String(repositoryName);
    if (!throttled.has(name)) {
      throttled.add(name);
      return { error: "ThrottlingException" };
    }
    const found = repositories[name];
    if (found === undefined) return { error: "RepositoryNotFoundException" };
    if ("error" in found) return found;
    const [start, size] = [Number(nextToken ?? 0), Number(maxResults)];
    const page = found.images.slice(start, start + size);
    log.pages++;
    log.largest = Math.max(log.largest, page.length);
    const next = start + size < found.images.length ? { nextToken: String(start + size) } : {};
    return { imageDetails: page.map(detail), ...next };
  });
}

const detail = ({ n, more }: Listed) => ({
  imageDigest: digest(n),
  imageTags: [`v${n}`],
  imageSizeInBytes: 1_000_000,
  imagePushedAt: 1_700_000_000 + n,
  ...more,
});

function environmentOf(destinations: readonly object[]) {
  const app = { enableReplication: true, replicationDestinations: destinations };
  const [environment] = loadEnvironments(
    only({ ...minimal, ecr: { repositories: { app, other: {} } } } as never),
  );
  if (environment === undefined) throw new Error("no environment");
  return environment;
}

const range = (count: number): Listed[] => Array.from({ length: count }, (_, n) => ({ n }));

function compare(
  registries: Readonly<Record<string, Registry | undefined>>,
  destinations: readonly object[],
  before?: Date,
) {
  const environment = environmentOf(destinations);
  const [{ name = "" } = {}] = replicatedRepositories(environment);
  const log = { pages: 0, largest: 0 };
  const clients = new Map(
    Object.entries(registries).map(([region, images]) => [
      region,
      clientOf(images === undefined ? {} : { [name]: images }, log),
    ]),
  );
  const connection = {
    environment,
    client: (region: string) => clients.get(region) as ECRClient,
    replicates: () => true,
  };
  return compareReplicas(connection, replicatedRepositories(environment), before).then((comparison) => ({
    comparison,
    environment,
    name,
    log,
  }));
}

test("thousands of images are compared page by page, through throttling, with each destination", async () => {
  const source = { images: range(4345) };
  const without = { images: range(4345).filter(({ n }) => n % 1000 !== 7) };

  const { comparison, log } = await compare(
    { [minimal.region]: source, "us-west-2": without, "eu-central-1": source },
    [{ region: "us-west-2" }, { region: "eu-central-1" }],
  );

  const [west, europe] = comparison.replicas;
  expect(west?.lacking.map(({ digest: one }) => one)).toEqual(
    Array.from({ length: 5 }, (_, n) => digest(n * 1000 + 7)),
  );
  expect(west?.expected).toBe(4345);
  expect(europe?.lacking).toEqual([]);
  expect(comparison.problems).toEqual([]);
  expect(log).toEqual({ pages: 15, largest: 1000 });
});

test("what cannot be read is a problem, and the other destinations are compared", async () => {
  const { comparison, environment, name } = await compare(
    {
      [minimal.region]: { images: range(2) },
      "us-west-2": { error: "AccessDeniedException" },
      "eu-central-1": { images: range(1) },
      "eu-west-2": undefined,
    },
    [
      { region: "us-west-2", registryId: "999988887777" },
      { region: "eu-central-1" },
      { region: "eu-west-2" },
    ],
  );

  expect(comparison.problems).toEqual([
    `${name} in account 999988887777, us-west-2 cannot be read: AccessDeniedException: no`,
  ]);
  expect(comparison.replicas.map(({ exists, lacking }) => [exists, lacking.length])).toEqual([
    [true, 1],
    [false, 2],
  ]);
  expect(asText(environment, comparison, new Date(1_700_086_401_000))).toContain(
    "test: 2 replicas, 3 images are missing, up to 3.0 MB to transfer.\n",
  );
});

test("a Region that rejects what another accepts is not enabled", async () => {
  const { comparison, environment, name } = await compare(
    { [minimal.region]: { images: [] }, "us-west-2": { error: "UnrecognizedClientException" } },
    [{ region: "us-west-2" }],
  );

  expect(comparison.problems).toEqual([
    `${name} in account ${environment.accountId}, us-west-2 cannot be read: UnrecognizedClientException: no; ${environment.region} accepts these credentials, so enable us-west-2 for the account`,
  ]);
});

test("a source that is not there is one problem", async () => {
  const { comparison, environment, name } = await compare(
    { [minimal.region]: undefined, "us-west-2": { images: [] } },
    [{ region: "us-west-2" }],
  );

  expect(comparison).toEqual({
    replicas: [],
    inactive: 0,
    problems: [
      `${name} in account ${environment.accountId}, ${environment.region} cannot be read: RepositoryNotFoundException: no`,
    ],
  });
});

test("archived images and images that may be on their way are not expected", async () => {
  const images = [{ n: 0 }, { n: 1, more: { imageStatus: "ARCHIVED" } }, { n: 100 }];
  const { comparison } = await compare(
    { [minimal.region]: { images }, "us-west-2": { images: [] } },
    [{ region: "us-west-2" }],
    new Date(1_700_000_050_000),
  );

  expect(comparison.inactive).toBe(1);
  expect(comparison.replicas[0]).toMatchObject({ expected: 1, lacking: [{ digest: digest(0) }] });
});

test("the JSON has totals and every image, with times in ISO 8601", async () => {
  const { comparison, environment } = await compare(
    { [minimal.region]: { images: range(2) }, "us-west-2": { images: [] } },
    [{ region: "us-west-2" }],
  );

  expect(asJson(environment, comparison)).toMatchObject({
    replicas: [
      {
        missing: { images: 2, bytes: 2_000_000, oldest: "2023-11-14T22:13:20.000Z" },
        images: [{ digest: digest(0), pushedAt: "2023-11-14T22:13:20.000Z" }, { digest: digest(1) }],
      },
    ],
  });
});

test("the text lists the newest 20 images of a replica, and says how many more there are", async () => {
  const { comparison, environment } = await compare(
    { [minimal.region]: { images: range(25) }, "us-west-2": { images: [] } },
    [{ region: "us-west-2" }],
  );

  const text = asText(environment, comparison, new Date());
  expect(text.match(/│ sha256:/g)).toHaveLength(20);
  expect(text).toContain("v24");
  expect(text).not.toContain("v4 ");
  expect(text).toContain("and 5 more images; --json lists all");
});

test("sizes and ages are short", () => {
  const sizes = [0, 999, 1000, 1_500_000, 999_600, 123_456_789, 5e15, 2e18];
  expect(sizes.map(sizeText)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.5 MB",
    "1.0 MB",
    "123 MB",
    "5.0 PB",
    "2000 PB",
  ]);
  const now = new Date("2026-01-10T00:00:00Z");
  const ages = [
    "2026-01-10T00:00:05Z",
    "2026-01-09T23:59:00Z",
    "2026-01-09T22:30:00Z",
    "2026-01-01T00:00:00Z",
  ];
  expect(ages.map((then) => ageText(new Date(then), now))).toEqual([
    "0 minutes",
    "1 minute",
    "1 hour",
    "9 days",
  ]);
});
