import { collect, type Lookup, tagMap, valuesOf } from "./lookup";
import type { ExistingResource } from "./match";

/** How many target groups are asked for their tags at a time, which is the limit of DescribeTags. */
const batchSize = 20;

/** AWS has no resource of that name. */
const isNotFound = ({ name }: Error): boolean =>
  [
    "ListenerNotFoundException",
    "LoadBalancerNotFoundException",
    "NotFoundException",
    "ResourceNotFoundException",
  ].includes(name);

/** What AWS has under each of the names. */
async function named(
  names: readonly string[],
  describe: (name: string) => Promise<ExistingResource[]>,
): Promise<ExistingResource[]> {
  const found: ExistingResource[] = [];
  for (const name of names)
    found.push(
      ...(await describe(name).catch((error: Error) => {
        if (isNotFound(error)) return [];
        throw error;
      })),
    );
  return found;
}

/** A key through its alias, which is unique in an account and Region. */
const keys: Lookup = async ({ settings, wanted }) => {
  const { KMSClient, DescribeKeyCommand } = await import("@aws-sdk/client-kms");
  const client = new KMSClient(settings);
  return named(valuesOf(wanted, "alias"), async (alias) => {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: alias }));
    const { KeyId: id, Arn: arn } = KeyMetadata ?? {};
    return id === undefined || arn === undefined ? [] : [{ id, arn, arguments: { alias }, tags: {} }];
  });
};

const secrets: Lookup = async ({ settings, wanted }) => {
  const { SecretsManagerClient, DescribeSecretCommand } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient(settings);
  return named(valuesOf(wanted, "name"), async (name) => {
    const { ARN } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return ARN === undefined ? [] : [{ id: ARN, arguments: { name }, tags: {} }];
  });
};

const loadBalancers: Lookup = async ({ settings, wanted }) => {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new sdk.ElasticLoadBalancingV2Client(settings);
  return named(valuesOf(wanted, "name"), (name) =>
    collect(
      sdk.paginateDescribeLoadBalancers({ client }, { Names: [name] }),
      ({ LoadBalancers }) => LoadBalancers,
      ({ LoadBalancerArn = "", LoadBalancerName }) => ({
        id: LoadBalancerArn,
        arguments: { name: LoadBalancerName },
        tags: {},
      }),
    ),
  );
};

/** Listeners of load balancers. A load balancer has one listener per port. */
const listeners: Lookup = async ({ settings, wanted }) => {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new sdk.ElasticLoadBalancingV2Client(settings);
  return named(valuesOf(wanted, "load_balancer_arn"), (arn) =>
    collect(
      sdk.paginateDescribeListeners({ client }, { LoadBalancerArn: arn }),
      ({ Listeners }) => Listeners,
      ({ ListenerArn = "", Port }) => ({
        id: ListenerArn,
        arguments: { load_balancer_arn: arn, port: String(Port) },
        tags: {},
      }),
    ),
  );
};

/** Rules of listeners. A listener has one rule for each priority. */
const listenerRules: Lookup = async ({ settings, wanted }) => {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new sdk.ElasticLoadBalancingV2Client(settings);
  return named(valuesOf(wanted, "listener_arn"), (arn) =>
    collect(
      sdk.paginateDescribeRules({ client }, { ListenerArn: arn }),
      ({ Rules }) => Rules,
      ({ RuleArn = "", Priority }) => ({
        id: RuleArn,
        arguments: { listener_arn: arn, priority: Priority },
        tags: {},
      }),
    ),
  );
};

/** Target groups whose names begin as the wanted ones do: Terraform adds a random part. */
const targetGroups: Lookup = async ({ settings, wanted }) => {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new sdk.ElasticLoadBalancingV2Client(settings);
  const prefixes = valuesOf(wanted, "name_prefix");
  const found = await collect(
    sdk.paginateDescribeTargetGroups({ client }, {}),
    ({ TargetGroups }) => TargetGroups,
    ({ TargetGroupArn = "", TargetGroupName = "" }) => ({
      id: TargetGroupArn,
      arguments: { name_prefix: prefixes.find((prefix) => TargetGroupName.startsWith(prefix)) },
      tags: {},
    }),
  );
  const possible = found.filter(({ arguments: { name_prefix: prefix } }) => prefix !== undefined);
  const tags = new Map<string, Record<string, string>>();
  for (let start = 0; start < possible.length; start += batchSize) {
    const ResourceArns = possible.slice(start, start + batchSize).map(({ id }) => id);
    const { TagDescriptions = [] } = await client.send(new sdk.DescribeTagsCommand({ ResourceArns }));
    for (const { ResourceArn = "", Tags } of TagDescriptions) tags.set(ResourceArn, tagMap(Tags));
  }
  return possible.map((resource) => ({ ...resource, tags: tags.get(resource.id) ?? {} }));
};

/** Resources outside EC2, by type. */
export const namedLookups: Readonly<Record<string, Lookup>> = {
  aws_kms_key: keys,
  aws_lb: loadBalancers,
  aws_lb_listener: listeners,
  aws_lb_listener_rule: listenerRules,
  aws_lb_target_group: targetGroups,
  aws_secretsmanager_secret: secrets,
};
