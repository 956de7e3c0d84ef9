import { ciRoleName, registryStackName, repositoryName } from "../../environments/naming";
import type { RepositoryOptions } from "../../environments/options/repository";
import { accessTo } from "../../environments/plan/access";
import { consumerKinds, consumersOf } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import { composedPolicyOf } from "../../environments/plan/lifecycle";
import { registryPlans } from "../../environments/plan/registry-plan";
import { registrySum } from "../../environments/plan/registry-sum";
import { selectionText } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { patternMatcher } from "../../modules/ecr/lifecycle/tag-pattern";
import { explainReplication, explainScanning } from "../../modules/ecr/registry/registry-explanation";
import { settingsOf } from "../../modules/ecr/registry/registry-requests";
import { conditionText } from "../review/condition-text";
import { accessIn, isDenial, statementsIn } from "../review/policy-access";
import type { Table } from "../review/report/sections";

/**
 * The repositories of an environment, one in each row, worked out by the functions that the layers use: the registry's
 * settings from all environments that share it, access from the repository policy and from the roles of the environment.
 * Replicas and repositories that ECR creates for caches are left out.
 */
export function repositoryMatrix(environment: Environment, environments: readonly Environment[]): Table {
  const own = registryPlans(environments).find((plan) => plan.environments.includes(environment));
  if (own === undefined)
    throw new Error(`${environment.name} has no registry in ${registryStackName(environment)}`);
  const sum = registrySum(own);
  const [scanning, replication] = [settingsOf(sum.scanning), settingsOf(sum.replication)];
  return {
    head: ["repository", "tags", "scanning", "replicated to", "lifecycle", "may pull", "may push"],
    rows: Object.entries(environment.ecr.repositories).map(([shortName, options]) => {
      const name = repositoryName(environment, shortName);
      const { scanType, scanFrequency } = explainScanning(scanning, name);
      const { destinations } = explainReplication(replication, name);
      const { pull, push } = principalsOf(environment, shortName, options);
      return [
        name,
        options.imageTagMutability,
        `${scanType} ${scanFrequency}`,
        joined(destinations.map(({ registryId, region }) => `${registryId} in ${region}`)),
        joined(lifecycleOf(options)),
        joined(pull),
        joined(push),
      ];
    }),
  };
}

const joined = (all: readonly string[]): string => [...new Set(all)].join("; ") || "-";

/** Each rule in a few words, e.g. `any: imageCountMoreThan 50`. */
const lifecycleOf = (options: RepositoryOptions): string[] =>
  composedPolicyOf(options).policy.rules.map(({ selection, ...rule }) => {
    const { countType, countNumber, countUnit } = selection;
    const unit = countUnit === undefined ? "" : ` ${countUnit}`;
    return `${selectionText({ ...rule, selection })}: ${countType} ${countNumber}${unit}`;
  });

/** Whether the action of a statement, which may have wildcards or be `all but …`, covers one action. */
function includesAction(granted: string, action: string): boolean {
  const pattern = granted.replace(/^all but /, "");
  const matches = patternMatcher(pattern.toLowerCase())(action.toLowerCase());
  return pattern === granted ? matches : !matches;
}

interface Principals {
  readonly pull: readonly string[];
  readonly push: readonly string[];
}

/** Those of the repository policy, the roles that the environment gives access to, and the consumers of its images. */
function principalsOf(environment: Environment, shortName: string, options: RepositoryOptions): Principals {
  const { grants, roles } = accessTo(environment, shortName, options);
  const policy = JSON.stringify({ Statement: grants.statements() });
  const allowed = accessIn(
    statementsIn(policy).filter((statement) => !isDenial(statement)),
    environment.accountId,
  );
  const inPolicy = (action: string) =>
    allowed
      .filter((access) => includesAction(access.action, action))
      .map(({ principal, condition }) => {
        const when = conditionText(condition);
        return when === "" ? principal : `${principal} if ${when}`;
      });
  const ofRoles = (wanted: "pull" | "push") =>
    roles.filter(({ access }) => access.access.includes(wanted)).map(({ roleArn }) => `role ${roleArn}`);
  const pipelines = Object.entries(environment.security.ci?.push ?? {})
    .filter(([, { repositories }]) => repositories.includes(shortName))
    .map(([name]) => `role ${ciRoleName(environment, `push-${name}`)}`);
  const consumers = consumersOf(environment)
    .filter(({ options: { image } }) => image.repository === shortName)
    .map(({ kind, name }) => `${consumerKinds[kind].label} ${name}`);
  return {
    pull: [...inPolicy("ecr:BatchGetImage"), ...ofRoles("pull"), ...pipelines, ...consumers],
    push: [...inPolicy("ecr:PutImage"), ...ofRoles("push"), ...pipelines],
  };
}
