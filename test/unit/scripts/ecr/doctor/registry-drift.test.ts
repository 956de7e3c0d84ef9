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

test("the registries of replicas scan as those of their sources", async () => {
  const prod = environments().find(({ name }) => name === "prod");
  if (prod === undefined) throw new Error("there is no prod");

  const found = await registryDrift(accountWith(prod, "other-*"), environments());
  const texts = found.map(({ text }) => text);

  expect(texts).toContain(
    "myproject-prod-web-app is scanned BASIC MANUAL, and the files ask for ENHANCED CONTINUOUS_SCAN.",
  );
  for (const region of ["us-west-2", "eu-west-1"])
    expect(texts).toContain(
      `myproject-prod-web-app in ${region} is scanned BASIC MANUAL, and the files ask for ENHANCED CONTINUOUS_SCAN.`,
    );
});

test("a Region that cannot be read is told, and stops no other", async () => {
  const prod = environments().find(({ name }) => name === "prod");
  if (prod === undefined) throw new Error("there is no prod");
  const account = accountWith(prod, "other-*");
  const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
  const partly = {
    ...account,
    ecr: (region?: string) =>
      region === "us-west-2" ? { send: () => Promise.reject(denied) } : account.ecr(region),
  } as unknown as AccountConnection;

  const found = await registryDrift(partly, environments());

  expect(found.at(-1)).toEqual({
    state: "unknown",
    text: "The registry in us-west-2 cannot be read: AccessDeniedException: no",
  });
  expect(found.filter(({ state }) => state === "problem").length).toBeGreaterThan(1);
});

test("a repository that is not scanned is a problem", async () => {
  const [first] = await registryDrift(accountWith(dev(), "other-*"), environments());

  expect(first).toMatchObject({ state: "problem", advice: "npm run diff -- dev --layer registry" });
});
