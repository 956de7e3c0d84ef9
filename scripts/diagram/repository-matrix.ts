import { registryStackName } from "../../environments/naming";
import type { RepositoryOptions } from "../../environments/options/repository";
import type { Environment } from "../../environments/plan/environment";
import { composedPolicyOf, replicaPolicyTextOf } from "../../environments/plan/lifecycle";
import { cachedImage, cachePrefix } from "../../environments/plan/pull-through-caches";
import { registryPlans } from "../../environments/plan/registry-plan";
import { registrySum } from "../../environments/plan/registry-sum";
import { replicasOf } from "../../environments/plan/replicas";
import { repositoryName } from "../../environments/plan/repository-names";
import type { LifecycleRule } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { selectionText } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { explainReplication, explainScanning } from "../../modules/ecr/registry/registry-explanation";
import { settingsOf } from "../../modules/ecr/registry/registry-requests";
import type { Table } from "../review/report/table";
import { consumersFrom, type Principals, principalsOf } from "./repository-access";

/**
 * The repositories of an environment, one in each row, worked out by the functions that the layers use: the registry's
 * settings from all environments that share it, access from the repository policy and from the roles of the environment.
 * Then its replicas, and what ECR creates itself for caches and templates.
 */
export function repositoryMatrix(environment: Environment, environments: readonly Environment[]): Table {
  const { region, ecr } = environment;
  const explain = explainerOf(environment, environments);
  return {
    head: ["repository", "tags", "scanning", "replicated to", "lifecycle", "may pull", "may push"],
    rows: [
      ...Object.entries(ecr.repositories).map(([shortName, options]) =>
        row({
          ...{ name: repositoryName(environment, shortName), tags: options.imageTagMutability },
          ...explain(region, repositoryName(environment, shortName)),
          lifecycle: composedPolicyOf(options).policy.rules,
          principals: principalsOf(environment, { shortName, region }, options),
        }),
      ),
      ...replicasOf(environment).flatMap((replica) => {
        const options = ecr.repositories[replica.repository];
        return options === undefined ? [] : [replicaRow(environment, { ...replica, options }, explain)];
      }),
      ...createdByEcr(environment, explain),
    ],
  };
}

type Explain = (
  region: string,
  name: string,
) => { readonly scanning: string; readonly replicas: readonly string[] };

/** How the registry of a Region scans and replicates a repository. */
function explainerOf(environment: Environment, environments: readonly Environment[]): Explain {
  const plans = registryPlans(environments).filter(({ accountId }) => accountId === environment.accountId);
  const settings = new Map(
    plans.map((plan) => {
      const { scanning, replication } = registrySum(plan);
      return [plan.region, { scanning: settingsOf(scanning), replication: settingsOf(replication) }];
    }),
  );
  return (region, name) => {
    const found = settings.get(region);
    if (found === undefined)
      throw new Error(
        `${environment.name} has no registry in ${registryStackName({ ...environment, region })}`,
      );
    const { scanType, scanFrequency } = explainScanning(found.scanning, name);
    const { destinations } = explainReplication(found.replication, name);
    return {
      scanning: `${scanType} ${scanFrequency}`,
      replicas: destinations.map((to) => `${to.registryId} in ${to.region}`),
    };
  };
}

/** A replica has the name of its source. ECR replicates nothing further that it has replicated. */
function replicaRow(
  environment: Environment,
  replica: {
    readonly name: string;
    readonly region: string;
    readonly repository: string;
    readonly options: RepositoryOptions;
  },
  explain: Explain,
): string[] {
  const { name, region, repository, options } = replica;
  const { rules } = JSON.parse(replicaPolicyTextOf(options) ?? '{"rules":[]}') as { rules: LifecycleRule[] };
  return row({
    ...{ name: `${name} in ${region}`, tags: options.imageTagMutability },
    ...{ scanning: explain(region, name).scanning, replicas: [], lifecycle: rules },
    principals: principalsOf(environment, { shortName: repository, region }, options),
  });
}

/** What ECR creates on the first pull or push. Its repositories have no repository policy. */
function createdByEcr(environment: Environment, explain: Explain): string[][] {
  const { region, ecr } = environment;
  const caches = Object.entries(ecr.pullThroughCache).map(([name, options]) => ({
    prefix: cachePrefix(environment, name, options),
    options,
    pull: [
      ...options.pullRoleArns.map((arn) => `role ${arn}`),
      ...consumersFrom(environment, (image) => cachedImage(image, [name]) !== undefined),
    ],
  }));
  const templates = Object.entries(ecr.creationTemplates).map(([prefix, options]) => ({
    prefix,
    options,
    pull: [],
  }));
  return [...caches, ...templates].map(({ prefix, options, pull }) =>
    row({
      name: prefix === "ROOT" ? "any other name (created by ECR)" : `${prefix}/* (created by ECR)`,
      tags: options.imageTagMutability,
      ...(prefix === "ROOT" ? { scanning: "-", replicas: [] } : explain(region, `${prefix}/image`)),
      lifecycle: composedPolicyOf(options).policy.rules,
      principals: { pull, push: [] },
    }),
  );
}

function row(cells: {
  readonly name: string;
  readonly tags: string;
  readonly scanning: string;
  readonly replicas: readonly string[];
  readonly lifecycle: readonly LifecycleRule[];
  readonly principals: Principals;
}): string[] {
  const { name, tags, scanning, replicas, lifecycle, principals } = cells;
  return [
    ...[name, tags, scanning, joined(replicas), joined(lifecycle.map(ruleText))],
    ...[joined(principals.pull), joined(principals.push)],
  ];
}

const joined = (all: readonly string[]): string => [...new Set(all)].join("; ") || "-";

/** A rule in a few words, e.g. `any: imageCountMoreThan 50`. */
function ruleText({ selection, ...rule }: LifecycleRule): string {
  const { countType, countNumber, countUnit } = selection;
  const unit = countUnit === undefined ? "" : ` ${countUnit}`;
  return `${selectionText({ ...rule, selection })}: ${countType} ${countNumber}${unit}`;
}
