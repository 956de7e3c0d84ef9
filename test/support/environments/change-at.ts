import type { Definition } from "../../../environments/environment";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { minimal, only } from "./minimal";

/** A development environment with one of each thing that tests change. */
const base = {
  ...minimal,
  state: { backend: "s3", bucket: "acme-tfstate" },
  security: {
    kms: {},
    ci: {
      plan: {
        trust: [
          { github: "acme/app", branch: "main" },
          { gitlab: "acme/app", branch: "main" },
        ],
      },
    },
  },
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
    publicSubnetIds: ["subnet-00000000000000003", "subnet-00000000000000004"],
  },
  ecr: {
    alerts: {},
    repositories: { app: { enableLambdaPull: true } },
    pullThroughCache: { public: { upstream: "ecr-public" } },
  },
  ecs: { services: { web: { image: { repository: "app", tag: "v1" }, port: 8080 } } },
  lambda: { functions: { resize: { image: { repository: "app", tag: "v1" } } } },
  eks: {
    kubernetesVersion: "1.33",
    nodeGroups: { general: { instanceTypes: ["m7i.large"] } },
    deployments: { api: { image: { repository: "app", tag: "v1" } } },
  },
} as const satisfies EnvironmentInput;

/** That environment with other values at these paths, e.g. `{ "state.bucket": "acme" }`. */
export function changedAt(changes: Readonly<Record<string, unknown>>): Record<string, Definition> {
  const input = structuredClone(base) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Record<string, unknown>>((inner, key) => {
      inner[key] ??= {};
      return inner[key] as Record<string, unknown>;
    }, input);
    parent[last] = value;
  }
  return only(input as unknown as EnvironmentInput);
}
