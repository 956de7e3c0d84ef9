import type { Environment } from "../../../environments/plan/environment";
import { providerVersionIn } from "../../../environments/plan/provider-version";
import { warningsOf } from "../../../environments/warnings/warnings";
import { listedProject } from "../../environment-files/listed-project";
import { type FoundState, note, ok } from "./finding";

/** What synth warns of in the environment's file, e.g. lifecycle rules that match nothing. */
export function fileWarnings({ file }: Environment): FoundState[] {
  const { environments, context } = listedProject();
  const own = warningsOf(environments, providerVersionIn(context)).filter((warning) =>
    warning.startsWith(file),
  );
  return own.length === 0 ? [ok(`Synth warns of nothing in ${file}.`)] : own.map((warning) => note(warning));
}
