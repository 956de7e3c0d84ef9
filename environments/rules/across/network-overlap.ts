import { overlap, parseRange } from "../../../modules/network/ip-range";
import type { OwnNetwork } from "../../options/network";
import type { Environment } from "../../plan/environment";
import { type Problem, suggest } from "../../schema/problem";

type Networked = Environment & { readonly network: OwnNetwork };

/**
 * VPCs with addresses in common. They work as long as nothing connects them, and moving one then means to build it anew,
 * so it is asked for at the start, also across accounts and Regions.
 *
 * @param names names of all environments, also of those that are wrong by themselves
 * @see https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html
 */
export function overlappingNetworks(
  environments: readonly Environment[],
  names: readonly string[],
): Problem[] {
  const networked = environments.filter((one): one is Networked => one.network?.kind === "own");
  return networked.flatMap((one, index) => [
    ...networked.slice(0, index).flatMap((earlier) => sharedAddresses(one, earlier)),
    ...needlessNames(one, networked),
    ...unknownNames(one, names),
  ]);
}

function sharedAddresses(one: Networked, earlier: Networked): Problem[] {
  const excused =
    one.network.mayOverlap.includes(earlier.name) || earlier.network.mayOverlap.includes(one.name);
  if (excused || !overlaps(one, earlier)) return [];
  return [
    {
      file: one.file,
      path: ["network", "cidr"],
      found: one.network.cidr,
      advice: `${earlier.file} has ${earlier.network.cidr}, and networks with addresses in common can never be connected; choose another range, or add "${earlier.name}" to network.mayOverlap`,
    },
  ];
}

function needlessNames(one: Networked, networked: readonly Networked[]): Problem[] {
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
            ? "this is the environment itself; remove it"
            : `the range of ${other.file} is another one; remove it`,
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
            advice: `there is no environment of this name; ${suggest(name, names) ?? "remove it"}`,
          },
        ],
  );
}

function overlaps(one: Networked, other: Networked): boolean {
  const [a, b] = [parseRange(one.network.cidr), parseRange(other.network.cidr)];
  return a !== undefined && b !== undefined && overlap(a, b);
}
