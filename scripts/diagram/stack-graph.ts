import { counted } from "../../modules/values/counted";
import { valueAt } from "../../modules/values/value-at";
import { resourcesOf, type StackJson, type Stacks } from "../review/revisions/stack-json";

/** Stacks and what they read from each other, as their Terraform JSON says. */
export interface StackGraph {
  readonly nodes: readonly StackNode[];
  readonly edges: readonly ContractEdge[];
}

/** A stack and its main resources, e.g. `4 repositories`. */
export interface StackNode {
  readonly stack: string;
  readonly resources: readonly string[];
}

/** The outputs of one stack that another one reads from its state. */
export interface ContractEdge {
  readonly publisher: string;
  readonly reader: string;
  readonly outputs: readonly string[];
}

/** What a picture names, in this order: one and many of each type. Roles, policies, rules and log groups are left out. */
const mainTypes: Readonly<Record<string, readonly [one: string, many: string]>> = {
  aws_s3_bucket: ["S3 bucket", "S3 buckets"],
  aws_kms_key: ["KMS key", "KMS keys"],
  aws_efs_file_system: ["file system", "file systems"],
  aws_secretsmanager_secret: ["secret", "secrets"],
  aws_signer_signing_profile: ["signing profile", "signing profiles"],
  aws_iam_role: ["IAM role", "IAM roles"],
  aws_vpc: ["VPC", "VPCs"],
  aws_subnet: ["subnet", "subnets"],
  aws_nat_gateway: ["NAT gateway", "NAT gateways"],
  aws_vpc_endpoint: ["VPC endpoint", "VPC endpoints"],
  aws_ecr_registry_scanning_configuration: ["scanning configuration", "scanning configurations"],
  aws_ecr_replication_configuration: ["replication configuration", "replication configurations"],
  aws_ecr_registry_policy: ["registry policy", "registry policies"],
  aws_ecr_pull_through_cache_rule: ["pull-through cache", "pull-through caches"],
  aws_ecr_repository_creation_template: ["creation template", "creation templates"],
  aws_ecr_repository: ["repository", "repositories"],
  aws_ecrpublic_repository: ["public repository", "public repositories"],
  aws_ecs_service: ["ECS service", "ECS services"],
  aws_lambda_function: ["Lambda function", "Lambda functions"],
  aws_eks_cluster: ["EKS cluster", "EKS clusters"],
  aws_lb: ["load balancer", "load balancers"],
  aws_sns_topic: ["SNS topic", "SNS topics"],
  aws_cloudwatch_dashboard: ["dashboard", "dashboards"],
};

/** The graph of stacks. Only contracts between these stacks are in it. */
export function stackGraph(stacks: Stacks): StackGraph {
  const names = new Map(Object.entries(stacks).map(([stack, json]) => [stateOf(json), stack]));
  return {
    nodes: Object.entries(stacks).map(([stack, json]) => ({ stack, resources: mainResources(json) })),
    edges: Object.entries(stacks).flatMap(([reader, json]) => contractsOf(reader, json, names)),
  };
}

function mainResources(json: StackJson): string[] {
  const types = [...resourcesOf(json).values()].map(({ type }) => type);
  return Object.entries(mainTypes).flatMap(([type, [one, many]]) => {
    const number = types.filter((each) => each === type).length;
    return number === 0 ? [] : [counted(number, one, many)];
  });
}

/** Where a stack keeps its state: what identifies it to those that read it. */
function stateOf({ terraform }: StackJson): string {
  const [[backend, location] = []] = Object.entries(terraform?.backend ?? {});
  return stateId(backend, location);
}

const stateId = (backend: unknown, location: unknown): string =>
  JSON.stringify([backend, ...["bucket", "key", "path"].map((key) => valueAt(location, [key]) ?? null)]);

function contractsOf(reader: string, json: StackJson, names: ReadonlyMap<string, string>): ContractEdge[] {
  const text = JSON.stringify(json);
  const sources = (json.data?.["terraform_remote_state"] ?? {}) as Readonly<Record<string, unknown>>;
  const read = Object.entries(sources).flatMap(([name, source]): ContractEdge[] => {
    const publisher = names.get(stateId(valueAt(source, ["backend"]), valueAt(source, ["config"])));
    const outputs = outputsRead(text, name);
    return publisher === undefined || outputs.length === 0 ? [] : [{ publisher, reader, outputs }];
  });
  const publishers = [...new Set(read.map(({ publisher }) => publisher))];
  return publishers.map((publisher) => {
    const outputs = read.filter((edge) => edge.publisher === publisher).flatMap((edge) => edge.outputs);
    return { publisher, reader, outputs: [...new Set(outputs)].toSorted() };
  });
}

/** Names of data sources are identifiers, which mean nothing in a regular expression. */
const outputsRead = (text: string, name: string): string[] =>
  [
    ...text.matchAll(new RegExp(`data\\.terraform_remote_state\\.${name}\\.outputs\\.([A-Za-z0-9_]+)`, "g")),
  ].map(([, output = ""]) => output);
