import { suggest } from "../values/suggestion";

/** Services that pull images, for suggestions: AWS publishes no list of its services' principals. */
const services = [
  "batch",
  "build.apprunner",
  "codebuild",
  "codedeploy",
  "codepipeline",
  "delivery.logs",
  "ec2",
  "ecr",
  "ecs",
  "ecs-tasks",
  "eks",
  "events",
  "guardduty",
  "imagebuilder",
  "inspector2",
  "lambda",
  "lightsail",
  "replication.ecr",
  "sagemaker",
  "signer",
  "tasks.apprunner",
].map((service) => `${service}.amazonaws.com`);

/** The service that a host was probably meant to be, e.g. `lambda.amazonaws.com` for `lamda.amazonaws.com`. */
export function similarService(host: string): string | undefined {
  const label = (one: string) => one.replace(/\.amazonaws\.com(?:\.cn)?$/, "");
  if (services.includes(host.replace(/\.cn$/, "")) || label(host).length < 5) return undefined;
  return suggest(label(host), services.map(label))?.replace(/"(.*)"/, '"$1.amazonaws.com"');
}

/**
 * The advice on a host that is no service principal, as "rule; remedy".
 *
 * @param partition partition of the resource; `undefined`: any
 */
export function serviceProblem(host: string, partition: string | undefined): string | undefined {
  if (host.includes("*")) return "IAM does not support wildcards for Service; list the services individually";
  const rule = "a service principal is a host name in lowercase letters that ends in .amazonaws.com";
  if (
    !/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/.test(
      host,
    )
  ) {
    const label = host
      .trim()
      .toLowerCase()
      .replace(/\.amazonaws\.com(?:\.cn)?$|\.amazon\.aws\.com$/, "");
    const meant = /^[a-z0-9-]+$/.test(label) ? `use "${label}.amazonaws.com"` : undefined;
    return `${rule}; ${meant ?? 'use a service such as "lambda.amazonaws.com"'}`;
  }
  if (host.endsWith(".cn") && partition !== undefined && partition !== "aws-cn")
    return `services have names in .cn only in the partition aws-cn; use "${host.replace(/\.cn$/, "")}"`;
  return undefined;
}
