import type { Environment } from "./environment";

/** A principal whose pulls are not recorded, and who requests that. */
export interface PullTimeExclusion {
  readonly principalArn: string;
  /** Where each file requests it, in the order of the environments; at least one. */
  readonly requests: readonly { readonly file: string; readonly index: number }[];
}

/** The exclusions that the environments of one registry request, sorted by ARN. The same one in several files counts once. */
export function pullTimeExclusionsOf(environments: readonly Environment[]): PullTimeExclusion[] {
  const requests = new Map<string, { file: string; index: number }[]>();
  for (const { file, ecr } of environments)
    ecr.pullTimeExclusions.forEach((principalArn, index) => {
      requests.set(principalArn, [...(requests.get(principalArn) ?? []), { file, index }]);
    });
  return [...requests]
    .map(([principalArn, found]) => ({ principalArn, requests: found }))
    .toSorted((a, b) => (a.principalArn < b.principalArn ? -1 : 1));
}
