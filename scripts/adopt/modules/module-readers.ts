import { cloudposse } from "./cloudposse";
import { lgallard } from "./lgallard";
import type { ModuleReader } from "./module-reader";
import { terraformAwsModules } from "./terraform-aws-modules";

/** The modules that are read, by a part of their source. */
export const moduleReaders: readonly { readonly source: RegExp; readonly read: ModuleReader }[] = [
  { source: /terraform-aws-modules\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: terraformAwsModules },
  { source: /cloudposse\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: cloudposse },
  { source: /lgallard\/(?:terraform-aws-)?ecr\b(?!.*\/\/)/, read: lgallard },
];
