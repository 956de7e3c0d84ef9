/**
 * What to do about a resource that this project makes under a name of its own and so cannot take over, by Terraform's type,
 * whichever source it was found in.
 */
const remedies: Readonly<Record<string, string>> = {
  aws_ecrpublic_repository:
    "declare it in ecr.publicRepositories under its name, and npm run adopt -- plan imports it",
  aws_kms_key:
    "the security layer has keys of its own; if it encrypts images, ecr.kmsKeyArn names it, and it stays where it is",
  aws_kms_alias: "the aliases of this project belong to its own keys; keep it with its key",
  aws_cloudwatch_log_group:
    "with ecr.enableScanFindingsLogging, this project makes a log group of its own, so remove this one when no one reads it any more",
  aws_cloudwatch_event_rule:
    "with ecr.enableScanFindingsLogging or ecr.alerts, this project makes rules of its own, so remove this one then, or events are delivered twice",
  aws_cloudwatch_event_target: "it belongs to a rule that is not adopted; remove it with that rule",
  aws_iam_role:
    "the roles of consumers that this project runs are its own; this one keeps its access as long as the repositories name it in pullRoleArns, pushRoleArns or their policies",
};

/** Types of which a state has many that are not about images: only those count whose attributes mention ECR. */
const onlyOfEcr = [
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_event_target",
  "aws_iam_role",
];

/** Services whose roles pull images, or create repositories. */
const consumers =
  /ecs-tasks\.amazonaws\.com|lambda\.amazonaws\.com|pods\.eks\.amazonaws\.com|ecr\.amazonaws\.com/;

/** @returns `undefined` if the resource is not about images */
export function remedyOfType(
  type: string,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  return onlyOfEcr.includes(type) && !isOfEcr(type, attributes) ? undefined : remedies[type];
}

function isOfEcr(type: string, attributes: Readonly<Record<string, unknown>>): boolean {
  switch (type) {
    case "aws_iam_role":
      return consumers.test(String(attributes["assume_role_policy"]));
    case "aws_cloudwatch_event_rule":
      return /"aws\.ecr"/.test(String(attributes["event_pattern"]));
    default:
      return /(?<![a-z])ecr(?![a-z])/i.test(
        [attributes["name"], attributes["rule"], attributes["arn"]].join(" "),
      );
  }
}
