import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { clientConfig } from "../../../emulator/client-config";

/** What AWS's API says of one account and Region, whatever Terraform believes. */
export class DeployedAws {
  private readonly ecr: ECRClient;
  private readonly kms: KMSClient;
  private readonly logs: CloudWatchLogsClient;
  private readonly events: EventBridgeClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>, region?: string) {
    const config = clientConfig(variables, region);
    this.ecr = new ECRClient(config);
    this.kms = new KMSClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.events = new EventBridgeClient(config);
  }

  /** Repositories by name. */
  async repositories() {
    const { repositories = [] } = await this.ecr.send(new DescribeRepositoriesCommand({}));
    return Object.fromEntries(
      repositories.map((repository) => [repository.repositoryName ?? "", repository]),
    );
  }

  /** Tags of each repository, by name. */
  async tags() {
    const tags = Object.entries(await this.repositories()).map(async ([name, { repositoryArn }]) => {
      const answer = await this.ecr.send(
        new ListTagsForResourceCommand({ resourceArn: repositoryArn ?? "" }),
      );
      return [
        name,
        Object.fromEntries((answer.tags ?? []).map(({ Key = "", Value }) => [Key, Value])),
      ] as const;
    });
    return Object.fromEntries(await Promise.all(tags));
  }

  /** The lifecycle policy of each repository, by name. */
  async lifecyclePolicies(names: readonly string[]) {
    const policies = names.map(async (repositoryName) => {
      const { lifecyclePolicyText = "" } = await this.ecr.send(
        new GetLifecyclePolicyCommand({ repositoryName }),
      );
      return [repositoryName, JSON.parse(lifecyclePolicyText)] as const;
    });
    return Object.fromEntries(await Promise.all(policies));
  }

  /** How many images each repository keeps, by name. */
  async imagesKept(names: readonly string[]) {
    const kept = names.map(async (repositoryName) => {
      const { lifecyclePolicyText = "" } = await this.ecr.send(
        new GetLifecyclePolicyCommand({ repositoryName }),
      );
      return [repositoryName, JSON.parse(lifecyclePolicyText).rules[0].selection.countNumber] as const;
    });
    return Object.fromEntries(await Promise.all(kept));
  }

  /** Statements of each repository's policy by Sid, by name; none where there is no policy. */
  async policies(names: readonly string[]) {
    const policies = names.map(async (repositoryName) => {
      const policy = await this.ecr
        .send(new GetRepositoryPolicyCommand({ repositoryName }))
        .catch((error) => {
          if (error.name === "RepositoryPolicyNotFoundException") return { policyText: '{"Statement":[]}' };
          throw error;
        });
      const statements: { Sid: string }[] = JSON.parse(policy.policyText ?? "").Statement;
      return [
        repositoryName,
        Object.fromEntries(statements.map((statement) => [statement.Sid, statement])),
      ] as const;
    });
    return Object.fromEntries(await Promise.all(policies));
  }

  /** When each repository is scanned, by name, as the registry's filters decide. */
  async scanFrequencies(names: readonly string[]) {
    const { scanningConfigurations = [] } = await this.ecr.send(
      new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [...names] }),
    );
    return Object.fromEntries(scanningConfigurations.map((c) => [c.repositoryName ?? "", c.scanFrequency]));
  }

  /** Who scans. */
  async scanType() {
    const { scanningConfiguration } = await this.ecr.send(new GetRegistryScanningConfigurationCommand({}));
    return scanningConfiguration?.scanType;
  }

  /** Regions that each repository is replicated to, by name: the sum over the rules whose prefix it begins with. */
  async replicatedTo(names: readonly string[]) {
    const { replicationConfiguration } = await this.ecr.send(new DescribeRegistryCommand({}));
    const rules = replicationConfiguration?.rules ?? [];
    return Object.fromEntries(
      names.map((name) => [
        name,
        rules
          .filter(({ repositoryFilters }) =>
            repositoryFilters?.some(({ filter }) => name.startsWith(filter ?? "")),
          )
          .flatMap(({ destinations }) => destinations?.map(({ region }) => region))
          .toSorted(),
      ]),
    );
  }

  /** A key by ARN, id or alias, with its rotation and its policy. */
  async key(KeyId: string) {
    const { KeyMetadata } = await this.kms.send(new DescribeKeyCommand({ KeyId }));
    const id = { KeyId: KeyMetadata?.KeyId ?? "" };
    const { Policy = "" } = await this.kms.send(new GetKeyPolicyCommand({ ...id, PolicyName: "default" }));
    const rotation = await this.kms.send(new GetKeyRotationStatusCommand(id));
    return { ...KeyMetadata, rotation: rotation.RotationPeriodInDays, policy: JSON.parse(Policy) };
  }

  async logGroups() {
    const { logGroups = [] } = await this.logs.send(new DescribeLogGroupsCommand({}));
    return logGroups.map(({ logGroupName, retentionInDays, kmsKeyId }) => ({
      logGroupName,
      retentionInDays,
      kmsKeyId,
    }));
  }

  async logResourcePolicies() {
    const { resourcePolicies = [] } = await this.logs.send(new DescribeResourcePoliciesCommand({}));
    return resourcePolicies.map(({ policyDocument = "" }) => JSON.parse(policyDocument));
  }

  /** Whether EventBridge finds that an event matches a pattern. */
  async matches(pattern: string, event: object): Promise<boolean> {
    const { Result = false } = await this.events.send(
      new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(event) }),
    );
    return Result;
  }

  /** Pattern and targets of each rule, by the rule's name. */
  async eventRules() {
    const { Rules = [] } = await this.events.send(new ListRulesCommand({}));
    const rules = Rules.map(async ({ Name = "", EventPattern = "" }) => {
      const { Targets = [] } = await this.events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      return [Name, { pattern: EventPattern, targets: Targets }] as const;
    });
    return Object.fromEntries(await Promise.all(rules));
  }
}
