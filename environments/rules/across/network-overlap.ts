import { overlap, parseRange } from "../../../modules/network/ip-range";
import { suggest } from "../../../modules/values/suggestion";
import type { OwnNetwork } from "../../options/network";
import type { Environment } from "../../plan/environment";
import type { Problem } from "../../schema/problem";

type Networked = Environment & { readonly network: OwnNetwork };

/**
 * VPCs with overlapping ranges. They work until they must be connected, and changing a range replaces the VPC, so
 * overlaps are reported from the start, also across accounts and Regions.
 *
 * @param names names of all environments, including those with problems
 * @see https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html
 */
export function overlappingNetworks(
  environments: readonly Environment[],
  names: readonly string[],
): Problem[] {
  const networked = environments.filter((one): one is Networked => one.network?.kind === "own");
  return networked.flatMap((one, index) => [
    ...networked.slice(0, index).flatMap((earlier) => sharedAddresses(one, earlier)),
    ...redundantNames(one, networked),
    ...unknownNames(one, names),
  ]);
}

function sharedAddresses(one: Networked, earlier: Networked): Problem[] {
  const allowed =
    one.network.mayOverlap.includes(earlier.name) || earlier.network.mayOverlap.includes(one.name);
  if (allowed || !overlaps(one, earlier)) return [];
  return [
    {
      file: one.file,
      path: ["network", "cidr"],
      found: one.network.cidr,
      advice: `${earlier.file} has ${earlier.network.cidr}, and networks with overlapping ranges cannot be connected; choose another range, or add "${earlier.name}" to network.mayOverlap`,
    },
  ];
}

function redundantNames(one: Networked, networked: readonly Networked[]): Problem[] {
  return one.network.mayOverlap.flatMap((name, index): Problem[] => {
    const other = networked.find((candidate) => candidate.name === name);
    if (other === undefined || (other !== one && overlaps(one, other))) return [];
    return [
      {
        file: one.file,
        path: ["network", "mayOverlap", index],
        found: name,
        advice:
          other === one
            ? "the list contains the environment itself; remove it"
            : `the range of ${other.file} does not overlap; remove it`,
      },
    ];
  });
}

function unknownNames(one: Networked, names: readonly string[]): Problem[] {
  return one.network.mayOverlap.flatMap((name, index): Problem[] =>
    names.includes(name)
      ? []
      : [
          {
            file: one.file,
            path: ["network", "mayOverlap", index],
            found: name,
            advice: `no environment has this name; ${suggest(name, names) ?? "remove it"}`,
          },
        ],
  );
}

function overlaps(one: Networked, other: Networked): boolean {
  const [a, b] = [parseRange(one.network.cidr), parseRange(other.network.cidr)];
  return a !== undefined && b !== undefined && overlap(a, b);
}
