import type { Adopted, EcrInput, RepositoryInput } from "../environment-input";
import { defined } from "../environment-input";
import type { InputReader } from "../hcl/input-reader";
import { plain } from "../hcl/value";
import type { Note } from "../note";
import { guideRepository, type RegistryPlace, repositoryVariables } from "./repository";

/** Names under which layers keep what identifies an environment. The guide leaves them open. */
const identityNames = {
  project: ["project", "project_name"],
  name: ["environment", "environment_name", "env"],
  region: ["aws_region", "region"],
  accountId: ["aws_account_id", "account_id"],
} as const;

/**
 * The variables of the guide's compute layer, in the words of an environment file.
 *
 * @param given account and Region that the user names, before those of the file
 */
export function guideVariables(input: InputReader, given: RegistryPlace, notes: Note[]): Adopted {
  const first = (names: readonly string[]) =>
    names.map((name) => input.text(name)).find((value) => value !== undefined);
  const identity = {
    project: first(identityNames.project),
    name: first(identityNames.name),
    region: first(identityNames.region),
    accountId: first(identityNames.accountId),
  };
  const place = { accountId: given.accountId ?? identity.accountId, region: given.region ?? identity.region };
  const repositories = Object.fromEntries(
    input.objectsInMap("ecr_repositories").map(([name, one]) => [name, guideRepository(one, place)]),
  );
  const ecr = defined({
    encryptionType: input.text("ecr_encryption_type") as EcrInput["encryptionType"],
    enableScanFindingsLogging: input.boolean("ecr_enable_scan_findings_logging"),
    logRetentionDays: input.number("ecr_log_retention_days") as EcrInput["logRetentionDays"],
    repositories: oneKindOfScanning(repositories, input, notes),
  });
  const tags = ["tags", "common_tags"]
    .map((name) => input.value(name))
    .find((value) => value?.kind === "object");
  input.noteRest((key) =>
    key.startsWith("ecr_")
      ? "the guide has no such variable, so it is left out"
      : repositoryVariables.has(key)
        ? "this is an option of one repository, so it is left out; move it into an entry of ecr_repositories"
        : "this is not about container registries, so it is left out",
  );
  return { identity, tags: tags && (plain(tags) as Record<string, string>), ecr: ecr as EcrInput };
}

/**
 * AWS has one kind of scanning per registry. One repository with enhanced scanning turns it on for the registry, and all
 * others would not be scanned at all.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
 */
function oneKindOfScanning(
  repositories: Readonly<Record<string, RepositoryInput>>,
  input: InputReader,
  notes: Note[],
): Record<string, RepositoryInput> {
  const isEnhanced = Object.values(repositories).some((one) => one.enableEnhancedScanning === true);
  if (!isEnhanced) return { ...repositories };
  return Object.fromEntries(
    Object.entries(repositories).map(([name, one]) => {
      if (one.enableEnhancedScanning === true || one.scanOnPush === false) return [name, one];
      const map = input.object.entries.get("ecr_repositories")?.value;
      const place = map?.kind === "object" ? map.entries.get(name)?.place : undefined;
      notes.push({
        kind: "contradiction",
        ...(place !== undefined && { place }),
        subject: `ecr_repositories[${JSON.stringify(name)}]`,
        text: "other repositories have enhanced scanning, and a registry has one kind, so this one gets it too; Amazon Inspector bills each image. To leave it unscanned, set scanOnPush: false and remove enableEnhancedScanning",
      });
      return [name, { ...one, enableEnhancedScanning: true }];
    }),
  );
}
