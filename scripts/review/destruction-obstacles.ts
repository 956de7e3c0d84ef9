import type { Layer } from "../../environments/naming";

/** A resource in a state, as `terraform show -json` prints it. */
export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The part of `terraform show -json` for a state that is read here. The stacks have no Terraform modules.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#state-representation
 */
interface ShownState {
  readonly values?: { readonly root_module?: { readonly resources?: readonly StateResource[] } };
}

/** The resources in the output of `terraform show -json`; none without a state. */
export const resourcesShown = (json: string): readonly StateResource[] =>
  (JSON.parse(json) as ShownState).values?.root_module?.resources ?? [];

/** ARNs of the repositories that ECR does not delete while they hold images. */
export function undeletableRepositories(resources: readonly StateResource[]): string[] {
  return resources
    .filter(({ mode, type }) => mode === "managed" && type === "aws_ecr_repository")
    .filter(({ values }) => values["force_delete"] !== true)
    .map(({ values }) => String(values["arn"]));
}

/** Attributes with which AWS protects a resource from being deleted, by type. */
const protections: Readonly<Record<string, string>> = {
  aws_lb: "enable_deletion_protection",
  aws_eks_cluster: "deletion_protection",
};

/** Addresses of the resources that AWS does not delete, because their protection is deployed. */
export function protectedResources(resources: readonly StateResource[]): string[] {
  return resources
    .filter(({ type, values }) => {
      const attribute = Object.hasOwn(protections, type) ? protections[type] : undefined;
      return attribute !== undefined && values[attribute] === true;
    })
    .map(({ address }) => address);
}

/**
 * Why a destroy would end halfway; `undefined` if nothing is in its way.
 *
 * @param withImages undeletable repositories that hold images: their names, with the Region for replicas
 * @param isProtected addresses of protected resources
 * @param environment name of the environment, the file that defines it, and the layer of the stack
 */
export function destructionBlock(
  withImages: readonly string[],
  isProtected: readonly string[],
  { name, file, layer }: { readonly name: string; readonly file: string; readonly layer: Layer },
): string | undefined {
  const deploy = `npm run deploy -- ${name} --layer ${layer}`;
  const lines = [
    ...(withImages.length === 0
      ? []
      : [
          "These repositories hold images, and forceDelete is not deployed, so ECR would refuse to delete them:",
          ...withImages.map((repository) => `  ${repository}`),
          `Delete their images, or set forceDelete: true in ${file} and deploy that first: ${deploy}`,
        ]),
    ...(isProtected.length === 0
      ? []
      : [
          "These resources have deletion protection, so AWS would refuse to delete them:",
          ...isProtected.map((address) => `  ${address}`),
          `Set deletionProtection: false in ${file} and deploy that first: ${deploy}`,
        ]),
  ];
  return lines.length === 0 ? undefined : [...lines, "Nothing was destroyed."].join("\n");
}
