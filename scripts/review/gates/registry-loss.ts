import type { Gate } from "./gate";

/** Found by `registryLosses`, which knows whom a repository belongs to. */
export const registryLoss: Gate = {
  severity: "blocked",
  stops:
    "A repository of another environment or team loses scanning, replication, a cache or a permission of the registry",
};

export const registrySettings: Gate = {
  severity: "risky",
  stops:
    "A repository loses scanning, replication, a cache or a permission of the registry because its own file changes",
};
