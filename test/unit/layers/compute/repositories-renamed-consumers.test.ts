import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { type StackJson, synth } from "../../../support/synth";

/** The same environment after the repository `app` got the short name `core`, and everything that names it too. */
function renamed(environment: EnvironmentInput): EnvironmentInput {
  const text = JSON.stringify(environment)
    .replaceAll('"repository":"app"', '"repository":"core"')
    .replaceAll('"repositories":["app"]', '"repositories":["core"]');
  const { ecr = {}, ...rest } = JSON.parse(text) as EnvironmentInput;
  const { app, ...others } = ecr.repositories ?? {};
  const core = { ...app, renamedFrom: "app", name: "acme-full-app" };
  return { ...rest, ecr: { ...ecr, repositories: { core, ...others } } };
}

const before = synth(only(everyConsumer));
const after = synth(only(renamed(everyConsumer)));

/** A stack with every address where its moved blocks take it. */
function moved(json: StackJson, moves: readonly { from: string; to: string }[]): unknown {
  const target = new Map(moves.map(({ from, to }) => [from, to]));
  const text = moves.reduce(
    (replaced, { from, to }) =>
      replaced.replaceAll(`\${${from}.`, `\${${to}.`).replaceAll(`"${from}"`, `"${to}"`),
    JSON.stringify(json),
  );
  const { resource = {}, ...rest } = JSON.parse(text);
  const resources = Object.entries(resource as Record<string, object>).map(([type, ofType]) => [
    type,
    Object.fromEntries(
      Object.entries(ofType).map(([name, one]) => [
        (target.get(`${type}.${name}`) ?? `${type}.${name}`).slice(type.length + 1),
        one,
      ]),
    ),
  ]);
  return { ...rest, resource: Object.fromEntries(resources) };
}

/** What is keyed by short names, or only documents the stack: outputs, `moved` itself, and comments. */
const withoutNames = (json: unknown): unknown => {
  const { output: _, moved: __, "//": ___, ...rest } = json as Record<string, unknown>;
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === "//" ? undefined : value)));
};

test.each(Object.keys(before))("a new short name changes nothing that AWS has, in %s", (stack) => {
  const [old, current] = [before[stack] ?? {}, after[stack] ?? {}];

  expect(withoutNames(current)).toEqual(withoutNames(moved(old, current["moved"] ?? [])));
});
