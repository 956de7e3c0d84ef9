import type { Destination, RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import { type DeclaredRequest, type RegistryPlan, registryRequests } from "../../plan/registry";
import type { Problem } from "../../schema/problem";

/** Unmanaged repositories that a file of the same registry declares otherwise: as its own, or with other wishes. */
export function unmanagedProblems({ environments }: RegistryPlan): Problem[] {
  const requests = environments.flatMap(registryRequests);
  const isUnmanaged = ({ namePrefix }: RegistryRequest) => namePrefix === undefined;
  const own = new Map(requests.filter((one) => !isUnmanaged(one)).map((one) => [one.name, one]));
  const earlier = new Map<string, DeclaredRequest>();
  return requests.filter(isUnmanaged).flatMap((request) => {
    const { name, source, path } = request;
    const managed = own.get(name);
    const first = earlier.get(name);
    if (first === undefined) earlier.set(name, request);
    return [
      ...(managed ? [managedHere(managed, { file: source, path, found: name })] : []),
      ...(first ? differences(first, request) : []),
    ];
  });
}

function managedHere({ source }: DeclaredRequest, at: Omit<Problem, "advice">): Problem {
  return {
    ...at,
    advice: `${source === at.file ? "this file" : source} makes this repository, so it is not unmanaged; remove it here`,
  };
}

const address = ({ region, registryId }: Destination): string => `${registryId}/${region}`;

/** A wish as it is compared and shown. */
const wished = {
  scanFrequency: ({ scanFrequency }: RegistryRequest) => scanFrequency,
  enableEnhancedScanning: ({ scanType }: RegistryRequest) => `${scanType === "ENHANCED"}`,
  replicationDestinations: ({ destinations }: RegistryRequest) =>
    destinations.map(address).toSorted().join(", ") || "none",
};

function differences(first: DeclaredRequest, other: DeclaredRequest): Problem[] {
  return (Object.keys(wished) as (keyof typeof wished)[]).flatMap((option): Problem[] => {
    const [wanted, found] = [wished[option](first), wished[option](other)];
    if (wanted === found) return [];
    return [
      {
        file: other.source,
        path: [...other.path, option],
        found,
        advice: `${first.source} declares this repository of the same registry with ${wanted}; write the same in both`,
      },
    ];
  });
}
