import { partitionOf } from "../../modules/iam/aws-partition";
import { partitionInArn, roleOrUserArnPattern } from "../../modules/iam/principal-arn";
import { maxAdministratorBytes } from "../../modules/kms/key-policy-size";
import type { UncheckedEnvironment } from "../options/environment";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";

/** Rules for the administrators of the keys. */
export function keyAdministratorRules(
  { region, security }: UncheckedEnvironment,
  context: RuleContext,
): void {
  const { problem } = context.at("security", "kms", "administrators");
  const administrators = textsIn(security?.kms?.administrators);
  const partition = partitionOf(region ?? "");
  // The schema reports a value that is no such ARN.
  for (const [arn, index] of administrators)
    if (typeof region === "string" && roleOrUserArnPattern.test(arn) && partitionInArn(arn) !== partition)
      problem(
        [index],
        arn,
        `a principal of another partition cannot manage the keys; use a principal in the partition ${partition}`,
      );
  const bytes = JSON.stringify(administrators.map(([arn]) => arn)).length;
  if (bytes > maxAdministratorBytes)
    problem(
      [],
      `${administrators.length} administrators`,
      `their ARNs have ${bytes} bytes, and the key policy has space for ${maxAdministratorBytes}; use fewer, for example one role that several people assume`,
    );
}
