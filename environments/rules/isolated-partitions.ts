import { isIsolated } from "../../modules/iam/aws-partition";
import type { UncheckedEnvironment } from "../options/environment";
import { eksWorkloads } from "../plan/eks";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import { repositoriesOf, unmanagedRepositoriesOf } from "./sections";

/** An option that needs a service which isolated partitions do not have. */
interface Use {
  readonly path: readonly string[];
  readonly found: unknown;
}

/** The services of AWS that no isolated partition has, with what uses them and what to do instead. */
const missing: readonly {
  readonly uses: (environment: UncheckedEnvironment) => readonly Use[];
  readonly advice: string;
}[] = [
  {
    uses: enhancedScanning,
    advice:
      "isolated partitions do not have Amazon Inspector, which does enhanced scanning; remove it, and scanOnPush gives basic scanning",
  },
  {
    uses: ({ security }) =>
      security?.signingProfile === true ? [{ path: ["security", "signingProfile"], found: true }] : [],
    advice: "isolated partitions do not have AWS Signer; remove it, and sign with another tool",
  },
  {
    uses: podIdentities,
    advice:
      "isolated partitions do not have EKS Pod Identity; remove it, and give pods a role with IAM roles for service accounts",
  },
];

/**
 * Refuse what isolated partitions do not have. Where AWS has a service is in the endpoints of its SDKs.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json
 */
export function isolatedPartitionRules(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const { region } = environment;
  if (typeof region !== "string" || !isIsolated(region)) return;
  for (const { uses, advice } of missing)
    for (const { path, found } of uses(environment)) problem([...path], found, advice);
}

function enhancedScanning(environment: UncheckedEnvironment): Use[] {
  const sections = [
    ["repositories", repositoriesOf(environment)],
    ["unmanagedRepositories", unmanagedRepositoriesOf(environment)],
  ] as const;
  return sections.flatMap(([section, repositories]) =>
    repositories.flatMap(([name, { enableEnhancedScanning: found }]) =>
      found === true ? [{ path: ["ecr", section, name, "enableEnhancedScanning"], found }] : [],
    ),
  );
}

function podIdentities({ eks }: UncheckedEnvironment): Use[] {
  return (Object.keys(eksWorkloads) as (keyof typeof eksWorkloads)[]).flatMap((collection) =>
    entriesIn<{ readonly podIdentity?: unknown }>(eks?.[collection]).flatMap(
      ([name, { podIdentity: found }]) =>
        found === undefined ? [] : [{ path: ["eks", collection, name, "podIdentity"], found }],
    ),
  );
}
