import { TerraformOutput } from "cdktf";

/**
 * Keeps CDKTF quiet on Node.js 22 and later. Import it before an app is built.
 *
 * To tell resources from other values, an output of CDKTF 0.21 calls `util.isArray`, which these versions report as
 * deprecated (DEP0044). CDKTF is archived, so this replaces that one method with its equal on `Array.isArray`. No
 * warning is filtered: a deprecated call from anywhere else still shows.
 *
 * @see https://nodejs.org/api/deprecations.html#dep0044-utilisarray
 */
Object.assign(TerraformOutput.prototype, {
  isITerraformAddressable: (value: unknown): boolean =>
    typeof value === "object" && value !== null && !Array.isArray(value) && "fqn" in value,
});
