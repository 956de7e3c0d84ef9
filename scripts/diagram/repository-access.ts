import { ciRoleName } from "../../environments/naming";
import type { RepositoryOptions } from "../../environments/options/repository";
import { accessTo } from "../../environments/plan/access";
import { consumersOf } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import type { Access, Names } from "../review/access-entry";
import { conditionText } from "../review/condition-text";
import { coversPattern } from "../review/policy-pattern";
import { isDenial, statementsIn } from "../review/policy-statements";
import { accessIn } from "../review/statement-access";

/** Who may pull from a repository, and push to it, each as a text. */
export interface Principals {
  readonly pull: readonly string[];
  readonly push: readonly string[];
}

/**
 * Those of the repository policy and whom it denies, and the roles that the environment gives access to. A repository has
 * pipelines and consumers of its images besides; a replica has not.
 *
 * @param region of a replica; that of the environment for a repository
 */
export function principalsOf(
  environment: Environment,
  { shortName, region }: { readonly shortName: string; readonly region: string },
  options: RepositoryOptions,
): Principals {
  const { grants, roles } = accessTo(environment, shortName, options, region);
  const statements = statementsIn(JSON.stringify({ Statement: grants.statements() }));
  const said = (denied: boolean) =>
    accessIn(
      statements.filter((statement) => isDenial(statement) === denied),
      environment.accountId,
    );
  const [allowed, denied] = [said(false), said(true)];
  const inPolicy = (action: string) => [
    ...allowed.filter(({ actions }) => includesAction(actions, action)).map(accessText),
    ...denied.filter(({ actions }) => includesAction(actions, action)).map((one) => `not ${accessText(one)}`),
  ];
  const ofRoles = (wanted: "pull" | "push") =>
    roles.filter(({ access }) => access.access.includes(wanted)).map(({ roleArn }) => `role ${roleArn}`);
  const isSource = region === environment.region;
  const pipelines = isSource ? pipelinesOf(environment, shortName) : [];
  const consumers = isSource ? consumersFrom(environment, (repository) => repository === shortName) : [];
  return {
    pull: [...inPolicy("ecr:BatchGetImage"), ...ofRoles("pull"), ...pipelines, ...consumers],
    push: [...inPolicy("ecr:PutImage"), ...ofRoles("push"), ...pipelines],
  };
}

/** Consumers that run an image. @param isWanted says it of the repository in their options */
export const consumersFrom = (
  environment: Environment,
  isWanted: (repository: string) => boolean,
): string[] =>
  consumersOf(environment)
    .filter(({ options: { image } }) => isWanted(image.repository))
    .map(({ label, name }) => `${label} ${name}`);

const pipelinesOf = ({ security, ...environment }: Environment, shortName: string): string[] =>
  Object.entries(security.ci?.push ?? {})
    .filter(([, { repositories }]) => repositories.includes(shortName))
    .map(([name]) => `role ${ciRoleName(environment, `push-${name}`)}`);

function accessText({ principal, condition }: Access): string {
  const when = conditionText(condition);
  return when === "" ? principal : `${principal} if ${when}`;
}

/** Whether the actions of a statement include one. */
function includesAction(names: Names, action: string): boolean {
  const includes = (pattern: string) =>
    coversPattern(pattern.toLowerCase(), action.toLowerCase(), { wide: false, narrow: false });
  return "pattern" in names ? includes(names.pattern) : !names.allBut.some(includes);
}
