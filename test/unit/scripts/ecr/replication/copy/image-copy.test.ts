import fc from "fast-check";
import { expect, test } from "vitest";
import { type LackingImage, lackOf } from "../../../../../../modules/ecr/replication/replica-comparison";
import { copyImages } from "../../../../../../scripts/ecr/replication/copy/image-copy";
import { ModelRepository, sha256 } from "../../../../../support/ecr/model-registry";
import { runs } from "../../../../../support/property-runs";

const index = "application/vnd.oci.image.index.v1+json";

/** What a replica lacks, by the comparison that the command uses. */
function lacking(source: ModelRepository, target: ModelRepository): LackingImage[] {
  const content = new Map(
    [...target.images].map(([digest, { tags }]) => [digest, { active: true, tags: [...tags] }]),
  );
  return [...source.images].flatMap(
    ([imageDigest, { tags, mediaType }]) =>
      lackOf({ imageDigest, imageTags: [...tags], imageManifestMediaType: mediaType }, content) ?? [],
  );
}

function copy(
  source: ModelRepository,
  target: ModelRepository,
  signal = new AbortController().signal,
  order: (images: LackingImage[]) => LackingImage[] = (images) => images,
) {
  const place = (client: ModelRepository["client"], region: string) => ({
    ...{ client, region, registryId: "111122223333", repositoryName: "app" },
  });
  const done = { images: 0, bytes: 0 };
  const problems = copyImages(
    { source: place(source.client, "us-east-1"), target: place(target.client, "us-west-2"), signal },
    order(lacking(source, target)),
    {
      image: () => void done.images++,
      bytes: (count) => {
        done.bytes += count;
      },
    },
  );
  return { problems, done };
}

const tagsOf = (repository: ModelRepository) =>
  Object.fromEntries([...repository.images].map(([digest, { tags }]) => [digest, [...tags].toSorted()]));

test("layers that the replica has are not copied, and manifests keep their bytes", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  const [config, shared, own] = ["config", "shared-layer", "own"].map((data) => source.layer(data));
  target.layer("shared-layer");
  const digest = source.push({ config, layers: [shared, own] }, ["v1", "stable"]);

  const { problems, done } = copy(source, target);

  expect(await problems).toEqual([]);
  expect(tagsOf(target)).toEqual({ [digest]: ["stable", "v1"] });
  expect(target.images.get(digest)?.manifest).toBe(source.images.get(digest)?.manifest);
  expect(done).toEqual({ images: 1, bytes: "config".length + "own".length });
});

test("an untagged image is put once, by its digest", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  const digest = source.push({ config: source.layer("c"), layers: [] }, []);

  expect(await copy(source, target).problems).toEqual([]);
  expect(tagsOf(target)).toEqual({ [digest]: [] });
});

test("an immutable tag that is on another image there is named, and the image is copied without it", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  const digest = source.push({ config: source.layer("new"), layers: [] }, ["v1"]);
  const other = target.push({ config: target.layer("old"), layers: [] }, ["v1"]);
  target.immutable.add("v1");

  expect(await copy(source, target).problems).toEqual([
    `app@${digest} was copied to account 111122223333, us-west-2 without the tag v1, which is immutable there and on another image; remove it from that image, then run this again`,
  ]);
  expect(tagsOf(target)).toEqual({ [other]: ["v1"], [digest]: [] });
});

test("a manifest or a layer whose bytes do not fit its digest is not kept", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  const layer = source.layer("right");
  const bad = source.push({ config: source.layer("c"), layers: [layer] }, ["bad"]);
  source.layers.set(layer.digest, Buffer.from("wrong"));
  const text = '{"schemaVersion":2,"layers":[]}';
  source.images.set(sha256("something else"), { manifest: text, mediaType: undefined, tags: new Set() });

  const problems = await copy(source, target).problems;

  expect(problems).toEqual([
    `app@${bad} was not copied to account 111122223333, us-west-2: its layer ${layer.digest} arrived as ${sha256("wrong")}, so it was not kept`,
    `app@${sha256("something else")} was not copied to account 111122223333, us-west-2: its manifest arrived with the digest ${sha256(text)}`,
  ]);
  expect(target.images.size).toBe(0);
  expect(target.layers.has(layer.digest)).toBe(false);
});

test("a list is not put if one of its images failed, and other images are copied", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  const broken = source.push({ config: source.layer("a"), layers: [{ digest: sha256("gone") }] }, []);
  const fine = source.push({ config: source.layer("b"), layers: [] }, ["fine"]);
  const list = source.push({ manifests: [{ digest: broken }, { digest: fine }] }, ["list"], index);

  const problems = await copy(source, target).problems;

  expect(problems).toEqual([
    `app@${broken} was not copied to account 111122223333, us-west-2: LayersNotFoundException: LayersNotFoundException`,
    `app@${list} was not copied to account 111122223333, us-west-2: its image ${broken} was not copied`,
  ]);
  expect(tagsOf(target)).toEqual({ [fine]: ["fine"] });
});

/** A repository with lists of lists and signatures, of images that share layers. */
const repository = fc
  .array(
    fc.record({
      layers: fc.subarray(["l1", "l2", "a longer layer of several parts"]),
      refers: fc.array(fc.nat(20), { maxLength: 3 }),
      kind: fc.constantFrom("image", "list", "signature"),
      tags: fc.subarray(["a", "b", "c"]),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((specs) => {
    const source = new ModelRepository();
    const digests: string[] = [];
    const taken = new Set<string>();
    specs.forEach(({ layers, refers, kind, tags }, number) => {
      const earlier = refers.flatMap((n) => digests[n % Math.max(1, digests.length)] ?? []);
      const own = {
        config: source.layer(`config ${number}`),
        layers: layers.map((data) => source.layer(data)),
      };
      const free = tags.filter((tag) => !taken.has(tag) && taken.add(tag));
      const [subject] = earlier;
      if (kind === "list" && earlier.length > 0)
        digests.push(source.push({ manifests: earlier.map((digest) => ({ digest })), number }, free, index));
      else
        digests.push(
          source.push(kind === "signature" && subject ? { ...own, subject: { digest: subject } } : own, free),
        );
    });
    return source;
  });

test("after any number of failures, the copy that succeeds makes the replica equal, in any order of the images", async () => {
  await fc.assert(
    fc.asyncProperty(
      repository,
      fc.array(fc.nat(40), { maxLength: 3 }),
      fc.nat(),
      async (source, faults, seed) => {
        const target = new ModelRepository();
        const shuffled = (images: LackingImage[]) =>
          images.toSorted((a, b) => (sha256(`${seed}${a.digest}`) < sha256(`${seed}${b.digest}`) ? -1 : 1));
        for (const at of faults) {
          let call = 0;
          target.fault = () => (call++ === at ? new Error("the network is down") : undefined);
          await copy(source, target, undefined, shuffled).problems;
        }
        target.fault = () => undefined;
        const before = target.calls.length;
        const { problems } = copy(source, target, undefined, shuffled);
        const found = await problems;
        const again = lacking(source, target);

        expect([found, again]).toEqual([[], []]);
        expect(tagsOf(target)).toEqual(tagsOf(source));
        expect([...target.layers].every(([digest, data]) => sha256(data) === digest)).toBe(true);
        expect(
          target.calls.slice(before).filter((call) => call === "CompleteLayerUpload").length,
        ).toBeLessThanOrEqual(source.layers.size);
      },
    ),
    { numRuns: runs(150) },
  );
});

test("a signal stops the copy between two calls, and the next run continues", async () => {
  const [source, target] = [new ModelRepository(), new ModelRepository()];
  for (let n = 0; n < 5; n++) source.push({ config: source.layer(`c${n}`), layers: [] }, [`v${n}`]);
  const controller = new AbortController();
  target.fault = (call) => {
    if (call === "PutImage" && target.images.size === 2) controller.abort();
    return undefined;
  };

  await expect(copy(source, target, controller.signal).problems).rejects.toThrow(/abort/i);
  expect(target.images.size).toBe(3);
  target.fault = () => undefined;
  expect(await copy(source, target).problems).toEqual([]);
  expect(tagsOf(target)).toEqual(tagsOf(source));
});
