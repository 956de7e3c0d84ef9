import type { ReadyManifest } from "./selected-manifests";
import { type YamlValue, yamlText } from "./yaml-text";

/**
 * The files of a Kustomize base and an overlay, by path. The base has the workloads, with an image that no registry has, so that
 * it cannot be applied alone; the overlay sets the images.
 *
 * @param header first line of each file, without a line feed
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
 */
export function kustomizeFiles(
  workloads: readonly ReadyManifest[],
  header: string,
): ReadonlyMap<string, string> {
  const text = (...documents: object[]) =>
    `${header}\n${documents.map((one) => yamlText(one as YamlValue)).join("---\n")}`;
  const sorted = workloads.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const resources = sorted.map(fileOf);
  return new Map([
    ["base/kustomization.yaml", text(kustomization({ resources }))],
    ...sorted.map((workload): [string, string] => [
      `base/${fileOf(workload)}`,
      text(...(workload.serviceAccount ? [workload.serviceAccount] : []), withPlaceholder(workload)),
    ]),
    [
      "overlay/kustomization.yaml",
      text(kustomization({ resources: ["../base"], images: sorted.map(imageOf) })),
    ],
  ]);
}

/** Begins with the kind, so that no workload's file is named `kustomization.yaml`. */
const fileOf = ({ kind, name }: ReadyManifest): string => `${kind.toLowerCase()}-${name}.yaml`;

const kustomization = (content: object) => ({
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  ...content,
});

/** RFC 2606 reserves `.invalid`: no image can be pulled from there. */
const placeholder = (name: string): string => `overlay-sets-it.invalid/${name}`;

function withPlaceholder({ name, image, manifest }: ReadyManifest): object {
  const text = JSON.stringify(manifest, (key, value: unknown) =>
    key === "image" && value === image ? placeholder(name) : value,
  );
  return JSON.parse(text) as object;
}

/** The image of a workload, by digest or tag. A digest comes after `@`, which a tag cannot contain. */
function imageOf({ name, image }: ReadyManifest): object {
  const [repository = "", digest] = image.split("@");
  if (digest !== undefined) return { name: placeholder(name), newName: repository, digest };
  const colon = image.lastIndexOf(":");
  return { name: placeholder(name), newName: image.slice(0, colon), newTag: image.slice(colon + 1) };
}
