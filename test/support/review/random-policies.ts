import fc from "fast-check";
import type { ModelCaller, ModelPolicy, ModelRequest, ModelStatement } from "./policy-model";

/** Account of the resources with the policies, and another one. */
export const own = "123456789012";
const other = "444455556666";

const some = (pool: readonly unknown[]) => fc.constantFrom(...pool);
const oneOrMore = (pool: readonly unknown[]) =>
  fc.oneof(some(pool), fc.array(some(pool), { minLength: 1, maxLength: 3 }));

const actions = ["*", "s:*", "s:Get", "s:get*", "S:G?t", "s:GetA", "s:Put", "s:P*", "t:Get", "s:?*", "s:*?"];
const resources = [
  ...["*", "a", "A", "a*", "a?", "a??", "ab", "a/*", "a/b", "?", "**", "*?", "?*", "a*b", "a😀", "$*", "$?*"],
  ...["a/${aws:username}", "a/${*}", "a/${?}", "a/?", "a/????", "a/${aws:username}/*", "${aws:username}"],
  ...["a/$*", "a/?????????????????", "${aws:username, 'bob'}", "a/${AWS:username}", "all but a", "a, b"],
];
const ids = {
  AWS: [
    ...["*", own, other, `arn:aws:iam::${own}:root`, `arn:aws:iam::${other}:root`, "lambda.amazonaws.com"],
    ...[`arn:aws:iam::${own}:role/r`, `arn:aws:iam::${other}:role/r`, `arn:aws:iam::${other}:role/s`],
    `arn:aws:sts::${other}:assumed-role/r/x`,
  ],
  Service: ["lambda.amazonaws.com", "ecs.amazonaws.com"],
  Federated: ["lambda.amazonaws.com", `arn:aws:iam::${own}:saml-provider/x`],
  CanonicalUser: ["79a5", "lambda.amazonaws.com"],
};
const principals = fc.oneof(
  fc.constant("*"),
  oneOrMore(ids.AWS).map((AWS) => ({ AWS })),
  oneOrMore(ids.Service).map((Service) => ({ Service })),
  oneOrMore(ids.Federated).map((Federated) => ({ Federated })),
  oneOrMore(ids.CanonicalUser).map((CanonicalUser) => ({ CanonicalUser })),
  fc.record({ AWS: oneOrMore(ids.AWS), Service: oneOrMore(ids.Service) }),
);

/** Values that a condition key can have in requests; `undefined` where a request lacks it. */
const contexts: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  "aws:username": ["bob", "b", "*", "/", "${aws:username}", undefined],
  "aws:sourceaccount": ["1", "2", "a", "A", "bob", undefined],
  "aws:sourcearn": ["arn:aws:s:r:1:x", "arn:aws:s:r:1:x:y", "arn:aws:s:r:2:x", undefined],
  "aws:sourceip": ["10.0.0.1", "10.1.0.1", "192.0.2.1", undefined],
  "aws:securetransport": ["true", "false", undefined],
  "k:number": ["1", "5", "10", undefined],
  "k:date": ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", undefined],
  "k:tags": [[], ["x"], ["x", "y"], ["z"], undefined],
};

const texts = [
  "1",
  "2",
  "a",
  "A",
  "?",
  "*",
  "b*",
  "${aws:username}",
  "${*}",
  "${aws:username, 'bob'}",
  "bob",
];
const named = (names: string, keys: string[], values: readonly unknown[]) =>
  names.split(" ").flatMap((name) => keys.map((key) => ({ name, key, values })));
const operators = [
  ...named(
    "StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase StringNotEqualsIgnoreCase",
    ["aws:SourceAccount", "AWS:sourceaccount", "aws:username"],
    texts,
  ),
  ...["ForAnyValue:", "ForAllValues:"].flatMap((set) =>
    named(`${set}StringEquals ${set}StringNotEquals ${set}StringLike`, ["k:Tags"], ["x", "y", "z", "*"]),
  ),
  ...named(
    "ArnEquals ArnLike ArnNotEquals ArnNotLike",
    ["aws:SourceArn"],
    [
      "arn:aws:s:r:1:x",
      "arn:aws:s:*:1:*",
      "arn:aws:s:r:?:x*",
      "arn:*:*:*:*:*",
      "arn:aws:s:r:1:${aws:username}",
    ],
  ),
  ...named("IpAddress NotIpAddress", ["aws:SourceIp"], ["10.0.0.0/8", "10.0.0.0/16", "192.0.2.1"]),
  ...named(
    "NumericEquals NumericNotEquals NumericLessThan NumericGreaterThanEquals",
    ["k:Number"],
    [1, "1", 5, "10"],
  ),
  ...named(
    "DateEquals DateNotEquals DateGreaterThan DateLessThanEquals",
    ["k:Date"],
    ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"],
  ),
  ...named("Bool", ["aws:SecureTransport"], ["true", "false", true, false]),
];
const test = fc.oneof(
  fc.tuple(some(operators), fc.boolean()).chain(([operator, ifExists]) => {
    const { name, key, values } = operator as (typeof operators)[number];
    return oneOrMore(values).map((wanted) => [ifExists ? `${name}IfExists` : name, key, wanted] as const);
  }),
  fc
    .tuple(some(["aws:username", "aws:SourceAccount", "k:Tags"]), some(["true", "false", true]))
    .map(([key, wanted]) => ["Null", key as string, wanted] as const),
);
const condition = fc.array(test, { maxLength: 2 }).map((tests) => {
  const found: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, wanted] of tests) found[operator] = { ...found[operator], [key]: wanted };
  return found;
});

/** A statement of an identity policy, or of the policy of a resource. */
const statementOf = (isIdentity: boolean): fc.Arbitrary<ModelStatement> =>
  fc
    .record({
      Effect: some(["Allow", "Allow", "Allow", "Deny"]),
      who: fc.tuple(principals, fc.nat(7)),
      what: fc.tuple(oneOrMore(actions), fc.nat(7)),
      on: fc.tuple(oneOrMore(resources), fc.nat(7)),
      Condition: fc.option(condition, { nil: undefined, freq: 1 }),
    })
    .map(
      ({
        Effect,
        who: [who, isNoPrincipal],
        what: [what, isNoAction],
        on: [on, isNoResource],
        Condition,
      }) => ({
        Effect,
        ...(!isIdentity && (isNoPrincipal === 0 && who !== "*" ? { NotPrincipal: who } : { Principal: who })),
        ...(isNoAction === 0 ? { NotAction: what } : { Action: what }),
        ...(isNoResource === 0
          ? { NotResource: on }
          : isNoResource === 1 && !isIdentity
            ? {}
            : { Resource: on }),
        ...(Condition && { Condition }),
      }),
    );

const version = some(["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", undefined]);

/** A policy before and after an edit, most of the statements of which are alike. */
export const editedPolicies = (isIdentity: boolean): fc.Arbitrary<readonly [ModelPolicy, ModelPolicy]> => {
  const statement = statementOf(isIdentity);
  return fc
    .record({
      statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
      edits: fc.array(fc.record({ kind: fc.nat(7), at: fc.nat(), with: statement }), { maxLength: 2 }),
      versions: fc.oneof(
        version.map((one) => [one, one]),
        fc.tuple(version, version),
      ),
    })
    .map(({ statements, edits, versions }) => {
      let edited = statements;
      for (const edit of edits) edited = editOf(edited, edit);
      const policy = (index: number, Statement: readonly ModelStatement[]): ModelPolicy => ({
        ...(versions[index] !== undefined && { Version: String(versions[index]) }),
        Statement,
      });
      return [policy(0, statements), policy(1, edited)] as const;
    });
};

/** Adds, removes or changes a statement: an element of it, or one entry of a list. */
function editOf(
  all: ModelStatement[],
  { kind, at, with: given }: { kind: number; at: number; with: ModelStatement },
): ModelStatement[] {
  if (kind === 0) return [...all, given];
  const index = at % Math.max(all.length, 1);
  if (kind === 1) return all.filter((_, position) => position !== index);
  return all.map((statement, position) => (position === index ? changed(statement, kind, given) : statement));
}

function changed(statement: ModelStatement, kind: number, given: ModelStatement): ModelStatement {
  const { Condition, ...unconditional } = statement;
  if (kind === 2) return unconditional;
  if (kind === 3)
    return { ...unconditional, ...(given["Condition"] !== undefined && { Condition: given["Condition"] }) };
  const groups = [
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
    ["Principal", "NotPrincipal"],
  ];
  const group = groups[kind % 3] ?? [];
  const kept = Object.entries(statement).filter(([element]) => !group.includes(element));
  const taken = Object.entries(given).filter(([element]) => group.includes(element));
  if (kind < 6) return Object.fromEntries([...kept, ...taken]);
  return Object.fromEntries(
    Object.entries(statement).map(([element, value]) => [
      element,
      group.includes(element) && typeof given[element] !== "object" && typeof value !== "object"
        ? [value, given[element] ?? value]
        : Array.isArray(value) && group.includes(element)
          ? value.slice(1 - (kind % 2))
          : value,
    ]),
  );
}

/** Pseudorandom numbers below a limit, the same for a seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const callers: readonly ModelCaller[] = [
  ...[own, other].flatMap((account) =>
    ["r", "s"].flatMap((role) =>
      [true, false].map((hasOwnPermission) => ({
        arns: [`arn:aws:iam::${account}:role/${role}`, `arn:aws:sts::${account}:assumed-role/${role}/x`],
        ...{ account, hasOwnPermission },
      })),
    ),
  ),
  ...(["Service", "Federated", "CanonicalUser"] as const).flatMap((type) =>
    ids[type].map((id) => ({ type, id })),
  ),
  "anonymous",
];

/** Requests that are made of what two policies say, with what they leave open filled in at random. */
export function requestsAbout(policies: readonly ModelPolicy[], seed: number, count: number): ModelRequest[] {
  const next = numbersFrom(seed);
  const pick = <T>(pool: readonly T[]): T => pool[next(pool.length)] as T;
  const statements = policies.flatMap(({ Statement }) => Statement);
  const filled = (pattern: string, fill: readonly string[]) =>
    pattern.replace(/\*|\?/g, (wildcard) => (wildcard === "?" ? pick(["b", "x", "*", "$"]) : pick(fill)));
  return Array.from({ length: count }, () => {
    const statement = statements.length === 0 ? {} : pick(statements);
    const context = Object.fromEntries(Object.entries(contexts).map(([key, values]) => [key, pick(values)]));
    for (const [key, value] of wantedBy(statement))
      if (next(4) > 0) context[key] = pick<string | readonly string[]>(value);
    const text = (element: string, pool: readonly unknown[]) =>
      String(pick(next(4) > 0 && statement[element] !== undefined ? [statement[element]].flat() : pool));
    const username = typeof context["aws:username"] === "string" ? context["aws:username"] : "bob";
    const resource = text("Resource", resources)
      .replace(/\$\{aws:username[^{}]*\}/gi, () => (next(4) > 0 ? username : "${aws:username}"))
      .replace(/\$\{([*?$])\}/g, (whole, character) => (next(2) > 0 ? String(character) : whole));
    return {
      ...{ caller: pick(callers), context },
      action: filled(text("Action", actions), ["", "A", "Get"]),
      resource: next(8) === 0 ? resource : filled(resource, ["", "b", "/b", "{x}"]),
    };
  });
}

/** Values that meet the positive tests of a statement, as far as texts can tell. */
function wantedBy({ Condition = {} }: ModelStatement): [string, (string | string[])[]][] {
  return Object.entries(Condition as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]): [string, (string | string[])[]][] => {
      if (!/(?:String|Arn|Numeric|Bool|Date)/.test(operator)) return [];
      const given = [values].flat().map((value) => String(value).replace(/\$\{.*\}|\*/g, "bob"));
      return [[key.toLowerCase(), /^For/.test(operator) ? given.map((one) => [one]) : given]];
    }),
  );
}
