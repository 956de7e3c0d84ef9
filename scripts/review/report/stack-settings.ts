import { counted } from "../../../modules/values/counted";
import { changedPaths } from "../changed-paths";
import { resourcesOf, type StackJson } from "../revisions/stack-json";
import { attributeChange } from "../terraform-plan";

/** A change of what applies to a whole stack. */
export interface SettingChange {
  /** One line. */
  readonly text: string;
  /** Whether it changes only the tags of every resource. */
  readonly isTag: boolean;
}

/** What differs in the provider configurations and in Terraform's own settings: account, Region, state, versions. */
export function settingsChanged(before: StackJson, after: StackJson): SettingChange[] {
  const [old, current] = [byAlias(before), byAlias(after)];
  const kept = (configurations: Configurations, others: Configurations) =>
    Object.fromEntries(Object.entries(configurations).filter(([name]) => Object.hasOwn(others, name)));
  const sides = {
    before: { provider: kept(old, current), terraform: before.terraform },
    after: { provider: kept(current, old), terraform: after.terraform },
  };
  const details = { ...sides, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, actions: [] };
  const change = { address: "", mode: "managed" as const, type: "", change: details };
  return [
    ...changedPaths(sides.before, sides.after).map((path) => ({
      text: attributeChange(change, path),
      isTag: path.includes("default_tags"),
    })),
    ...Object.keys(old)
      .filter((name) => !Object.hasOwn(current, name))
      .flatMap((name) => configurationGone(name, before)),
  ];
}

type Configurations = Readonly<Record<string, object>>;

/** The provider configurations of a stack by name; their order means nothing. */
function byAlias({ provider }: StackJson): Configurations {
  return Object.fromEntries(
    (provider?.aws ?? []).map((one) => {
      const { alias, ...settings } = one as { alias?: string };
      return [alias === undefined ? "aws" : `aws.${alias}`, settings];
    }),
  );
}

/**
 * Terraform cannot destroy what it created with a provider configuration that is gone.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/providers
 */
function configurationGone(name: string, before: StackJson): SettingChange[] {
  const created = [...resourcesOf(before).values()].filter(({ provider }) => provider === name);
  if (created.length === 0) return [];
  return [
    {
      text: `The provider configuration ${name} is gone, and ${counted(created.length, "resource")} may exist that only it can destroy: Terraform refuses with "Provider configuration not present". Add the Region to ecr.formerReplicaRegions, deploy, and remove it again.`,
      isTag: false,
    },
  ];
}
