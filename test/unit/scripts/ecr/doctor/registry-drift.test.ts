import { expect, test } from "vitest";
import { definitions } from "../../../../../environments/all";
import { loadEnvironments } from "../../../../../environments/load";
import type { AccountConnection } from "../../../../../scripts/ecr/account-connection";
import { registryDrift } from "../../../../../scripts/ecr/doctor/registry-drift";

/** A registry that replicates nothing. @param scanned names with wildcards */
const accountWith = (environment: AccountConnection["environment"], scanned: string) => {
  const answer = {
    scanningConfiguration: {
      scanType: "BASIC",
      rules: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilters: [{ filter: scanned }] }],
    },
  };
  return { environment, ecr: () => ({ send: async () => answer }) } as unknown as AccountConnection;
};

/** Each call reads the files anew, as the commands do. */
const environments = () => loadEnvironments(definitions);
const dev = () => {
  const found = environments().find(({ name }) => name === "dev");
  if (found === undefined) throw new Error("there is no dev");
  return found;
};

test("the registry of an environment is found by its name, also when the files were read twice", async () => {
  expect(await registryDrift(accountWith(dev(), "myproject-dev-*"), environments())).toEqual([
    { state: "ok", text: "The registry scans and replicates as the files ask for." },
  ]);
});

test("a repository that is not scanned is a problem", async () => {
  const [first] = await registryDrift(accountWith(dev(), "other-*"), environments());

  expect(first).toMatchObject({ state: "problem", advice: "npm run diff -- dev --layer registry" });
});
