/** The constructs that other apps can use, and everything that computes their properties. */
export { EcrRolePolicy, type EcrRolePolicyProps } from "../modules/ecr/access/ecr-role-policy";
export type { ExistingRepository } from "../modules/ecr/access/existing-repository";
export type { Grantee } from "../modules/ecr/access/grantee";
export type { GrantingRepository } from "../modules/ecr/access/granting-repository";
export { EcrModule } from "../modules/ecr/ecr-module";
export type { EcrModuleProps } from "../modules/ecr/ecr-module-props";
export { EcrRegistryModule, type EcrRegistryModuleProps } from "../modules/ecr/registry/ecr-registry-module";
export type { RequestOptions } from "../modules/ecr/registry/registry-request";
export * from "./compilers";
