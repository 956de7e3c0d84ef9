import {
  DescribePullThroughCacheRulesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  type ECRClient,
  GetAccountSettingCommand,
  GetRegistryPolicyCommand,
  ListPullTimeUpdateExclusionsCommand,
  type PullThroughCacheRule,
  type RepositoryCreationTemplate,
} from "@aws-sdk/client-ecr";
import { accountSettingNames } from "../../../modules/ecr/registry/account-settings";
import { whenMissing } from "../../ecr/when-missing";
import { defined } from "../environment-input";
import type { FoundCache, FoundSettings, FoundTemplate } from "../found/found-settings";
import type { OptionalReads } from "./optional-reads";

/** The caches, templates, account settings and policy of a registry. */
export async function settingsOfAccount(client: ECRClient, reads: OptionalReads): Promise<FoundSettings> {
  const [caches, templates, policy, exclusions, ...settings] = await Promise.all([
    reads.read("the pull-through caches", "ecr:DescribePullThroughCacheRules", () =>
      client.send(new DescribePullThroughCacheRulesCommand({ maxResults: 1000 })),
    ),
    reads.read("the repository creation templates", "ecr:DescribeRepositoryCreationTemplates", () =>
      client.send(new DescribeRepositoryCreationTemplatesCommand({ maxResults: 1000 })),
    ),
    reads.read("the registry policy", "ecr:GetRegistryPolicy", () =>
      client
        .send(new GetRegistryPolicyCommand({}))
        .catch(whenMissing("RegistryPolicyNotFoundException", { policyText: undefined })),
    ),
    reads.read("the pull-time update exclusions", "ecr:ListPullTimeUpdateExclusions", () =>
      client.send(new ListPullTimeUpdateExclusionsCommand({})),
    ),
    ...Object.values(accountSettingNames).map((name) =>
      reads.read(`the account setting ${name}`, "ecr:GetAccountSetting", () =>
        client.send(new GetAccountSettingCommand({ name })),
      ),
    ),
  ]);
  return defined({
    caches: (caches?.pullThroughCacheRules ?? []).map(cacheOf),
    templates: (templates?.repositoryCreationTemplates ?? []).map(templateOf),
    accountSettings: Object.fromEntries(
      settings.flatMap((one) =>
        one?.name === undefined || one.value === undefined ? [] : [[one.name, one.value]],
      ),
    ),
    pullTimeExclusions: exclusions?.pullTimeUpdateExclusions ?? [],
    policy: policy?.policyText === undefined ? undefined : { text: policy.policyText },
  }) as FoundSettings;
}

const cacheOf = (rule: PullThroughCacheRule): FoundCache =>
  defined({
    prefix: rule.ecrRepositoryPrefix ?? "",
    upstream: rule.upstreamRegistryUrl ?? "",
    upstreamPrefix: rule.upstreamRepositoryPrefix,
    credentialArn: rule.credentialArn,
  }) as FoundCache;

const templateOf = (template: RepositoryCreationTemplate): FoundTemplate =>
  defined({
    prefix: template.prefix ?? "",
    appliedFor: template.appliedFor ?? [],
    imageTagMutability: template.imageTagMutability ?? "MUTABLE",
    exclusionFilters: (template.imageTagMutabilityExclusionFilters ?? []).map(({ filter = "" }) => filter),
    encryptionType: template.encryptionConfiguration?.encryptionType ?? "AES256",
    lifecyclePolicy: template.lifecyclePolicy || undefined,
    repositoryPolicy: template.repositoryPolicy || undefined,
    tags: Object.fromEntries((template.resourceTags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
  }) as FoundTemplate;
