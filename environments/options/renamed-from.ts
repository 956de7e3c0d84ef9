import { nonEmpty } from "../../modules/values/fields";

/** The name of an option that only repositories have, because only their names in AWS can be kept: `name`. */
const option = "renamedFrom";

/** `renamedFrom` of a repository. */
export const renamedFrom = () =>
  nonEmpty("this must be the short name that the repository had before; use a string").optional().meta({
    description:
      "Short name that the repository had before. Terraform moves everything in its state to the new short name and destroys nothing. `name` must be set, because ECR cannot rename a repository. Remove the option once every environment of the file is deployed.",
    defaultNote: "it was not renamed",
  });

/**
 * What a new name of an entry means for AWS, and the way to it. Of all that a user names, AWS can rename nothing: the name
 * identifies the resource in each call that updates it, and the provider replaces the resource.
 */
const replaced = {
  cache:
    "ECR cannot change the prefix of a pull-through cache rule; keep the old entry next to this one, use this one in images, and then remove the old one",
  creationTemplate:
    "ECR cannot change the prefix of a repository creation template; remove this option: a template has no content, so that replacing it loses nothing",
  deployment:
    "Kubernetes cannot rename a Deployment; keep the old entry next to this one, apply the manifest of this one, and then delete the old one with kubectl",
  fargateProfile:
    "EKS cannot change a Fargate profile; keep the old entry next to this one, and remove it when its pods run here",
  fileSystem:
    "EFS cannot change the creation token of a file system, and a new one is empty; keep the old entry next to this one, copy the files, let the volumes use this one, and then remove the old one",
  function:
    "Lambda cannot rename a function; keep the old entry next to this one, let its callers use this one, and then remove the old one",
  job: "Kubernetes cannot rename a Job or CronJob; apply the manifest of this one, and then delete the old one with kubectl",
  loadBalancer:
    "Elastic Load Balancing cannot rename a load balancer; keep the old entry next to this one, let its services and DNS records use this one, and then remove the old one",
  nodeGroup:
    "EKS cannot rename a node group; keep the old entry next to this one, drain its nodes, and then remove it",
  pushRole:
    "IAM cannot rename a role; keep the old entry next to this one, let pipelines assume this role, and then remove the old one",
  scheduledTask:
    "ECS cannot rename a task definition; remove this option: only the log group of the old entry has content",
  secret:
    "Secrets Manager cannot rename a secret; keep the old entry next to this one, set the value of this one, let readers use it, and then remove the old one",
  service:
    "ECS cannot rename a service; keep the old entry next to this one, move its traffic here, and then remove the old one",
} as const;

/**
 * Advice on `renamedFrom` for entries that have no such option, as `object` takes it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UpdatePullThroughCacheRule.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UpdateRepositoryCreationTemplate.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
 * @see https://docs.aws.amazon.com/efs/latest/ug/API_UpdateFileSystem.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html profiles are immutable
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export const cannotRename =
  (kind: keyof typeof replaced) =>
  (key: string): string | undefined =>
    key === option ? replaced[kind] : undefined;
