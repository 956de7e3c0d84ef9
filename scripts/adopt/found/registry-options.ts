import { defined, type EcrInput } from "../environment-input";
import type { Note } from "../note";
import { cachesIn, type RegistryPlace } from "./cache-options";
import type { FoundSettings } from "./found-settings";
import { importersIn } from "./registry-statements";
import { settingsIn } from "./setting-options";
import { templatesIn } from "./template-options";

/** What of a registry an environment file declares, besides scanning and replication. */
export interface RegistryOptions {
  readonly options: Partial<EcrInput>;
  /** Prefixes of the caches. ECR creates their repositories. */
  readonly cachePrefixes: ReadonlySet<string>;
}

/**
 * The options of a registry's caches, templates, account settings and pull-time exclusions, from whichever source.
 *
 * @param encryptionType of the environment
 */
export function registryOptions(
  settings: FoundSettings,
  place: RegistryPlace,
  encryptionType: string,
  notes: Note[],
): RegistryOptions {
  const { templates } = settings;
  const declared = cachesIn(settings.caches, templates, place, notes);
  const prefixes = new Set(declared.map(({ prefix }) => prefix));
  const importers = importersIn(settings.policy, prefixes, notes);
  const caches = declared.map(({ short, prefix, options }) => {
    const roles = [...new Set(importers.get(prefix))];
    return [short, { ...options, ...(roles.length > 0 && { pullRoleArns: roles }) }];
  });
  const byPrefix = templatesIn(templates, prefixes, encryptionType, notes);
  const accountSettings = settingsIn(settings.accountSettings, notes);
  const exclusions = settings.pullTimeExclusions;
  return {
    cachePrefixes: prefixes,
    options: defined({
      pullThroughCache: caches.length > 0 ? Object.fromEntries(caches) : undefined,
      creationTemplates: Object.keys(byPrefix).length > 0 ? byPrefix : undefined,
      accountSettings: Object.keys(accountSettings).length > 0 ? accountSettings : undefined,
      pullTimeExclusions: exclusions.length > 0 ? [...exclusions].toSorted() : undefined,
    }) as Partial<EcrInput>,
  };
}
