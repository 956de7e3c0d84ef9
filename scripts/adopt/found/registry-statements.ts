import { cacheActions } from "../../../modules/ecr/cache/cache-permission";
import type { Note } from "../note";
import type { FoundPolicy } from "./found-settings";
import { parsed, type Statement, statementsIn } from "./parsed-policy";

/** What is read of a statement. */
type PolicyStatement = Statement & {
  readonly [element in "Sid" | "Effect" | "Principal" | "Action" | "Resource" | "Condition"]?: unknown;
};

const listed = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");

const isOnly = (actions: readonly string[], allowed: readonly string[]): boolean =>
  actions.length > 0 && actions.every((action) => allowed.includes(action));

/**
 * The roles that a registry policy lets import images, by the prefix of the cache, if that is all that the policy says. The
 * project computes the whole policy, so one further statement would be lost; then none is taken, and each statement has a
 * note.
 *
 * @param prefixes of the caches that the file declares
 */
export function importersIn(
  policy: FoundPolicy | undefined,
  prefixes: ReadonlySet<string>,
  notes: Note[],
): ReadonlyMap<string, readonly string[]> {
  if (policy === undefined) return new Map();
  // What is no policy is noted as one statement.
  const statements = statementsIn(parsed(policy.text)) ?? [{}];
  const imports = statements.map((statement) => importOf(statement, prefixes));
  if (imports.every((one) => one !== undefined))
    return new Map(
      [...prefixes].map((prefix) => [
        prefix,
        imports.filter((one) => one.prefixes.includes(prefix)).flatMap(({ roles }) => roles),
      ]),
    );
  for (const [index, statement] of statements.entries())
    notes.push({
      ...{ kind: "loss", subject: `registry policy, statement ${String(statement["Sid"] ?? index + 1)}` },
      ...(policy.place !== undefined && { place: policy.place }),
      text: `${remedyOf(statement)}; until this project needs a registry policy, nothing changes about it, and then deploy stops before access is lost. To keep the whole policy as it is: ecr.registryOwner: "other-project"`,
    });
  return new Map();
}

/** A statement that does what `pullRoleArns` of caches does. */
function importOf(
  { Effect, Principal, Action, Resource, Condition }: PolicyStatement,
  prefixes: ReadonlySet<string>,
): { readonly prefixes: readonly string[]; readonly roles: readonly string[] } | undefined {
  const roles = listed((Principal as { AWS?: unknown } | undefined)?.AWS);
  const reached = listed(Resource).map(
    (arn) => /^arn:[a-z-]+:ecr:[^:]*:[^:]*:repository\/(.+)$/.exec(arn)?.[1],
  );
  const ofCaches = reached.map((name) => (name === "*" ? "ROOT" : name?.replace(/\/\*$/, "")));
  const fits =
    Effect === "Allow" &&
    Condition === undefined &&
    isOnly(listed(Action), cacheActions) &&
    roles.length > 0 &&
    roles.every((arn) => /:role\//.test(arn)) &&
    Object.keys(Principal as object).length === 1 &&
    ofCaches.length > 0 &&
    ofCaches.every((prefix) => prefix !== undefined && prefixes.has(prefix));
  return fits ? { prefixes: ofCaches as string[], roles } : undefined;
}

function remedyOf({ Action }: PolicyStatement): string {
  const actions = listed(Action);
  if (isOnly(actions, ["ecr:ReplicateImage", "ecr:CreateRepository"]))
    return "the environment here that replicates into this registry makes this statement; for other accounts, there is registryRequests";
  if (isOnly(actions, cacheActions))
    return "pullRoleArns of a cache in ecr.pullThroughCache makes this statement";
  return "no option corresponds to it";
}
