import type { FoundOther, FoundRegistry, FoundRepository } from "../found/found-registry";
import { InputReader } from "../hcl/input-reader";
import type { ModuleCall, UnknownCall } from "../hcl/read-modules";
import type { Note } from "../note";
import { moduleReaders } from "./module-readers";

/** Arguments of every call. */
const metaArguments = [
  "source",
  "version",
  "providers",
  "depends_on",
  "for_each",
  "count",
  "create",
  "enabled",
  "region",
];

/** The registry that calls of known modules describe. What they do not say, and other modules about ECR, are noted. */
export function moduleRegistry(
  { calls, unknown }: { readonly calls: readonly ModuleCall[]; readonly unknown: readonly UnknownCall[] },
  place: { readonly accountId: string | undefined; readonly region: string | undefined },
  notes: Note[],
): FoundRegistry {
  const repositories: FoundRepository[] = [];
  const others: FoundOther[] = unknown.map(({ address, ...rest }) => ({ subject: address, ...rest }));
  for (const { address, source, inputs } of calls) {
    const reader = moduleReaders.find((one) => one.source.test(source));
    if (reader === undefined) {
      if (/\becr\b/.test(source))
        others.push({
          subject: address,
          place: inputs.place,
          text: `its source ${source} is no module that is known here, so it is left out; adopt the state`,
        });
      continue;
    }
    const input = new InputReader(inputs, address, notes);
    for (const name of metaArguments) input.skip(name);
    if (["create", "enabled"].some((name) => input.boolean(name) === false)) continue;
    const region = input.text("region");
    if (region !== undefined && place.region !== undefined && region !== place.region) {
      others.push({
        ...{ subject: address, place: inputs.place },
        text: `it is in ${region}; adopt the files again into an environment of that Region`,
      });
      continue;
    }
    const providers = inputs.entries.get("providers");
    if (providers !== undefined)
      notes.push({
        ...{ kind: "choice", place: providers.place, subject: `${address}.providers` },
        text: `it counts as one of ${place.accountId ?? "this account"} in ${place.region ?? "this Region"}; if this provider configuration has another account or Region, take it out of the file, and adopt it into another environment`,
      });
    const { names, settings, further } = reader.read(input, place.accountId);
    input.noteRest(() => "no option corresponds to it, so it is left out");
    if (names.length === 0)
      others.push({
        subject: address,
        place: inputs.place,
        text: "its repositories have no names here, so nothing of it is adopted",
      });
    repositories.push(...names.map((name) => ({ ...settings, name, further, place: inputs.place })));
  }
  return { ...place, repositories, others };
}
