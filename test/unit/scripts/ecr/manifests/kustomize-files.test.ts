import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { loadEnvironments } from "../../../../../environments/load";
import { kustomizeFiles } from "../../../../../scripts/ecr/manifests/kustomize-files";
import { selectedManifests } from "../../../../../scripts/ecr/manifests/selected-manifests";
import { digest, withCluster } from "../../../../support/environments/one-cluster";
import { type PodSpec, restrictedViolations } from "../../../../support/pod-security-standard";

const header = "# generated";
const byTag = { repository: "app", tag: "v1.2.3" };
const [environment] = loadEnvironments(
  withCluster({
    deployments: {
      web: { image: { repository: "app", digest }, namespace: "shop", port: 8080, podIdentity: {} },
      "web-2": { image: byTag },
      // A file of this name would be the list of the files.
      kustomization: { image: byTag },
    },
    jobs: { migrate: { image: byTag, command: ["up", "yes", "1.0", "ü"] } },
    cronJobs: { report: { image: byTag, schedule: "0 3 * * *" } },
  }),
);
const ready = environment === undefined ? [] : selectedManifests(environment, undefined).ready;
const files = kustomizeFiles(ready, header);

interface Kustomization {
  readonly resources: readonly string[];
  readonly images?: readonly { name: string; newName: string; newTag?: string; digest?: string }[];
}

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { template?: { spec: PodSpec }; jobTemplate?: { spec: { template: { spec: PodSpec } } } };
}

const text = (path: string): string => files.get(path) ?? "";
const base: Kustomization = parse(text("base/kustomization.yaml"));
const overlay: Kustomization = parse(text("overlay/kustomization.yaml"));
const podOf = ({ spec }: Resource) => (spec?.jobTemplate?.spec ?? spec)?.template?.spec;

/** What `kubectl kustomize` makes of the overlay, as far as these files use Kustomize: resources, and images by exact name. */
const built: Resource[] = base.resources.flatMap((file) =>
  parseAllDocuments(text(`base/${file}`)).map((document) => {
    const resource: Resource = document.toJS();
    for (const container of (podOf(resource)?.containers ?? []) as { image: string }[]) {
      const image = overlay.images?.find(({ name }) => name === container.image);
      if (image !== undefined)
        container.image = image.digest
          ? `${image.newName}@${image.digest}`
          : `${image.newName}:${image.newTag}`;
    }
    return resource;
  }),
);

test("the overlay is built to the manifests that the command prints", () => {
  const printed = ready.flatMap(({ serviceAccount, manifest }) => [
    ...(serviceAccount ? [serviceAccount] : []),
    manifest,
  ]) as Resource[];
  const order = (resources: readonly Resource[]) =>
    resources.toSorted((a, b) =>
      `${a.kind} ${a.metadata.name}`.localeCompare(`${b.kind} ${b.metadata.name}`),
    );

  expect(overlay.resources).toEqual(["../base"]);
  expect(order(built)).toEqual(order(JSON.parse(JSON.stringify(printed))));
});

test("images are set by digest where the file has one, and by tag otherwise", () => {
  const newName = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app";

  expect(overlay.images).toEqual([
    { name: "overlay-sets-it.invalid/kustomization", newName, newTag: "v1.2.3" },
    { name: "overlay-sets-it.invalid/migrate", newName, newTag: "v1.2.3" },
    { name: "overlay-sets-it.invalid/report", newName, newTag: "v1.2.3" },
    { name: "overlay-sets-it.invalid/web", newName, digest },
    { name: "overlay-sets-it.invalid/web-2", newName, newTag: "v1.2.3" },
  ]);
});

test("the base alone names no image that a registry has", () => {
  for (const file of base.resources) expect(text(`base/${file}`)).not.toContain("amazonaws.com");
});

test("all pods meet the Restricted Pod Security Standard", () => {
  const pods = built.flatMap((resource) => podOf(resource) ?? []);

  expect(pods).toHaveLength(5);
  expect(pods.flatMap(restrictedViolations)).toEqual([]);
});

test("every file begins with the header, and the same environment gives the same files in any order", () => {
  for (const content of files.values()) expect(content.startsWith(`${header}\n`)).toBe(true);
  expect([...kustomizeFiles(ready.toReversed(), header)]).toEqual([...files]);
  expect([...files.keys()]).toEqual([
    "base/kustomization.yaml",
    "base/deployment-kustomization.yaml",
    "base/job-migrate.yaml",
    "base/cronjob-report.yaml",
    "base/deployment-web.yaml",
    "base/deployment-web-2.yaml",
    "overlay/kustomization.yaml",
  ]);
});
