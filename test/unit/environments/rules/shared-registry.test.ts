import fc from "fast-check";
import { expect, test } from "vitest";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { hostileTexts } from "../../../support/hostile-texts";
import { runs } from "../../../support/property-runs";

const valid = {
  format: 1,
  project: "shop",
  environment: "live",
  accountId: minimal.accountId,
  region: minimal.region,
  repositories: { "shop-live-app": {} },
  unmanagedRepositories: {},
  pullThroughCaches: {},
  replicationSources: {},
  allowReplicaCreation: false,
  cacheReaders: {},
  accountSettings: {},
};

const included = (...registryRequests: unknown[]) =>
  problemsIn(only({ ...minimal, ecr: { registryRequests: registryRequests as object[] } })).map((line) =>
    line.replace("environments/test.ts: ecr.registryRequests", ""),
  );

test("fails with everything that is wrong with included requests, each at its place", () => {
  const wrong = {
    ...valid,
    format: 2,
    accountId: "999988887777",
    repositories: { "other-app": {}, "shop-live-web": { scanFrequency: "CONTINOUS_SCAN", scanOnPush: "no" } },
    unmanagedRepositories: { "Third/Party": {} },
    pullThroughCaches: { "shop-live-a/b": { pullRoleArns: ["arn:aws:iam::111122223333:role/pull"] } },
    replicationSources: { "999988887777": { namePatterns: ["shop-*", "shop-*", "$" + "{a}"] }, me: {} },
    cacheReaders: { "999988887777": { namePatterns: ["team/*", "team*"] } },
    accountSettings: { blobMounting: "ON" },
    extra: 1,
  };

  expect(included(wrong)).toMatchInlineSnapshot(`
    [
      "[0].format: found 2; this project reads format 1; write the file again with the same version of this project",
      "[0].repositories["shop-live-web"].scanOnPush: found "no"; this must be a boolean; use true or false without quotes",
      "[0].repositories["shop-live-web"].scanFrequency: found "CONTINOUS_SCAN"; this must be one of SCAN_ON_PUSH, CONTINUOUS_SCAN, MANUAL; did you mean "CONTINUOUS_SCAN"?",
      "[0].replicationSources["999988887777"].namePatterns[2]: found "\${a}"; this must be the name of a repository, or the start of one and *; write the file again",
      "[0].replicationSources["999988887777"].namePatterns[1]: found "shop-*"; this is listed twice; remove it here",
      "[0].replicationSources.me.namePatterns: found nothing; this must be a list; use [ … ]",
      "[0].cacheReaders["999988887777"].namePatterns[1]: found "team*"; this must be *, or the prefix of repositories with /*; write the file again",
      "[0].accountSettings.blobMounting: found "ON"; this must be one of ENABLED, DISABLED; choose one",
      "[0].extra: found 1; this option does not exist; choose from format, project, environment, accountId, region, nameStart, repositories, unmanagedRepositories, pullThroughCaches, replicationSources, allowReplicaCreation, cacheReaders, accountSettings",
      "[0].accountId: found "999988887777"; these requests are for another registry than this environment's (111122223333); include them in an environment of that account and Region",
      "[0].unmanagedRepositories["Third/Party"]: found "Third/Party"; no ECR repository can have the name "Third/Party"; use the full name without the registry, for example "team/tool"",
      "[0].pullThroughCaches["shop-live-a/b"]: found "shop-live-a/b"; this must be a prefix of that environment's caches, after "shop-live-"; write the file again with npm run registry -- export",
      "[0].pullThroughCaches["shop-live-a/b"].pullRoleArns[0]: found "arn:aws:iam::111122223333:role/pull"; only roles of the account 999988887777 can use a cache; write the file again with npm run registry -- export",
      "[0].replicationSources["999988887777"]: found "999988887777"; this must be the ID of another account; write the file again with npm run registry -- export",
      "[0].replicationSources.me: found "me"; this must be the ID of another account; write the file again with npm run registry -- export",
      "[0].cacheReaders["999988887777"]: found "999988887777"; this must be the ID of another account; write the file again with npm run registry -- export",
    ]
  `);
});

test("fails when what is included is no object", () => {
  expect(included("shop.json", [], null)).toMatchInlineSnapshot(`
    [
      "[0]: found "shop.json"; this must be an object; import the file that npm run registry -- export writes",
      "[1]: found []; this must be an object; import the file that npm run registry -- export writes",
      "[2]: found null; this must be an object; import the file that npm run registry -- export writes",
    ]
  `);
});

test("fails when a project that does not own the registry includes requests", () => {
  expect(
    problemsIn(only({ ...minimal, ecr: { registryOwner: "other-project", registryRequests: [valid] } })),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.registryRequests: found "1 of other projects"; only the owner of a registry includes requests; remove them, or set registryOwner: "this-project"",
    ]
  `);
});

test("no hostile text is accepted anywhere in included requests", () => {
  const places: ((text: string) => object)[] = [
    (text) => ({ project: text }),
    (text) => ({ environment: text }),
    (text) => ({ accountId: text }),
    (text) => ({ region: text }),
    (text) => ({ repositories: { [`shop-live-${text}`]: {} } }),
    (text) => ({ repositories: { "shop-live-app": { scanFrequency: text } } }),
    (text) => ({ unmanagedRepositories: { [text]: {} } }),
    (text) => ({ pullThroughCaches: { [`shop-live-${text}`]: { pullRoleArns: [] } } }),
    (text) => ({ pullThroughCaches: { "shop-live-a": { pullRoleArns: [text] } } }),
    (text) => ({ replicationSources: { [text]: { namePatterns: [] } } }),
    (text) => ({ replicationSources: { "999988887777": { namePatterns: [text] } } }),
  ];
  // ECR accepts such names.
  const hostile = hostileTexts.filter((text) => !/^[a-z0-9-]+$/.test(text));
  const accepted = places.flatMap((place, index) =>
    hostile
      .filter((text) => included({ ...valid, ...place(text) }).length === 0)
      .map((text) => `${index}: ${JSON.stringify(text)}`),
  );

  expect(accepted).toEqual([]);
});

test("any JSON is either refused with problems or accepted, and never an error of the program", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(valid)), (value, key) => {
      included({ ...valid, [key]: value });
      included(value);
    }),
    { numRuns: runs(300) },
  );
});
