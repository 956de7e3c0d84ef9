import { afterEach, expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { chosenRepository } from "../../../../../scripts/ecr/addresses/chosen-repository";
import { writeJson } from "../../../../../scripts/ecr/images/image-output";
import { type Listing, listImages } from "../../../../../scripts/ecr/images/listing";
import { RepositoryReader } from "../../../../../scripts/ecr/images/repository-reader";
import { tagsIn } from "../../../../../scripts/ecr/images/tags-command";
import { type Answer, answeringClient } from "../../../../support/ecr/answering-client";
import { minimal, only } from "../../../../support/environments/minimal";

const [environment] = loadEnvironments(only({ ...minimal, ecr: { repositories: { app: {} } } }));
if (environment === undefined) throw new Error("no environment");
const repository = chosenRepository(environment, { repository: "app" });
const digest = (n: number) => `sha256:${String(n).padStart(64, "0")}`;
const signature = "application/vnd.cncf.notary.signature";
const bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
const everything: Listing = { filter: {}, sort: "none", reverse: false, limit: Number.POSITIVE_INFINITY };

afterEach(() => vi.restoreAllMocks());

/** A reader of a repository whose pages are given, and the actions that it asked for. */
function readerOf(pages: readonly (readonly object[])[], answers: Readonly<Record<string, Answer>> = {}) {
  const actions: string[] = [];
  const client = answeringClient((action, { nextToken }) => {
    actions.push(action);
    if (action !== "DescribeImages") return answers[action] ?? { error: "ScanNotFoundException" };
    const index = Number(nextToken ?? 0);
    const more = index + 1 < pages.length ? { nextToken: String(index + 1) } : {};
    return { imageDetails: pages[index] ?? [], ...more };
  });
  const account = { ecr: () => client, ask: (_: string, request: () => unknown) => request() };
  const signal = new AbortController().signal;
  return {
    actions,
    reader: new RepositoryReader(account as unknown as AccountConnection, repository, signal),
  };
}

async function listed(
  pages: readonly (readonly object[])[],
  listing: Partial<Listing> = {},
  answers: Readonly<Record<string, Answer>> = {},
) {
  const { reader, actions } = readerOf(pages, answers);
  const counts = { total: 0, matching: 0 };
  const rows = [];
  for await (const row of listImages(reader, { ...everything, ...listing }, counts)) rows.push(row);
  return { rows, counts, actions };
}

const image = (n: number, more: object = {}) => ({
  imageDigest: digest(n),
  imagePushedAt: 1_700_000_000 + n,
  imageSizeInBytes: n,
  imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
  ...more,
});

test("a signature counts on a page before or after its image, as a referrer or as cosign's tag", async () => {
  const { rows } = await listed([
    [image(1), image(2), image(3)],
    [
      image(4, { subjectManifestDigest: digest(1), artifactMediaType: signature }),
      image(5, { imageTags: [`sha256-${digest(2).slice(7)}.sig`] }),
    ],
  ]);

  expect(rows.map(({ signed, kind }) => [signed, kind])).toEqual([
    [true, "image"],
    [true, "image"],
    [false, "image"],
    [false, "referrer"],
    [false, "referrer"],
  ]);
});

test.each([
  ["https://sigstore.dev/cosign/sign/v1", true],
  ["https://slsa.dev/provenance/v1", false],
])(
  "a Sigstore bundle with the predicate %s is asked for its annotations: signed is %s",
  async (type, signed) => {
    const referrer = { artifactType: bundle, annotations: { "dev.sigstore.bundle.predicateType": type } };
    const { rows, actions } = await listed(
      [[image(1), image(2, { subjectManifestDigest: digest(1), artifactMediaType: bundle })]],
      {},
      { ListImageReferrers: { referrers: [{ digest: digest(2), mediaType: "m", size: 1, ...referrer }] } },
    );

    expect(rows[0]?.signed).toBe(signed);
    expect(actions.filter((action) => action === "ListImageReferrers")).toHaveLength(1);
  },
);

test("an SBOM is no signature, and nothing is asked about it", async () => {
  const { rows, actions } = await listed([
    [image(1), image(2, { subjectManifestDigest: digest(1), artifactMediaType: "application/spdx+json" })],
  ]);

  expect(rows[0]?.signed).toBe(false);
  expect(actions).not.toContain("ListImageReferrers");
});

test("nothing that ECR counts as a pull is asked unless platforms are wanted", async () => {
  const { actions } = await listed([[image(1)]]);

  expect(new Set(actions)).toEqual(new Set(["DescribeImages", "DescribeImageScanFindings"]));
});

test("a listing of 5000 images in 5 pages asks for the scans of those that it shows, and counts all", async () => {
  const pages = Array.from({ length: 5 }, (_, page) =>
    Array.from({ length: 1000 }, (_, index) => image(1 + page * 1000 + index)),
  );
  const { rows, counts, actions } = await listed(pages, { sort: "pushed", limit: 3 });

  expect(rows.map(({ digest: of }) => of)).toEqual([5000, 4999, 4998].map(digest));
  expect(counts).toEqual({ total: 5000, matching: 5000 });
  expect(actions.filter((action) => action === "DescribeImages")).toHaveLength(10);
  expect(actions.filter((action) => action === "DescribeImageScanFindings")).toHaveLength(3);
});

const day = 24 * 60 * 60;
const ago = (days: number) => Math.floor(Date.now() / 1000) - days * day;
const old = image(1, { imagePushedAt: ago(40), lastRecordedPullTime: ago(1), imageTags: ["v1", "latest"] });
const unused = image(2, { imagePushedAt: ago(20), imageTags: ["v2"] });
const fresh = image(3, { imagePushedAt: ago(0), imageSizeInBytes: 5e8 });
const sig = image(4, {
  imagePushedAt: ago(0),
  subjectManifestDigest: digest(3),
  artifactMediaType: signature,
});

test.each<[string, Listing["filter"], number[]]>([
  ["a pattern of tags", { tag: ["v*"] }, [1, 2]],
  ["one of two patterns", { tag: ["latest", "v2"] }, [1, 2]],
  ["tagged images", { tagged: true }, [1, 2]],
  ["untagged images", { untagged: true }, [3, 4]],
  ["signed images", { signed: true }, [3]],
  ["unsigned images, without signatures themselves", { unsigned: true }, [1, 2]],
  ["referrers", { kind: "referrer" }, [4]],
  ["images pushed long ago", { pushedBefore: 30 }, [1]],
  ["images not pulled for long, or ever", { notPulledFor: 10 }, [2]],
  ["large images", { largerThan: 1e8 }, [3]],
  ["images of a state", { status: "ARCHIVED" }, []],
  ["two filters at once", { tag: ["v*"], pushedBefore: 30 }, [1]],
])("lists %s", async (_, filter, expected) => {
  const { rows, counts } = await listed([[old, unused, fresh, sig]], { filter });

  expect(rows.map(({ digest: of }) => of)).toEqual(expected.map(digest));
  expect(counts).toEqual({ total: 4, matching: expected.length });
});

test.each<[Partial<Listing>, number[]]>([
  [{ sort: "pushed" }, [4, 3, 2, 1]],
  [{ sort: "pushed", reverse: true, limit: 2 }, [1, 2]],
  [{ sort: "pulled", limit: 1 }, [1]],
  [{ sort: "size", limit: 1 }, [3]],
  [{ sort: "tag", limit: 2 }, [1, 2]],
  [{ sort: "none", limit: 2 }, [1, 2]],
])("sorts as %j says", async (listing, expected) => {
  const later = { ...sig, imagePushedAt: ago(-1) };
  const { rows } = await listed([[old, unused, fresh, later]], listing);

  expect(rows.map(({ digest: of }) => of)).toEqual(expected.map(digest));
});

test("what is written as JSON entry by entry is one JSON text, also without an image", async () => {
  for (const pages of [[[old, unused]], [[]]]) {
    let text = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      text += chunk;
      return true;
    });
    const { reader } = readerOf(pages);
    const counts = { total: 0, matching: 0 };
    await writeJson(repository, listImages(reader, everything, counts), counts);
    vi.restoreAllMocks();
    const { images, total, matching, url } = JSON.parse(text);

    expect([images.length, total, matching]).toEqual([
      pages.flat().length,
      pages.flat().length,
      pages.flat().length,
    ]);
    expect(url).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app");
  }
});

test("tags are listed by push, or as people count", async () => {
  const pages = [[image(1, { imageTags: ["v10", "v9"] }), image(2, { imageTags: ["v1", "x"] })]];
  const tags = async (options: Parameters<typeof tagsIn>[1]) => {
    const { rows, matching } = await tagsIn(readerOf(pages).reader, options);
    return [rows.map(({ tag }) => tag), matching];
  };

  expect(await tags({ sort: "tag", limit: 10 })).toEqual([["v1", "v9", "v10", "x"], 4]);
  expect(await tags({ sort: "pushed", limit: 3 })).toEqual([["v1", "x", "v9"], 4]);
  expect(await tags({ sort: "tag", match: "v*", limit: 1 })).toEqual([["v1"], 3]);
});
