import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { accessTo } from "../../../../environments/plan/access";
import { warningsOf } from "../../../../environments/warnings/warnings";
import type { ResourceStatement } from "../../../../modules/iam/policy-document";
import { annotatedSchema } from "../../../../scripts/docs/option-schema";
import { sectionsOf } from "../../../../scripts/docs/option-sections";
import { publishedPolicies } from "../../../support/ecr/published-policies";
import { problemsIn } from "../../../support/environments/load-message";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";

const statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::444455556666:root" },
  Action: ["ecr:BatchGetImage"],
};

const pasted = (...changes: object[]) => ({
  repositoryPolicy: {
    Version: "2012-10-17",
    Statement: changes.map((change) => ({ ...statement, ...change })),
  },
});

/** Problems of one repository, without what they all begin with. */
const problemsOf = (options: object, change: object = {}): string[] =>
  problemsIn(withRepository(options as RepositoryInput, change)).map((line) =>
    line.replace("environments/test.ts: ecr.repositories.app.", ""),
  );

const warnings = (options: object, change: object = {}): string[] =>
  warningsOf(loadEnvironments(withRepository(options as RepositoryInput, change))).map((line) =>
    line.replace("environments/test.ts: ecr.repositories.app.", ""),
  );

/** The statements of the repository policy that options give. */
function statementsOf(options: object): readonly ResourceStatement[] {
  const [environment] = loadEnvironments(withRepository(options as RepositoryInput));
  const repository = environment?.ecr.repositories["app"];
  if (environment === undefined || repository === undefined) throw new Error("the environment is not there");
  return accessTo(environment, "app", repository).grants.statements();
}

test.each(publishedPolicies)(
  "a published policy is accepted, as text and as object: $source",
  ({ policy }) => {
    const text = JSON.stringify(policy, null, 4);

    expect(problemsOf({ repositoryPolicy: text })).toEqual([]);
    expect(problemsOf({ repositoryPolicy: policy })).toEqual([]);
    expect(statementsOf({ repositoryPolicy: text })).toHaveLength(policy.Statement.length);
    expect(statementsOf({ repositoryPolicy: text })).toEqual(statementsOf({ repositoryPolicy: policy }));
  },
);

test("what published policies are warned of", () => {
  const found = publishedPolicies.flatMap(({ policy }) => warnings({ repositoryPolicy: policy }));

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Principal: This allows callers outside the account, whom it does not name one by one, to push images or to change the repository; allow the roles in question, for example with pushRoleArns. [foreign-push]",
      "repositoryPolicy.Statement[0].Principal: This allows callers outside the account, whom it does not name one by one, to push images or to change the repository; allow the roles in question, for example with pushRoleArns. [foreign-push]",
      "repositoryPolicy.Statement[0].Action[4]: Logging in concerns no repository, so a repository policy can neither allow nor deny it. Principals need this action on * in their own policies. [policy-without-effect]",
      "repositoryPolicy.Statement[0].Principal.Service: The service can act for other accounts too; add a condition on aws:SourceAccount or aws:SourceArn, if the service sends it. [service-without-source]",
      "repositoryPolicy.Statement[0].Principal.Service: The service can act for other accounts too; add a condition on aws:SourceAccount or aws:SourceArn, if the service sends it. [service-without-source]",
    ]
  `);
});

test("a policy is added to what the other options grant", () => {
  const sids = statementsOf({
    enableLambdaPull: true,
    repositoryPolicyStatements: [
      {
        sid: "Listed",
        actions: ["ecr:BatchGetImage"],
        principals: [{ type: "AWS", identifiers: ["444455556666"] }],
      },
    ],
    ...pasted({ Sid: "Pasted" }, { Sid: "LambdaECRImageCrossAccountRetrievalPolicy" }),
  }).map(({ Sid }) => Sid);

  expect(sids).toEqual([
    "LambdaECRImageRetrievalPolicy",
    "Listed",
    "Pasted",
    "LambdaECRImageCrossAccountRetrievalPolicy",
  ]);
});

test("equal statements are one", () => {
  expect(statementsOf(pasted({}, {}, { Action: "ecr:BatchGetImage" }))).toHaveLength(1);
});

/** Principals that AWS refuses, by their type. */
const wrongPrincipals: readonly [string, unknown][] = [
  ["AWS", "not-an-arn"],
  ["AWS", "bob"],
  ["AWS", "12345"],
  ["AWS", "aws:ecr"],
  ["AWS", "arn:aws-cn:iam::444455556666:root"],
  ["AWS", "arn:aws-us-gov:iam::444455556666:role/build"],
  ["AWS", "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_*"],
  ["AWS", "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef"],
  ["AWS", "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_*"],
  ["AWS", "arn:aws:iam::*:role/AdminRole"],
  ["AWS", "arn:aws:iam::444455556666:*"],
  ["AWS", "arn:aws:iam::444455556666:user/*"],
  ["AWS", "arn:aws:iam::444455556666:group/developers"],
  ["AWS", "arn:aws:iam::444455556666:role/"],
  ["AWS", "arn:aws:iam::4444:root"],
  ["AWS", "arn:aws:sts::444455556666:assumed-role/build/*"],
  ["AWS", "lambda.amazonaws.com"],
  ["Service", "codebuild"],
  ["Service", "not a host"],
  ["Service", "Lambda.amazonaws.com"],
  ["Service", "lambda.amazon.aws.com"],
  ["Service", "lambda.amazonaws.com.cn"],
  ["Service", "*"],
  ["Federated", "token.actions.githubusercontent.com"],
  ["Federated", "arn:aws-cn:iam::444455556666:saml-provider/company"],
  ["Federated", "*"],
  ["CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"],
  ["aws", "444455556666"],
  ["*", "*"],
];

test("fails when a principal is none that AWS accepts", () => {
  const found = wrongPrincipals.flatMap(([type, identifier]) =>
    problemsOf(pasted({ Principal: { [type]: identifier } })),
  );

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Principal.AWS: found "not-an-arn"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicy.Statement[0].Principal.AWS: found "bob"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicy.Statement[0].Principal.AWS: found "12345"; an account ID has 12 digits, including zeros at the start; use the whole ID",
      "repositoryPolicy.Statement[0].Principal.AWS: found "aws:ecr"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws-cn:iam::444455556666:root"; a policy applies only within its own partition; use a principal in the partition aws",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws-us-gov:iam::444455556666:role/build"; a policy applies only within its own partition; use a principal in the partition aws",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef"; IAM Identity Center creates its roles under the path /aws-reserved/sso.amazonaws.com/; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_0123456789abcdef*"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_*"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::*:role/AdminRole"; a principal cannot contain wildcards; use the account, arn:aws:iam::<account>:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::<account>:role/AdminRole"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/<name>*"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:user/*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:user/*"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:group/developers"; a group or an instance profile cannot be a principal; use the ARN of a role or a user",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::444455556666:role/"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:iam::4444:root"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicy.Statement[0].Principal.AWS: found "arn:aws:sts::444455556666:assumed-role/build/*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/build"",
      "repositoryPolicy.Statement[0].Principal.AWS: found "lambda.amazonaws.com"; this is a service, not an AWS account, role or user; use the type "Service"",
      "repositoryPolicy.Statement[0].Principal.Service: found "codebuild"; a service principal is a host name in lowercase letters that ends in .amazonaws.com; use "codebuild.amazonaws.com"",
      "repositoryPolicy.Statement[0].Principal.Service: found "not a host"; a service principal is a host name in lowercase letters that ends in .amazonaws.com; use a service such as "lambda.amazonaws.com"",
      "repositoryPolicy.Statement[0].Principal.Service: found "Lambda.amazonaws.com"; a service principal is a host name in lowercase letters that ends in .amazonaws.com; use "lambda.amazonaws.com"",
      "repositoryPolicy.Statement[0].Principal.Service: found "lambda.amazon.aws.com"; a service principal is a host name in lowercase letters that ends in .amazonaws.com; use "lambda.amazonaws.com"",
      "repositoryPolicy.Statement[0].Principal.Service: found "lambda.amazonaws.com.cn"; services have names in .cn only in the partition aws-cn; use "lambda.amazonaws.com"",
      "repositoryPolicy.Statement[0].Principal.Service: found "*"; IAM does not support wildcards for Service; list the services individually",
      "repositoryPolicy.Statement[0].Principal.Federated: found "token.actions.githubusercontent.com"; a federated principal is the ARN of an identity provider, or one of accounts.google.com, cognito-identity.amazonaws.com, graph.facebook.com, www.amazon.com; use an ARN such as arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      "repositoryPolicy.Statement[0].Principal.Federated: found "arn:aws-cn:iam::444455556666:saml-provider/company"; a policy applies only within its own partition; use a principal in the partition aws",
      "repositoryPolicy.Statement[0].Principal.Federated: found "*"; IAM does not support wildcards for Federated; list the identity providers individually",
      "repositoryPolicy.Statement[0].Principal.CanonicalUser: found "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"; a repository policy accepts principals of the types AWS, Service, Federated; choose one",
      "repositoryPolicy.Statement[0].Principal.aws: found "444455556666"; a repository policy accepts principals of the types AWS, Service, Federated; did you mean "AWS"?",
      "repositoryPolicy.Statement[0].Principal["*"]: found "*"; a principal for everyone has no type; use "Principal": "*"",
    ]
  `);
});

test("fails when a principal of a listed statement is none that AWS accepts, at its path", () => {
  const identifiers = ["444455556666", "bob", "arn:aws:iam::444455556666:role/*"];
  const found = problemsOf({
    repositoryPolicyStatements: [
      { actions: ["ecr:BatchGetImage"], principals: [{ type: "AWS", identifiers }] },
      { actions: ["ecr:BatchGetImage"], principals: [{ type: "*", identifiers: ["*", "444455556666"] }] },
    ],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicyStatements[0].principals[0].identifiers[1]: found "bob"; an AWS principal is an account ID, *, or the ARN of an account, a role, a user or a session; use a principal such as arn:aws:iam::123456789012:role/build",
      "repositoryPolicyStatements[0].principals[0].identifiers[2]: found "arn:aws:iam::444455556666:role/*"; a principal cannot contain wildcards; use the account, arn:aws:iam::444455556666:root, with the condition ArnLike on aws:PrincipalArn: "arn:aws:iam::444455556666:role/*"",
      "repositoryPolicyStatements[1].principals[0].identifiers[1]: found "444455556666"; type "*" means everyone, regardless of the identifiers; use type "AWS" or set identifiers: ["*"]",
    ]
  `);
});

test("fails when an action is none of ECR's", () => {
  const Action = [
    "ecr:BatchGetImagee",
    "ecr:putimag",
    "ecr-public:PutImage",
    "s3:GetObject",
    "BatchGetImage",
    "ecr:",
    "ecr:Batch Get Image",
    "e*:BatchGetImage",
    "",
    7,
  ];

  expect(problemsOf(pasted({ Action }))).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Action[8]: found ""; this must be a non-empty string; use a string in quotes",
      "repositoryPolicy.Statement[0].Action[9]: found 7; this must be a non-empty string; use a string in quotes",
      "repositoryPolicy.Statement[0].Action[0]: found "ecr:BatchGetImagee"; ECR has no such action; did you mean "ecr:BatchGetImage"?",
      "repositoryPolicy.Statement[0].Action[1]: found "ecr:putimag"; ECR has no such action; did you mean "ecr:PutImage"?",
      "repositoryPolicy.Statement[0].Action[2]: found "ecr-public:PutImage"; a repository policy contains actions of ECR, written ecr:<action>; did you mean "ecr:PutImage"?",
      "repositoryPolicy.Statement[0].Action[3]: found "s3:GetObject"; a repository policy contains actions of ECR, written ecr:<action>; use an action such as ecr:BatchGetImage",
      "repositoryPolicy.Statement[0].Action[4]: found "BatchGetImage"; a repository policy contains actions of ECR, written ecr:<action>; did you mean "ecr:BatchGetImage"?",
      "repositoryPolicy.Statement[0].Action[5]: found "ecr:"; a repository policy contains actions of ECR, written ecr:<action>; use an action such as ecr:BatchGetImage",
      "repositoryPolicy.Statement[0].Action[6]: found "ecr:Batch Get Image"; a repository policy contains actions of ECR, written ecr:<action>; did you mean "ecr:BatchGetImage"?",
      "repositoryPolicy.Statement[0].Action[7]: found "e*:BatchGetImage"; a repository policy contains actions of ECR, written ecr:<action>; did you mean "ecr:BatchGetImage"?",
    ]
  `);
});

test("fails when a condition is none", () => {
  const found = [
    { StringEqual: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringEqualz: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { constructor: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { "ForAll:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
    { NullIfExists: { "aws:PrincipalOrgID": "true" } },
    { StringEqualz: {} },
    { StringEquals: { PrincipalOrgID: "o-a1b2c3d4e5" } },
    { StringEquals: { "aws:PrincipalOrgIDD": "o-a1b2c3d4e5" } },
    { StringEquals: { "aws:PrincipalTags/team": "web" } },
    { StringEquals: { "aws:PrincipalTag": "web" } },
    { StringEquals: { "ecr:ResourceTag/": "web" } },
    { StringEquals: { constructor: "web" } },
    { StringEquals: { "aws:PrincipalOrgID": [] } },
    { StringEquals: { "aws:PrincipalOrgID": [null] } },
    { StringEquals: "o-a1b2c3d4e5" },
    { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:principalorgid": "o-bbbbbbbbbb" } },
    { StringLike: { "aws:PrincipalArn": "a" }, stringlike: { "aws:PrincipalArn": "b" } },
    { IpAddress: { "aws:SourceIp": "54.240.143.0/33" } },
    { IpAddress: { "aws:SourceIp": "anywhere" } },
    { NumericLessThan: { "aws:MultiFactorAuthAge": "an hour" } },
    { DateLessThan: { "aws:CurrentTime": "tomorrow" } },
    { Bool: { "aws:SecureTransport": "yes" } },
    { Bool: { "aws:SecureTransport": ["true", "false"] } },
    { Null: { "aws:PrincipalOrgID": "no" } },
    { StringLike: { "aws:PrincipalArn": "${TfToken[TOKEN.5]}" } },
    { StringLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:user/${aws:username" } },
    { ArnLike: { "aws:SourceArn": "lambda" } },
  ].flatMap((Condition) => problemsOf(pasted({ Condition })));

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Condition.StringEqual: found "StringEqual"; IAM has no such condition operator; did you mean "StringEquals"?",
      "repositoryPolicy.Statement[0].Condition.StringEqualz: found "StringEqualz"; IAM has no such condition operator; did you mean "StringEquals"?",
      "repositoryPolicy.Statement[0].Condition.constructor: found "constructor"; IAM has no such condition operator; use one such as StringEquals, StringLike, ArnLike or Bool",
      "repositoryPolicy.Statement[0].Condition["ForAll:StringLike"]: found "ForAll:StringLike"; IAM has no such condition operator; did you mean "ForAnyValue:StringLike"?",
      "repositoryPolicy.Statement[0].Condition.NullIfExists: found "NullIfExists"; Null already asks whether a key exists, and IAM refuses NullIfExists; use Null",
      "repositoryPolicy.Statement[0].Condition.StringEqualz: found {}; IAM has no such condition operator; did you mean "StringEquals"?",
      "repositoryPolicy.Statement[0].Condition.StringEquals.PrincipalOrgID: found "PrincipalOrgID"; a condition key has the form service:name; use a key such as aws:PrincipalOrgID",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:PrincipalOrgIDD"]: found "aws:PrincipalOrgIDD"; AWS has no such condition key; did you mean "aws:PrincipalOrgID"?",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:PrincipalTags/team"]: found "aws:PrincipalTags/team"; AWS has no such condition key; did you mean "aws:PrincipalTag/team"?",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:PrincipalTag"]: found "aws:PrincipalTag"; this key needs the key of a tag; use aws:PrincipalTag/<tag key>",
      "repositoryPolicy.Statement[0].Condition.StringEquals["ecr:ResourceTag/"]: found "ecr:ResourceTag/"; this key needs the key of a tag; use ecr:ResourceTag/<tag key>",
      "repositoryPolicy.Statement[0].Condition.StringEquals.constructor: found "constructor"; a condition key has the form service:name; use a key such as aws:PrincipalOrgID",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:PrincipalOrgID"]: found []; an empty list applies to nothing; add an entry",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:PrincipalOrgID"][0]: found null; this must be a non-empty string; use a string in quotes",
      "repositoryPolicy.Statement[0].Condition.StringEquals: found "o-a1b2c3d4e5"; this must be an object; use { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }",
      "repositoryPolicy.Statement[0].Condition.StringEquals["aws:principalorgid"]: found "aws:principalorgid"; an earlier condition has this test and variable; combine the values in one condition",
      "repositoryPolicy.Statement[0].Condition.stringlike["aws:PrincipalArn"]: found "aws:PrincipalArn"; an earlier condition has this test and variable; combine the values in one condition",
      "repositoryPolicy.Statement[0].Condition.IpAddress["aws:SourceIp"]: found "54.240.143.0/33"; this operator compares IP addresses; use an address or a range such as 203.0.113.0/24",
      "repositoryPolicy.Statement[0].Condition.IpAddress["aws:SourceIp"]: found "anywhere"; this operator compares IP addresses; use an address or a range such as 203.0.113.0/24",
      "repositoryPolicy.Statement[0].Condition.NumericLessThan["aws:MultiFactorAuthAge"]: found "an hour"; this operator compares numbers; use a number such as 3600",
      "repositoryPolicy.Statement[0].Condition.DateLessThan["aws:CurrentTime"]: found "tomorrow"; this operator compares dates; use one such as 2030-01-31T00:00:00Z",
      "repositoryPolicy.Statement[0].Condition.Bool["aws:SecureTransport"]: found "yes"; this operator compares truth values; use "true" or "false"",
      "repositoryPolicy.Statement[0].Condition.Bool["aws:SecureTransport"]: found ["true","false"]; this compares with both truth values, so every value matches; use one of them",
      "repositoryPolicy.Statement[0].Condition.Null["aws:PrincipalOrgID"]: found "no"; Null is "true" where the key must be absent and "false" where it must exist; use one of the two",
      "repositoryPolicy.Statement[0].Condition.StringLike["aws:PrincipalArn"]: found "\${TfToken[TOKEN.5]}"; IAM has no such policy variable; use one such as \${aws:username}, or \${$} for the character $",
      "repositoryPolicy.Statement[0].Condition.StringLike["aws:PrincipalArn"]: found "arn:aws:iam::444455556666:user/\${aws:username"; IAM has no such policy variable; use one such as \${aws:username}, or \${$} for the character $",
      "repositoryPolicy.Statement[0].Condition.ArnLike["aws:SourceArn"]: found "lambda"; this operator compares ARNs, each of their six parts by itself; use one such as arn:aws:iam::123456789012:role/build",
    ]
  `);
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "fails when %s is an operator or a key, so that no condition vanishes",
  (name) => {
    const listed = (test: string, variable: string) => ({
      repositoryPolicyStatements: [
        {
          actions: ["ecr:BatchGetImage"],
          principals: [{ type: "AWS", identifiers: ["*"] }],
          conditions: [{ test, variable, values: ["o-a1b2c3d4e5"] }],
        },
      ],
    });
    const text = (operator: string, key: string) => ({
      repositoryPolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*","Condition":{"${operator}":{"${key}":"o-a1b2c3d4e5"}}}]}`,
    });

    for (const options of [listed, text]) {
      expect(problemsOf(options(name, "aws:PrincipalOrgID"))).toHaveLength(1);
      expect(problemsOf(options("StringEquals", name))).toHaveLength(1);
    }
  },
);

test("fails when a statement is none of a repository policy", () => {
  const found = [
    { Effect: "allow" },
    { Effect: undefined },
    { Sid: 7 },
    { Sid: "line\nbreak" },
    { Sid: "${TfToken[TOKEN.5]}" },
    { Action: undefined },
    { Action: [] },
    { NotAction: "ecr:PutImage" },
    { Actions: "ecr:PutImage" },
    { Principal: undefined },
    { Principal: {} },
    { Principal: "arn:aws:iam::444455556666:root" },
    { Principal: { AWS: [] } },
    { NotPrincipal: { AWS: "444455556666" } },
    { Principal: undefined, NotPrincipal: { AWS: "444455556666" } },
    { Effect: "Deny", Principal: undefined, NotPrincipal: "*" },
    { Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-app" },
    { NotResource: "*" },
    { Conditions: {} },
    { Condition: [] },
  ].flatMap((change) => problemsOf(pasted(change)));

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Effect: found "allow"; this must be Allow or Deny; did you mean "Allow"?",
      "repositoryPolicy.Statement[0].Effect: found nothing; this must be Allow or Deny; choose one",
      "repositoryPolicy.Statement[0].Sid: found 7; a Sid is a string; put it in quotes or remove it",
      "repositoryPolicy.Statement[0].Sid: found "line\\nbreak"; a Sid cannot contain control characters or braces; use letters and digits",
      "repositoryPolicy.Statement[0].Sid: found "\${TfToken[TOKEN.5]}"; a Sid cannot contain control characters or braces; use letters and digits",
      "repositoryPolicy.Statement[0].Action: found nothing; a statement needs an action; add Action",
      "repositoryPolicy.Statement[0].Action: found []; an empty list applies to nothing; add an entry",
      "repositoryPolicy.Statement[0].NotAction: found "ecr:PutImage"; Action is also set, and IAM allows one of the two; remove one",
      "repositoryPolicy.Statement[0].Actions: found "ecr:PutImage"; a statement has no such element; did you mean "Action"?",
      "repositoryPolicy.Statement[0].Principal: found nothing; a statement needs a principal; add Principal",
      "repositoryPolicy.Statement[0].Principal: found {}; a statement needs a principal; add one",
      "repositoryPolicy.Statement[0].Principal: found "arn:aws:iam::444455556666:root"; this must be an object; use "*" or an object such as { "AWS": "arn:aws:iam::123456789012:root" }",
      "repositoryPolicy.Statement[0].Principal.AWS: found []; an empty list applies to nothing; add an entry",
      "repositoryPolicy.Statement[0].NotPrincipal: found {"AWS":"444455556666"}; Principal is also set, and IAM allows one of the two; remove one",
      "repositoryPolicy.Statement[0].NotPrincipal: found ["444455556666"]; AWS does not support NotPrincipal with Allow; name the principals that are allowed, or use Deny",
      "repositoryPolicy.Statement[0].NotPrincipal: found ["444455556666"]; AWS does not support NotPrincipal with Allow; name the principals that are allowed, or use Deny",
      "repositoryPolicy.Statement[0].NotPrincipal: found ["*"]; * excludes everyone, so the statement denies no one; name the principals that it does not deny",
      "repositoryPolicy.Statement[0].Resource: found "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-app"; a repository policy always applies to its repository; remove the element",
      "repositoryPolicy.Statement[0].NotResource: found "*"; a repository policy always applies to its repository; remove the element",
      "repositoryPolicy.Statement[0].Conditions: found {}; a statement has no such element; did you mean "Condition"?",
      "repositoryPolicy.Statement[0].Condition: found []; this must be an object; use { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }",
    ]
  `);
});

test("fails when a policy is none", () => {
  const found = [
    "",
    "{",
    "[]",
    "null",
    7,
    [],
    {},
    { Version: "2012-10-17", Statement: [] },
    { Version: "2012-10-17", Statement: ["Allow"] },
    { Version: "2025-01-01", Statement: statement },
    { version: "2012-10-17", Statement: statement },
    { Id: 7, Statement: statement },
    { policyText: JSON.stringify({ Statement: statement }) },
    { Statement: { ...statement, Condition: { StringLike: { "aws:username": "${aws:username}" } } } },
    '{"Statement":{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"ecr:*"}}',
    "[".repeat(20_000) + "]".repeat(20_000),
  ].flatMap((repositoryPolicy) => problemsOf({ repositoryPolicy }));

  // Node.js 22 and later say it besides the position.
  const withoutLine = found.map((problem) => problem.replace(" (line 1 column 2)", ""));
  expect(withoutLine).toMatchInlineSnapshot(`
    [
      "repositoryPolicy: found ""; this is not JSON (Unexpected end of JSON input); use {"Version":"2012-10-17","Statement":[…]}",
      "repositoryPolicy: found "{"; this is not JSON (Expected property name or '}' in JSON at position 1); use {"Version":"2012-10-17","Statement":[…]}",
      "repositoryPolicy: found []; this must be a policy; use { Version, Statement }",
      "repositoryPolicy: found null; this must be a policy; use { Version, Statement }",
      "repositoryPolicy: found 7; this must be a policy, as a JSON string or as an object; use { Version: "2012-10-17", Statement: [ … ] }",
      "repositoryPolicy: found []; this must be a policy; use { Version, Statement }",
      "repositoryPolicy.Statement: found nothing; a policy needs a statement; add one",
      "repositoryPolicy.Statement: found []; a policy needs a statement; add one",
      "repositoryPolicy.Statement[0]: found "Allow"; this must be an object; use { Effect, Principal, Action }",
      "repositoryPolicy.Version: found "2025-01-01"; this is the version of the policy language, not of the policy; use "2012-10-17"",
      "repositoryPolicy.version: found "2012-10-17"; a policy has no such element; did you mean "Version"?",
      "repositoryPolicy.Id: found 7; an Id is a string; put it in quotes or remove it",
      "repositoryPolicy.policyText: found "{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"AWS\\":\\"arn:aws:iam::444455556666:root\\"},\\"Action\\":[\\"ecr:Batch…; this is the AWS response that contains a policy; use only its policyText",
      "repositoryPolicy.Statement.Condition.StringLike["aws:username"]: found "\${aws:username}"; a policy variable has no effect in the version 2008-10-17; set Version: "2012-10-17"",
      "repositoryPolicy.Statement.Effect: found "Effect"; this key appears twice in one object, and only the last would count; remove one",
      "repositoryPolicy: found "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…; this is nested more than 100 levels deep; remove the nesting",
    ]
  `);
});

test("fails when a listed statement has neither or both of two opposites", () => {
  const found = problemsOf({
    repositoryPolicyStatements: [
      { sid: "Empty" },
      {
        actions: ["ecr:*"],
        notActions: ["ecr:PutImage"],
        principals: [{ type: "AWS", identifiers: ["444455556666"] }],
        notPrincipals: [{ type: "AWS", identifiers: ["444455556666"] }],
      },
    ],
  });

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicyStatements[0].actions: found nothing; a statement needs an action; add actions",
      "repositoryPolicyStatements[0].principals: found nothing; a statement needs a principal; add principals",
      "repositoryPolicyStatements[1].notActions: found ["ecr:PutImage"]; actions is also set, and IAM allows one of the two; remove one",
      "repositoryPolicyStatements[1].notPrincipals: found [{"type":"AWS","identifiers":["444455556666"]}]; principals is also set, and IAM allows one of the two; remove one",
    ]
  `);
});

test.each([
  ["actions[0]", { actions: [""] }],
  ["actions[0]", { actions: [" "] }],
  ["notActions[0]", { effect: "Deny", actions: undefined, notActions: [""] }],
  ["principals[0].identifiers[0]", { principals: [{ type: "AWS", identifiers: [""] }] }],
  ["conditions[0].test", { conditions: [{ test: "", variable: "aws:PrincipalOrgID", values: ["x"] }] }],
  ["conditions[0].variable", { conditions: [{ test: "StringEquals", variable: " ", values: ["x"] }] }],
  ["conditions[0].values", { conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: "" }] }],
  ["actions", { actions: "" }],
])("fails once when %s is blank", (at, change) => {
  const listed = {
    actions: ["ecr:BatchGetImage"],
    principals: [{ type: "*", identifiers: ["*"] }],
    ...change,
  };
  const found = problemsOf({ repositoryPolicyStatements: [listed] } as never, { tier: "production" });

  expect(found.filter((line) => line.startsWith(`repositoryPolicyStatements[0].${at}: `))).toHaveLength(1);
});

test("a condition value may be empty, as in a pasted policy", () => {
  const conditions = [{ test: "StringNotEquals", variable: "aws:PrincipalTag/team", values: [""] }];
  const principals = [{ type: "AWS" as const, identifiers: ["444455556666"] }];
  const listed = { actions: ["ecr:BatchGetImage"], principals, conditions };

  expect(warnings({ repositoryPolicyStatements: [listed] })).toEqual([]);
});

test("operators are written as AWS writes them", () => {
  const [written] = statementsOf(
    pasted({
      Condition: { "foranyvalue:stringlikeifexists": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
    }),
  );

  expect(written?.Condition).toEqual({
    "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/*"] },
  });
});

const everyone = { Principal: "*", Action: "ecr:BatchGetImage" };

/** Conditions that do not narrow down who calls. */
const open: readonly object[] = [
  {},
  { Bool: { "aws:SecureTransport": "true" } },
  { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringLike: { "aws:PrincipalOrgID": "o-*" } },
  { StringLike: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "*"] } },
  { StringLike: { "aws:PrincipalAccount": "*" } },
  { StringLike: { "aws:PrincipalAccount": "44445555*" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/build" } },
  { StringLike: { "aws:PrincipalArn": "*" } },
  { StringEquals: { "aws:PrincipalTag/team": "web" } },
  { StringEquals: { "aws:PrincipalOrgID": "${aws:PrincipalOrgID}" } },
  { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } },
  { Null: { "aws:PrincipalOrgID": "false" } },
  { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
  { IpAddress: { "aws:SourceIp": "::/0" } },
  { StringLike: { "aws:SourceVpce": "vpce-*" } },
  { StringEquals: { "ecr:ResourceTag/public": "true" } },
];

test.each(open)("fails in production when everyone is allowed, and warns elsewhere: %j", (Condition) => {
  const text =
    'this allows every AWS account, because no condition narrows down who calls, which production does not allow; name the principals, or add a condition such as StringEquals on aws:PrincipalOrgID, or state the reason in productionExceptions with rule: "no-public-access"';
  const production = { tier: "production" } as const;

  const [found] = problemsOf(pasted({ ...everyone, Condition }), production).filter((line) =>
    line.includes("no-public-access"),
  );

  expect(found).toBe(`repositoryPolicy.Statement[0].Principal: found ["*"]; ${text}`);
  expect(warnings(pasted({ ...everyone, Condition })).join()).toContain("[public-access]");
});

test.each([
  { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } },
  {
    "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" },
    Null: { "aws:PrincipalOrgPaths": "false" },
  },
  { StringEquals: { "aws:principalaccount": ["444455556666", "777788889999"] } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/ci/*" } },
  { StringLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:*" } },
  { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
  { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
  { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceVpc": "vpc-0123456789abcdef0" } },
])("everyone may be allowed under a condition that narrows down who calls: %j", (Condition) => {
  expect(warnings(pasted({ ...everyone, Condition }))).toEqual([]);
});

test.each([
  { principals: [{ type: "*", identifiers: ["*"] }], actions: ["ecr:*"] },
  { principals: [{ type: "AWS", identifiers: ["*"] }], actions: ["ecr:BatchGetImage"] },
  {
    principals: [
      { type: "Service", identifiers: ["lambda.amazonaws.com"] },
      { type: "AWS", identifiers: ["444455556666", "*"] },
    ],
    notActions: ["ecr:PutImage"],
  },
])("fails in production when a listed statement allows everyone: %j", (listed) => {
  const found = problemsOf({ repositoryPolicyStatements: [listed] }, { tier: "production" });

  expect(found.filter((line) => line.includes("no-public-access"))).toHaveLength(1);
});

test.each([
  ["accounts.google.com", "accounts.google.com:aud"],
  ["cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com:aud"],
  ["graph.facebook.com", "graph.facebook.com:app_id"],
  ["www.amazon.com", "www.amazon.com:app_id"],
])(
  "fails in production when everyone at %s is allowed, and warns elsewhere, unless %s is fixed",
  (host, key) => {
    const Principal = { Federated: host };
    const fixed = { Principal, Condition: { StringEquals: { [key]: "1234" } } };
    const [found] = problemsOf(pasted({ Principal }), { tier: "production" }).filter((line) =>
      line.includes("no-public-access"),
    );

    expect(found).toBe(
      `repositoryPolicy.Statement[0].Principal: found ["${host}"]; this allows everyone who signs in at ${host}, because no condition narrows down who calls, which production does not allow; name roles instead, or add a condition such as StringEquals on ${key}, or state the reason in productionExceptions with rule: "no-public-access"`,
    );
    expect(warnings(pasted({ Principal })).join()).toContain("[public-access]");
    expect(warnings(pasted(fixed))).toEqual([]);
    expect(warnings(pasted({ ...fixed, Action: "ecr:PutImage" })).join()).toContain("[foreign-push]");
  },
);

test("fails with one problem when the condition for everyone is misspelled", () => {
  const Condition = { StringEqualz: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
  const found = problemsOf(pasted({ ...everyone, Condition }), { tier: "production" });

  expect(found.filter((line) => line.includes("Statement"))).toEqual([
    'repositoryPolicy.Statement[0].Condition.StringEqualz: found "StringEqualz"; IAM has no such condition operator; did you mean "StringEquals"?',
  ]);
});

test("everyone may be denied", () => {
  expect(warnings(pasted({ ...everyone, Effect: "Deny" }))).toEqual([]);
});

const push = { Action: "ecr:PutImage" };

test.each<object>([
  { ...push, Principal: { AWS: "444455556666" } },
  { ...push, Principal: { AWS: "arn:aws:iam::444455556666:root" } },
  { ...push, Principal: { AWS: ["111122223333", "444455556666"] } },
  { Action: ["ecr:Batch*"], Principal: { AWS: "444455556666" } },
  { Action: "*", Principal: { AWS: "444455556666" } },
  { Action: "ecr:SetRepositoryPolicy", Principal: { AWS: "444455556666" } },
  { Action: undefined, NotAction: "ecr:PutImage", Principal: { AWS: "444455556666" } },
  { ...push, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
  {
    ...push,
    Principal: { AWS: "444455556666" },
    Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:*" } },
  },
])(
  "fails in production when callers outside may push without being named, and warns elsewhere: %j",
  (change) => {
    const found = problemsOf(pasted(change), { tier: "production" });

    expect(found.filter((line) => line.includes('rule: "no-foreign-push"'))).toHaveLength(1);
    expect(warnings(pasted(change)).join("\n")).toContain("[foreign-push]");
  },
);

test.each<object>([
  { ...push, Principal: { AWS: "111122223333" } },
  { ...push, Principal: { AWS: "arn:aws:iam::111122223333:root" } },
  { ...push, Principal: { AWS: "arn:aws:iam::444455556666:role/build" } },
  {
    ...push,
    Principal: { AWS: "444455556666" },
    Condition: {
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*" },
    },
  },
  { ...push, Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } },
  {
    ...push,
    Principal: { Service: "codebuild.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
  },
  { Action: ["ecr:BatchGet*", "ecr:Describe*"], Principal: { AWS: "444455556666" } },
  { ...push, Effect: "Deny", Principal: "*" },
])("callers in the account and those that are named may push: %j", (change) => {
  expect(warnings(pasted(change))).toEqual([]);
});

test.each([
  [{ ...push, Principal: { Service: "codebuild.amazonaws.com" } }, true],
  [{ ...push, Principal: { Service: "lambda.amazonaws.com" } }, true],
  [{ Principal: { Service: "codebuild.amazonaws.com" } }, true],
  [{ Principal: { Service: "lambda.amazonaws.com" } }, false],
  [
    {
      Principal: { Service: "codebuild.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:codebuild:*:111122223333:project/*" } },
    },
    false,
  ],
])("a service that may act for other accounts is warned of, and no other: %j", (change, warned) => {
  expect(warnings(pasted(change)).map((line) => /\[([\w-]+)\]$/.exec(line)?.[1])).toEqual(
    warned ? ["service-without-source"] : [],
  );
});

test("a production rule can be set aside for a repository with a reason", () => {
  const productionExceptions = [
    "no-public-access",
    "no-foreign-push",
    "immutable-tags",
    "customer-managed-kms",
  ].map((rule) => ({
    rule: rule as "no-public-access",
    ...(rule !== "customer-managed-kms" && { repository: "app" }),
    reason: "Images for workshops, where accounts are not known.",
  }));
  const change = { tier: "production", productionExceptions } as const;

  expect(problemsOf(pasted({ Principal: "*", Action: "ecr:*" }), change)).toEqual([]);
});

test("what may be wrong or has no effect is warned of, once", () => {
  const found = warnings(
    pasted(
      {
        Sid: "pull-all",
        Action: [
          "ecr:NoSuchAction",
          "ecr:Foo*",
          "ecr:getauthorizationtoken",
          "ecr:PutRegistryPolicy",
          "ecr:Get*",
        ],
      },
      { Principal: { AWS: "AROAEXAMPLEEXAMPLE123", Service: "lamda.amazonaws.com" } },
      {
        Condition: {
          StringEquals: {
            "s3:prefix": "a",
            "aws:NewKey": "b",
            "aws:PrincipalArn": "arn:aws:iam::444455556666:role/*",
          },
        },
      },
    ),
  );

  expect(found).toMatchInlineSnapshot(`
    [
      "repositoryPolicy.Statement[0].Sid: AWS documents only letters and digits in a Sid. ECR may refuse this one. [policy-unverified]",
      "repositoryPolicy.Statement[0].Action[0]: This matches no known action of ECR. ECR refuses an action that does not exist. [policy-unverified]",
      "repositoryPolicy.Statement[0].Action[1]: This matches no known action of ECR. ECR refuses an action that does not exist. [policy-unverified]",
      "repositoryPolicy.Statement[0].Action[2]: Logging in concerns no repository, so a repository policy can neither allow nor deny it. Principals need this action on * in their own policies. [policy-without-effect]",
      "repositoryPolicy.Statement[0].Action[3]: This action is about the registry, not about a repository, so it has no effect in a repository policy. [policy-without-effect]",
      "repositoryPolicy.Statement[1].Principal.AWS: This is the ID of a user or a role, which IAM writes into a policy once the principal is deleted. ECR refuses a deleted principal. [policy-unverified]",
      "repositoryPolicy.Statement[1].Principal.Service: No known AWS service has this name; did you mean "lambda.amazonaws.com"? [policy-unverified]",
      "repositoryPolicy.Statement[1].Principal.Service: The service can act for other accounts too; add a condition on aws:SourceAccount or aws:SourceArn, if the service sends it. [service-without-source]",
      "repositoryPolicy.Statement[2].Condition.StringEquals["s3:prefix"]: Calls of ECR have no known condition key of this name. A condition on a key that a call does not have is not met, or always met with IfExists, ForAllValues or a negated operator. [policy-unverified]",
      "repositoryPolicy.Statement[2].Condition.StringEquals["aws:NewKey"]: Calls of ECR have no known condition key of this name. A condition on a key that a call does not have is not met, or always met with IfExists, ForAllValues or a negated operator. [policy-unverified]",
      "repositoryPolicy.Statement[2].Condition.StringEquals["aws:PrincipalArn"]: StringEquals compares wildcards as plain text, so this matches nothing that AWS sends; use StringLike. [policy-without-effect]",
    ]
  `);
});

test("no other option of the schema holds a policy or a statement", () => {
  const sections = sectionsOf(annotatedSchema());
  const options = sections.flatMap(({ forms }) => forms.flatMap((form) => form.options));
  const found = options
    .filter(({ name }) => /polic(?:y|ies)$|statements?$|^principals$|^conditions?$|^effect$/i.test(name))
    .map(({ path }) => path.replace("ecr.repositories.<name>.", ""));

  // The EKS access policy is one of AWS's own, by its name. Others need the rules of this file.
  expect(found).toEqual([
    "lifecyclePolicy",
    "repositoryPolicyStatements",
    "repositoryPolicy",
    "repositoryPolicyStatements[].effect",
    "repositoryPolicyStatements[].principals",
    "repositoryPolicyStatements[].conditions",
    "ecr.pullThroughCache.<name>.lifecyclePolicy",
    "ecr.creationTemplates.<name>.lifecyclePolicy",
    "eks.accessEntries.<name>.policy",
  ]);
});
