import fc from "fast-check";
import { expect, test } from "vitest";
import { type Caller, isAllowed, type Policy } from "../../../../support/cross-account-evaluator";
import {
  actions,
  anyGrant,
  functions,
  type Grant,
  make,
  meaning,
  roles,
} from "../../../../support/ecr/grant-model";
import { own, RepositoryStack, region } from "../../../../support/ecr/repository-stack";
import { runs } from "../../../../support/property-runs";

const names = ["acme-api", "acme-web"];
const callers = [...roles.map((role) => role.caller), ...functions];
const login = "ecr:GetAuthorizationToken";

/** Grants on two repositories of one stack. */
const grants = fc.array(fc.record({ name: fc.constantFrom(...names), grant: anyGrant }), { maxLength: 8 });

/** Each run is a whole synthesis. */
const numRuns = runs(40);

type Grants = readonly { readonly name: string; readonly grant: Grant }[];

/** The policies that grants give, as text, by the repository's or the role's name. */
function policiesOf(made: Grants) {
  const stack = new RepositoryStack();
  const repositories = new Map(names.map((name) => [name, stack.repository(name)]));
  for (const { name, grant } of made) {
    const repository = repositories.get(name);
    if (repository) make(grant, repository);
  }
  const resources = stack.resourcesByType();
  const texts = (type: string, key: (argument: Record<string, string>) => string | undefined) =>
    Object.fromEntries(
      resources(type).map((argument) => [key(argument) ?? "", argument["policy"] ?? ""] as const),
    );
  return {
    ofRepositories: texts("aws_ecr_repository_policy", ({ repository = "" }) =>
      names.find((name) => repository.includes(name)),
    ),
    ofRoles: texts("aws_iam_role_policy", ({ role }) => role),
  };
}

const parsed = (text: string | undefined): { identity: Policy } | undefined =>
  text === undefined ? undefined : { identity: JSON.parse(text) };

const everything: Policy = {
  Statement: [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: "*" }],
};

/** Roles in other accounts have every permission there, so only the repository policy limits them. */
function identityOf(caller: Caller, ofRoles: Record<string, string>): { identity?: Policy } {
  if ("service" in caller) return {};
  if (caller.roleArn.split(":")[4] !== own) return { identity: everything };
  return parsed(ofRoles[caller.roleArn.split("/").at(-1) ?? ""]) ?? {};
}

test("exactly the granted callers may do exactly what they are granted, and roles of the account with a grant may log in", () => {
  fc.assert(
    fc.property(grants, (made) => {
      const { ofRepositories, ofRoles } = policiesOf(made);
      const cases = names.flatMap((name) => callers.map((caller) => ({ caller, name })));
      const allowed = cases.map(({ caller, name }) => {
        const policy = ofRepositories[name];
        const policies = {
          ...identityOf(caller, ofRoles),
          ...(policy !== undefined && { resource: JSON.parse(policy) as Policy }),
        };
        const resource = `arn:aws:ecr:${region}:${own}:repository/${name}`;
        const may = actions.filter((action) => isAllowed({ caller, action, resource, owner: own }, policies));
        return { caller, name, may };
      });
      const meant = cases.map(({ caller, name }) => {
        const granted = made.filter((one) => one.name === name);
        const may = new Set(granted.flatMap(({ grant }) => meaning(grant, caller)));
        return { caller, name, may: actions.filter((action) => may.has(action)) };
      });
      expect(allowed).toEqual(meant);

      const ownRoles = roles.filter(({ account }) => account === own);
      const granted = ownRoles.filter(({ account, name }) =>
        made.some(({ grant }) => "role" in grant && grant.account === account && grant.role === name),
      );
      const mayLogIn = ownRoles.filter(({ caller }) =>
        isAllowed({ caller, action: login, resource: "*", owner: own }, identityOf(caller, ofRoles)),
      );
      expect(mayLogIn).toEqual(granted);
    }),
    { numRuns },
  );
});

test("policies have valid Sids, one for each statement, and only those of roles contain the login, in its own statement", () => {
  fc.assert(
    fc.property(grants, (made) => {
      const { ofRepositories, ofRoles } = policiesOf(made);
      for (const text of Object.values(ofRepositories)) {
        expect(text).not.toMatch(/GetAuthorizationToken|"Resource"/i);
        expect(text.length).toBeLessThanOrEqual(10_240);
      }
      for (const text of Object.values(ofRoles))
        for (const { Action, Resource } of JSON.parse(text).Statement)
          if (Action.includes(login)) expect([Action, Resource]).toEqual([[login], "*"]);
          else expect(Resource).not.toContain("*");
      for (const text of [...Object.values(ofRepositories), ...Object.values(ofRoles)]) {
        const sids: string[] = JSON.parse(text).Statement.map(({ Sid }: { Sid: string }) => Sid);
        expect(sids).toEqual([...new Set(sids)].filter((sid) => /^[0-9A-Za-z]{1,100}$/.test(sid)));
      }
    }),
    { numRuns },
  );
});

test("neither the order of the grants nor repeating them changes a policy", () => {
  const shuffled = grants.chain((made) =>
    fc.tuple(fc.constant(made), fc.shuffledSubarray([...made, ...made], { minLength: made.length * 2 })),
  );
  fc.assert(
    fc.property(shuffled, ([made, again]) => {
      expect(policiesOf(again)).toEqual(policiesOf(made));
    }),
    { numRuns },
  );
});

test("the properties are tried on grants of every kind", () => {
  const seen = new Set(fc.sample(anyGrant, 200).map(({ method }) => method));

  expect([...seen].toSorted()).toEqual([
    "grantPull",
    "grantPullPush",
    "grantPullToAccount",
    "grantPullToLambda",
    "grantPullToOrganization",
    "grantPush",
  ]);
});
