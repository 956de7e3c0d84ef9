import { performance } from "node:perf_hooks";
import type { RegistryRequest } from "../modules/ecr/registry/registry-requests";
import { compileReplication } from "../modules/ecr/registry/replication-settings";
import { compileScanning } from "../modules/ecr/registry/scanning-settings";

/**
 * `npm run bench:registry -- [repositories]`: measure the compilers of the registry settings, for 10,000 repositories by
 * default. Prints the median of nine runs.
 */
const count = Number(process.argv[2] ?? 10_000);
const to = (region: string) => ({ region, registryId: "111122223333" });

const requestsWith = (change: (index: number) => Partial<RegistryRequest>): RegistryRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `acme-prod-team-${String(index % 50).padStart(2, "0")}/service-${String(index).padStart(6, "0")}`,
    namePrefix: "acme-prod-",
    source: "environments/prod.ts",
    scanType: "ENHANCED",
    scanFrequency: "SCAN_ON_PUSH",
    destinations: [],
    ...change(index),
  }));

const cases: Record<string, RegistryRequest[]> = {
  "all repositories request the same": requestsWith(() => ({ destinations: [to("us-west-2")] })),
  "each of 50 teams requests its own": requestsWith((index) => ({
    scanFrequency: index % 2 === 0 ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
    destinations: index % 50 < 9 ? [to(`us-west-${index % 50}`)] : [],
  })),
  "neighbors by name differ at random, so it is rejected": requestsWith((index) => {
    const odd = ((index * 2_654_435_761) >>> 13) % 2 === 1;
    return { scanFrequency: odd ? "CONTINUOUS_SCAN" : "MANUAL", destinations: odd ? [to("us-west-2")] : [] };
  }),
};

for (const [name, requests] of Object.entries(cases))
  for (const compile of [compileScanning, compileReplication]) {
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      compile(requests);
      return performance.now() - start;
    }).toSorted((a, b) => a - b);
    process.stdout.write(`${name}: ${compile.name} of ${count} in ${Math.round(times[4] ?? 0)} ms\n`);
  }
