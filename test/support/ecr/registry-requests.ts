import fc from "fast-check";
import { loadEnvironments } from "../../../environments/load";
import { registryRequests } from "../../../environments/plan/registry-requests";
import type { RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import { guide } from "../environments/guide";

/** A request of a repository in the environment `p`: for nothing, with changes. */
export function request(name: string, change: Partial<RegistryRequest> = {}): RegistryRequest {
  return {
    name,
    namePrefix: name.slice(0, 2),
    source: "environments/p.ts",
    scanType: "BASIC",
    scanFrequency: "MANUAL",
    destinations: [],
    ...change,
  };
}

/** This many repositories, starting at p-0000, each with the changes for its number. */
export function numbered(
  count: number,
  change: (index: number) => Partial<RegistryRequest>,
): RegistryRequest[] {
  return Array.from({ length: count }, (_, index) =>
    request(`p-${String(index).padStart(4, "0")}`, change(index)),
  );
}

/**
 * Names of repositories of the environments `p` and `q`. The words are few and short, and the prefixes are among them,
 * so that names start with, end with and contain each other.
 */
export const names = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom("p", "p", "q"),
      fc.array(fc.constantFrom("a", "b", "aa", "p"), { minLength: 1, maxLength: 4 }),
    )
    .map(([environment, words]) => [environment, ...words].join("-")),
  { maxLength: 10 },
);

/** The requests of the production environment of the guide. */
export function guideProduction(): RegistryRequest[] {
  return loadEnvironments(guide)
    .filter(({ name }) => name === "prod")
    .flatMap(registryRequests);
}
