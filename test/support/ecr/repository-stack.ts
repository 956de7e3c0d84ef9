import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Testing } from "cdktf";
import { SinglePassStack } from "../../../layers/single-pass-stack";
import { EcrModule } from "../../../modules/ecr/ecr-module";
import type { EcrModuleProps } from "../../../modules/ecr/ecr-module-props";
import type { Statement } from "../../../modules/iam/policy-document";

export const own = "111122223333";
export const region = "eu-west-1";

/** A stack in the account {@link own}, for tests of one or several repositories. */
export class RepositoryStack extends SinglePassStack {
  constructor(scope = new App(), id = "test") {
    super(scope, id);
    new AwsProvider(this, "aws", { region, allowedAccountIds: [own] });
  }

  repository(name = "acme-app", change: Partial<EcrModuleProps> = {}): EcrModule {
    return new EcrModule(this, name, { name, ...change });
  }

  /** Arguments of every resource, as they stand in the Terraform JSON, by type. */
  resourcesByType(): (type: string) => Record<string, string>[] {
    const { resource } = JSON.parse(Testing.synth(this));
    return (type) => Object.values(resource[type] ?? {});
  }

  /** Arguments of every resource of a type. */
  resources(type: string): Record<string, string>[] {
    return this.resourcesByType()(type);
  }

  /** Statements of the one repository policy. */
  statements(): Statement[] {
    const [policy, ...others] = this.resources("aws_ecr_repository_policy");
    if (others.length > 0) throw new Error("there are several policies");
    return policy === undefined ? [] : JSON.parse(policy["policy"] ?? "").Statement;
  }

  /** Statements of the inline policy of each role, by the role's name. */
  statementsOfRoles(): Record<string, Statement[]> {
    const policies = this.resources("aws_iam_role_policy");
    const byRole = policies.map(
      ({ role = "", policy = "" }) => [role, JSON.parse(policy).Statement] as const,
    );
    if (new Set(byRole.map(([role]) => role)).size < byRole.length)
      throw new Error("a role has several policies");
    return Object.fromEntries(byRole);
  }
}
