import {
  identityPolicy,
  maxRolePolicyLength,
  type RepositoryAccess,
  rolePolicyLengthAdvice,
} from "../../../modules/ecr/access/identity-policy";
import { policyLengthAdvice, type RepositoryGrants } from "../../../modules/ecr/access/repository-grants";
import { maxPolicyLength } from "../../../modules/ecr/access/repository-policy";
import { policyDocument } from "../../../modules/iam/policy-document";
import { accessTo } from "../../plan/access";
import { pushStatements } from "../../plan/ci-roles";
import { clusterPullStatements } from "../../plan/cluster-pulls";
import type { Environment } from "../../plan/environment";
import { furtherPushStatements } from "../../plan/gate-permission";
import { ownRolePolicies } from "../../plan/own-role-policies";
import { deployStatements, furtherDeployPolicies, planStatements } from "../../plan/pipeline-policies";
import { ownDestinations } from "../../plan/replicas";
import { shardNumber } from "../../plan/shards";
import { trustPoliciesOf, trustPolicyQuota } from "../../plan/trust-policies";
import type { Problem } from "../../schema/problem";
import { boundaryProblems } from "./boundary-length";
import { maxManagedPolicyLength } from "./managed-policy";
import { namesProblem } from "./names-one-by-one";

/**
 * Repository policies longer than ECR allows, and inline and trust policies longer than IAM allows. The rule needs validated
 * options, from which the policies are built.
 */
export function policyLengthProblems(environment: Environment): Problem[] {
  const { file } = environment;
  const path = ["ecr", "repositories"];
  // Each stack adds a policy of its own to a role: those of the repositories, that of the replicas, and that of security.
  const roles = new Map<string, Map<number | "replicas", RepositoryAccess[]>>();
  const { stateShards = 1 } = environment.ecr;
  const repositoryProblems = Object.entries(environment.ecr.repositories).flatMap(
    ([shortName, options]): Problem[] => {
      // The policies of replicas contain the names of their Regions, which may be longer.
      const plans = [environment.region, ...ownDestinations(environment.accountId, options)].map((region) =>
        accessTo(environment, shortName, options, region),
      );
      plans.forEach((plan, index) => {
        const stack = index === 0 ? shardNumber(shortName, stateShards) : "replicas";
        for (const { roleArn, access } of plan.roles) {
          const byStack = roles.get(roleArn) ?? new Map<number | "replicas", RepositoryAccess[]>();
          roles.set(roleArn, byStack.set(stack, [...(byStack.get(stack) ?? []), access]));
        }
      });
      const length = Math.max(...plans.map(({ grants }) => lengthOf(grants)));
      if (length <= maxPolicyLength) return [];
      const found = `${plans[0]?.grants.statements().length} policy statements`;
      return [{ file, path: [...path, shortName], found, advice: policyLengthAdvice(length) }];
    },
  );
  const ownPolicies = ownRolePolicies(environment);
  const roleProblems = [...roles].flatMap(([found, byStack]): Problem[] => {
    const own = ownPolicies.get(found.slice(found.lastIndexOf("/") + 1));
    const length = [...byStack.values()].reduce(
      (sum, accesses) => sum + identityPolicy(accesses).length,
      own === undefined ? 0 : policyDocument(own).length,
    );
    return length <= maxRolePolicyLength
      ? []
      : [{ file, path, found, advice: rolePolicyLengthAdvice(length) }];
  });
  return [
    ...repositoryProblems,
    ...roleProblems,
    ...clusterRoleProblems(environment),
    ...pipelinePolicyProblems(environment),
    ...boundaryProblems(environment),
    ...pushPolicyProblems(environment),
    ...trustPolicyProblems(environment),
  ];
}

/** 0 if nothing is granted, because then there is no policy. */
const lengthOf = (grants: RepositoryGrants): number =>
  grants.statements().length === 0 ? 0 : grants.unchecked().length;

/**
 * Policies of the roles that plan and deploy. They have room for the longest names, but not for the longest prefix of state
 * keys.
 */
function pipelinePolicyProblems(environment: Environment): Problem[] {
  const { file, security, state } = environment;
  const { plan, deploy } = security.ci ?? {};
  if (state.backend !== "s3") return [];
  const tooMany = namesProblem(environment);
  const policies = [
    ...(plan === undefined
      ? []
      : [{ role: "plan", statements: planStatements(environment), atMost: maxRolePolicyLength }]),
    ...(deploy === undefined
      ? []
      : [
          { role: "deploy", statements: deployStatements(environment), atMost: maxRolePolicyLength },
          ...furtherDeployPolicies(environment).map(({ statements }) => ({
            ...{ role: "deploy", statements, atMost: maxManagedPolicyLength },
          })),
        ]),
  ];
  return policies.flatMap(({ role, statements, atMost }) => {
    const { length } = policyDocument(statements);
    return length <= atMost
      ? []
      : [
          tooMany?.(`a policy of the ${role} role of security.ci`, length, atMost) ?? {
            file,
            path: ["state", "keyPrefix"],
            found: state.keyPrefix,
            advice: `with the state keys, a policy of the ${role} role of security.ci would have ${length} characters, and IAM allows ${atMost}; shorten the prefix`,
          },
        ];
  });
}

/** Policies of push roles with what the gate adds. A rule on one file measures those without. */
function pushPolicyProblems(environment: Environment): Problem[] {
  const { file, security } = environment;
  return Object.entries(security.ci?.push ?? {}).flatMap(([name, targets]): Problem[] => {
    const further = furtherPushStatements(environment, targets);
    const { length } = policyDocument([...pushStatements(environment, targets), ...further]);
    if (further.length === 0 || length <= maxRolePolicyLength) return [];
    return [
      {
        ...{ file, path: ["security", "ci", "push", name, "repositories"] },
        found: `${targets.repositories.length} repositories`,
        advice: `with what imageGate needs, the policy of the role would have ${length} characters, and IAM allows ${maxRolePolicyLength}; distribute them across several roles`,
      },
    ];
  });
}

/** The roles of nodes and Fargate pods name every repository that they may pull from. */
function clusterRoleProblems(environment: Environment): Problem[] {
  if (environment.eks === undefined) return [];
  const { length } = policyDocument(clusterPullStatements(environment));
  if (length <= maxRolePolicyLength) return [];
  const problem = namesProblem(environment);
  return problem ? [problem("the inline policy of the node role", length, maxRolePolicyLength)] : [];
}

/** Between the default quota and the greatest, a warning says so. */
function trustPolicyProblems(environment: Environment): Problem[] {
  return trustPoliciesOf(environment)
    .filter(({ length }) => length > trustPolicyQuota.atMost)
    .map(({ path, entries, length }) => ({
      file: environment.file,
      path,
      found: `${entries} entries`,
      advice: `the trust policy of the role would have ${length} characters, and IAM allows at most ${trustPolicyQuota.atMost}; use fewer entries, for example with *`,
    }));
}
