import type { Destination, RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import type { RegistryPlan } from "../../plan/registry-plan";
import { type DeclaredRequest, requestsIn } from "../../plan/registry-requests";
import type { Problem } from "../../schema/problem";

/** Unmanaged repositories that another file of the same registry declares as managed or with different options. */
export function unmanagedProblems(plan: RegistryPlan): Problem[] {
  const requests = requestsIn(plan);
  const isUnmanaged = (request: DeclaredRequest) => request.isUnmanaged;
  const managedByName = new Map(requests.filter((one) => !isUnmanaged(one)).map((one) => [one.name, one]));
  const earlier = new Map<string, DeclaredRequest>();
  return requests.filter(isUnmanaged).flatMap((request) => {
    const { name, file, path } = request;
    const managed = managedByName.get(name);
    const first = earlier.get(name);
    if (first === undefined) earlier.set(name, request);
    return [
      ...(managed ? [managedProblem(managed, { file, path, found: name })] : []),
      ...(first ? differences(first, request) : []),
    ];
  });
}

function managedProblem({ source }: DeclaredRequest, at: Omit<Problem, "advice">): Problem {
  const where = at.path[1] === "registryRequests" ? "in the other project, and write the file again" : "here";
  return {
    ...at,
    advice: `${source === at.file ? "this file" : source} creates this repository, so it is not unmanaged; remove it ${where}`,
  };
}

const address = ({ region, registryId }: Destination): string => `${registryId}/${region}`;

/** Option values as they are compared and shown. */
const comparedOptions = {
  scanFrequency: ({ scanFrequency }: RegistryRequest) => scanFrequency,
  enableEnhancedScanning: ({ scanType }: RegistryRequest) => `${scanType === "ENHANCED"}`,
  replicationDestinations: ({ destinations }: RegistryRequest) =>
    destinations.map(address).toSorted().join(", ") || "none",
};

function differences(first: DeclaredRequest, other: DeclaredRequest): Problem[] {
  return (Object.keys(comparedOptions) as (keyof typeof comparedOptions)[]).flatMap((option): Problem[] => {
    const [expected, found] = [comparedOptions[option](first), comparedOptions[option](other)];
    if (expected === found) return [];
    return [
      {
        file: other.file,
        path: [...other.path, option],
        found,
        advice: `${first.source} declares this repository of the same registry with ${expected}; use the same value in both`,
      },
    ];
  });
}
