import type { Section } from "./option-sections";

/** Layer variables in the ECR integration guide. */
const layerNames = [
  "ecr_repositories",
  "ecr_encryption_type",
  "ecr_enable_scan_findings_logging",
  "ecr_log_retention_days",
];

/** Options of an `ecr_repositories` entry in the guide. */
const repositoryNames = [
  "image_tag_mutability",
  "scan_on_push",
  "enable_enhanced_scanning",
  "scan_frequency",
  "max_image_count",
  "lifecycle_policy",
  "enable_cross_account_access",
  "allowed_account_ids",
  "enable_lambda_pull",
  "enable_replication",
  "replication_destinations",
  "replication_destinations[].region",
  "replication_destinations[].registry_id",
];

/** An option name in the guide, and the path of the option here. */
export interface GuideName {
  readonly name: string;
  readonly path: string;
}

/**
 * The option names in the guide, each with the path of the option here.
 *
 * @throws Error when a path is not an option, so that the page contains no dead reference
 */
export function guideNames(sections: readonly Section[]): GuideName[] {
  const options = sections.flatMap(({ forms }) => forms).flatMap((form) => form.options);
  const paths = new Set(options.map(({ path }) => path));
  const names = [
    ...layerNames.map((name) => ({ name, path: `ecr.${camelCase(name.replace(/^ecr_/, ""))}` })),
    ...repositoryNames.map((name) => ({ name, path: `ecr.repositories.<name>.${camelCase(name)}` })),
  ];
  const unknown = names.filter(({ path }) => !paths.has(path)).map(({ path }) => path);
  if (unknown.length > 0)
    throw new Error(`no such option: ${unknown.join(", ")}; correct the names of the guide`);
  return names;
}

const camelCase = (name: string): string =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
