import { expect, test } from "vitest";
import { loadEnvironments, loadProject } from "../../environments/load";
import type { EnvironmentInput } from "../../environments/options/environment";
import { ConfigurationError, type Problem } from "../../environments/schema/problem";
import { everyOptionContext, everyOptionOnce } from "../support/environments/every-option";
import { only } from "../support/environments/minimal";
import { nameOf, type OptionPlace, optionPlaces, placeIn } from "../support/environments/option-places";
import {
  hostileNumbers,
  hostileTexts,
  joinedHostileTexts,
  unwritableTexts,
  wholeHostileTexts,
} from "../support/hostile-texts";
import { runs } from "../support/property-runs";
import { resolvedStacks } from "../support/synth";
import { readByTerraform } from "../support/terraform-template";

type ValueAt = (place: OptionPlace) => unknown;

/** An environment with values at several places, and the path of each. */
interface Filled {
  readonly input: EnvironmentInput;
  readonly problems: readonly Problem[];
  readonly paths: ReadonlyMap<OptionPlace, readonly PropertyKey[]>;
}

/** An option that takes JSON: the JSON with a value in it, and the path of the value. */
interface JsonOption {
  with(value: unknown): string;
  readonly path: readonly PropertyKey[];
}

const jsonOptions: Readonly<Record<string, JsonOption>> = {
  lifecyclePolicy: {
    with(description) {
      const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 };
      const rule = { rulePriority: 1, description, selection, action: { type: "expire" } };
      return JSON.stringify({ rules: [rule] });
    },
    path: ["rules", 0, "description"],
  },
  repositoryPolicy: {
    with(team) {
      const Condition = { StringEquals: { "aws:PrincipalTag/team": team } };
      const statement = { Effect: "Deny", Principal: "*", Action: "ecr:BatchDeleteImage", Condition };
      return JSON.stringify({ Version: "2012-10-17", Statement: statement });
    },
    path: ["Statement", "Condition", "StringEquals", "aws:PrincipalTag/team"],
  },
};

const jsonOptionAt = ({ steps }: OptionPlace): JsonOption | undefined => jsonOptions[String(steps.at(-1))];

/** Put a value at each of the places that a file has. */
function fill(file: EnvironmentInput, places: readonly OptionPlace[], valueAt: ValueAt): Filled {
  const paths = new Map<OptionPlace, readonly PropertyKey[]>();
  let input: unknown = file;
  for (const place of places) {
    const json = jsonOptionAt(place);
    const placed = placeIn(input, place, json ? json.with(valueAt(place)) : valueAt(place));
    if (placed === undefined) continue;
    ({ input } = placed);
    paths.set(place, json ? [...placed.path, ...json.path] : placed.path);
  }
  return { input: input as EnvironmentInput, problems: problemsOf(input as EnvironmentInput), paths };
}

function problemsOf(input: EnvironmentInput): readonly Problem[] {
  try {
    loadEnvironments(only(input));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

/** The places for whose value there is no problem at exactly its path, or at the object or list that it stands in. */
function accepted({ problems, paths }: Filled): OptionPlace[] {
  const wrong = new Set(problems.map(({ path }) => JSON.stringify(path)));
  const refused = (path: readonly PropertyKey[]) => wrong.has(JSON.stringify(path));
  return [...paths]
    .filter(([, path]) => !refused(path) && !refused(path.slice(0, -1)))
    .map(([place]) => place);
}

/** The same for a value at every place. Names are tried apart: what is below a wrong name may not be looked at. */
function takersOf(valueAt: ValueAt, file: EnvironmentInput, places: readonly OptionPlace[]): OptionPlace[] {
  const isName = ({ type }: OptionPlace) => type === "key";
  return [places.filter(isName), places.filter((place) => !isName(place))].flatMap((some) =>
    accepted(fill(file, some, valueAt)),
  );
}

/** Harmless texts. A place that takes a text of the user's choice takes one of these. */
const markersAt = (place: OptionPlace): string[] => {
  const id = `${optionPlaces.indexOf(place)}x`;
  const role = `arn:aws:iam::222233334444:role/zqrole${id}`;
  return [`zqmark${id}`, `zq@mark${id}.example`, `/zqpath${id}`, role];
};

/** Places of one file that can have a text of their own together, each with its marker. */
interface Pack {
  readonly file: EnvironmentInput;
  readonly markers: Map<OptionPlace, string>;
}

/** A name comes before what is below it, as in the schema. */
const inOrder = (markers: ReadonlyMap<OptionPlace, string>) =>
  optionPlaces.filter((place) => markers.has(place));

/** Add markers to a pack as far as the rules allow it. @returns the others */
function addTo(pack: Pack, added: readonly (readonly [OptionPlace, string])[]): typeof added {
  if (added.length === 0) return [];
  const markers = new Map([...pack.markers, ...added]);
  const filled = fill(pack.file, inOrder(markers), (one) => markers.get(one));
  if (filled.problems.length === 0 && added.every(([place]) => filled.paths.has(place))) {
    for (const [place, marker] of added) pack.markers.set(place, marker);
    return [];
  }
  if (added.length === 1) return added;
  // Few places exclude each other, and the problems name most of them: all others are added at once.
  const acceptedPlaces = new Set(accepted(filled));
  const compatible = added.filter(([place]) => acceptedPlaces.has(place));
  const others = added.filter(([place]) => !acceptedPlaces.has(place));
  if (compatible.length > 0 && others.length > 0) return [...addTo(pack, compatible), ...addTo(pack, others)];
  const half = Math.ceil(added.length / 2);
  return [...addTo(pack, added.slice(0, half)), ...addTo(pack, added.slice(half))];
}

/** The places that take a text of the user's choice, in as few packs as the rules between them allow. */
function packsOf(file: EnvironmentInput, places: readonly OptionPlace[]): Pack[] {
  const taken = new Map<OptionPlace, string>();
  for (const index of [0, 1, 2, 3]) {
    const markerAt = (place: OptionPlace) => markersAt(place)[index] ?? "";
    const open = places.filter((place) => !taken.has(place));
    for (const place of accepted(fill(file, open, markerAt))) taken.set(place, markerAt(place));
  }
  return packed(
    file,
    inOrder(taken).map((place) => [place, taken.get(place) ?? ""]),
  );
}

/** Packs of these places, without those that fit in none. */
function packed(file: EnvironmentInput, places: Parameters<typeof addTo>[1]): Pack[] {
  const pack: Pack = { file, markers: new Map() };
  const others = addTo(pack, places);
  return pack.markers.size === 0 ? [] : [pack, ...packed(file, others)];
}

/** A variable and a secret of one name exclude each other, so the variables of secrets are apart. */
const isSecretVariable = (place: OptionPlace) => /\.\*\.secrets\.\* \(name\)$/.test(nameOf(place));
const texts = optionPlaces.filter(({ type }) => type !== "choice");

const packs: Pack[] = [];
const isOpen = (place: OptionPlace) => packs.some(({ markers }) => markers.has(place));
for (const file of everyOptionOnce)
  for (const together of [texts.filter((one) => !isSecretVariable(one)), texts.filter(isSecretVariable)])
    packs.push(
      ...packsOf(
        file,
        together.filter((place) => !isOpen(place)),
      ),
    );

/** The places that take no text of the user's choice, each in the first file that has it. */
const closed = everyOptionOnce.map((file, index) => ({
  file,
  places: texts.filter(
    (place) =>
      !isOpen(place) && everyOptionOnce.findIndex((one) => placeIn(one, place, "") !== undefined) === index,
  ),
}));

/** What AWS gets of every stack: see `readByTerraform`. */
const stacksOf = (input: EnvironmentInput): unknown =>
  Object.values(resolvedStacks(loadProject(only(input), everyOptionContext))).map(readByTerraform);

/** A value with its texts changed, and without the order of lists, some of which are sorted by texts. */
function inAnyOrder(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  const sorted = (items: readonly unknown[]) =>
    items
      .map((item) => ({ item, text: JSON.stringify(item) }))
      .toSorted((one, other) => (one.text < other.text ? -1 : 1))
      .map(({ item }) => item);
  if (Array.isArray(value)) return sorted(value.map((item: unknown) => inAnyOrder(item, change)));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [change(key), inAnyOrder(inner, change)]),
  );
}

/** The stacks of each pack with its markers. */
const harmlessStacks = packs.map(({ file, markers }) =>
  stacksOf(fill(file, inOrder(markers), (place) => markers.get(place)).input),
);

/** Changes each marker inside a text to another text. */
function markersReplaced(by: ReadonlyMap<string, string>): (text: string) => string {
  const markers = new RegExp([...by.keys()].map((marker) => marker.replace(/[^\w]/g, "\\$&")).join("|"), "g");
  return (text) => text.replace(markers, (marker) => by.get(marker) ?? marker);
}

/** Whether a place is the name of something with options, now or before, which becomes part of an address. */
const isAddress = ({ type, steps }: OptionPlace) =>
  steps.at(-1) === "renamedFrom" ||
  (type === "key" &&
    optionPlaces.some(
      (other) => other.steps.length > steps.length && steps.every((step, at) => step === other.steps[at]),
    ));

test("the files of this test are valid, and have every place of the schema", () => {
  const missing = texts.filter((place) =>
    everyOptionOnce.every((file) => placeIn(file, place, "") === undefined),
  );

  expect(everyOptionOnce.flatMap(problemsOf)).toEqual([]);
  expect(missing.map(nameOf)).toEqual([]);
});

/** Cached results are of the same day. */
const daysSince1970 = Math.floor(Date.now() / 86_400_000);

/**
 * Rounds in which each place has another one of these values, and others on another day. In as many rounds as there are
 * values, each place has each of them.
 */
const rounds = <T>(values: readonly T[]) =>
  Array.from({ length: runs(values.length) }, (_, index) => {
    const round = (daysSince1970 + index) % values.length;
    const valueAt = (place: OptionPlace) => values[(optionPlaces.indexOf(place) + round) % values.length];
    return { round, valueAt };
  });

/** Places with what they have in a round. */
const withValues = (places: readonly OptionPlace[], valueAt: ValueAt): string[] =>
  places.map((place) => `${nameOf(place)}: ${JSON.stringify(valueAt(place))}`);

test.each(rounds(unwritableTexts))(
  "round $round: fails wherever a file has a text that cannot reach AWS",
  ({ valueAt }) => {
    const wrong = [
      ...packs.map(({ file, markers }) => ({ file, places: inOrder(markers) })),
      ...closed,
    ].flatMap(({ file, places }) => takersOf(valueAt, file, places));

    expect(withValues(wrong, valueAt)).toEqual([]);
  },
);

test.each(rounds(hostileNumbers))("round $round: fails wherever a file has a number", ({ valueAt }) => {
  // IAM takes numbers as values of a condition, and ECS -1 for a ulimit without a limit.
  const isTaken = (place: OptionPlace) =>
    nameOf(place).endsWith(".repositoryPolicy") ||
    (valueAt(place) === -1 && /\.ulimits\[\]\.(?:soft|hard)Limit$/.test(nameOf(place)));
  const places = texts.filter((place) => place.type !== "key" && !isTaken(place));
  const wrong = everyOptionOnce.flatMap((file) => accepted(fill(file, places, valueAt)));

  expect(wrong.map((place) => `${nameOf(place)}: ${valueAt(place)}`)).toEqual([]);
});

/** Characters that no program on the way takes for more than themselves. */
const plain = /^[A-Za-z0-9_-]+$/;

test.each(rounds(hostileTexts.filter((text) => !plain.test(text))))(
  "round $round: fails with a hostile text where an option has a syntax of its own",
  ({ valueAt }) => {
    // Rules across files are not checked while a file has problems, so what is left is tried alone.
    const wrong = closed.flatMap(({ file, places }) =>
      takersOf(valueAt, file, places).filter(
        (place) => accepted(fill(file, [place], () => valueAt(place))).length > 0,
      ),
    );

    expect(withValues(wrong, valueAt)).toEqual([]);
  },
);

test("free texts are accepted, whatever they look like", () => {
  const free = packs.flatMap(({ file, markers }) =>
    takersOf(() => "${TfToken[TOKEN.6]}", file, inOrder(markers)),
  );

  expect(free.map(nameOf)).toEqual(
    expect.arrayContaining([
      "security.secrets.*.description",
      "ecr.repositories.*.lifecycleRules[].description",
      "ecr.repositories.*.lifecyclePolicy",
      "ecs.services.*.environment.*",
      "ecs.services.*.healthCheckCommand[]",
      "lambda.functions.*.description",
      "lambda.functions.*.environment.*",
      "lambda.functions.*.command[]",
    ]),
  );
});

test.each(joinedHostileTexts.map((text) => [JSON.stringify(text), text]))(
  "the text %s is refused at its place, or reaches AWS as it is",
  (_, text) => expectAsWritten(() => text),
);

test.each(rounds(wholeHostileTexts))(
  "round $round: each text is refused at its place, or reaches AWS as it is",
  ({ valueAt }) => expectAsWritten((place) => valueAt(place) ?? ""),
);

/** Fill each pack with texts where they are accepted, and with its markers elsewhere, and compare with the markers alone. */
function expectAsWritten(textAt: (place: OptionPlace) => string): void {
  for (const [index, { file, markers }] of packs.entries()) {
    const taken = takersOf(
      textAt,
      file,
      inOrder(markers).filter((place) => !isAddress(place)),
    );
    if (taken.length === 0) continue;
    const hostile = fill(file, inOrder(markers), (place) =>
      taken.includes(place) ? textAt(place) : markers.get(place),
    );
    const texts = new Map(taken.map((place) => [markers.get(place) ?? "", textAt(place)]));

    expect(hostile.problems).toEqual([]);
    expect(inAnyOrder(stacksOf(hostile.input), (found) => found)).toEqual(
      inAnyOrder(harmlessStacks[index], markersReplaced(texts)),
    );
  }
}
