import { type GateName, gateNames, isDay } from "../../../environments/options/acknowledged-changes";
import type { Environment } from "../../../environments/plan/environment";
import { stacksOf } from "../../../environments/plan/stacks";

/** A change that somebody accepts by name. */
export interface Acknowledgement {
  readonly gate: GateName;
  /** Terraform address of the finding, or `stack`; `undefined` for every finding of the gate. */
  readonly address: string | undefined;
  /** Names of the stacks in which it counts; `undefined` if it names none. */
  readonly stacks: readonly string[] | undefined;
  readonly reason: string;
  /** Last day on which it counts, in UTC, as `YYYY-MM-DD`. @default - no end */
  readonly expires?: string;
  /** Where it comes from, e.g. `environments/prod.ts: acknowledgedChanges[0]`. */
  readonly source: string;
}

/** Source of those on the command line. */
export const flagSource = "--acknowledge";

/** Fewest characters of a reason, as in the environment files. */
const shortestReason = 10;

/**
 * The acknowledgement in a flag: `gate:address=reason` or `gate:stack/address=reason`.
 *
 * @throws Error when the text has another form; the message says what to write
 */
export function flagAcknowledgement(text: string): Acknowledgement {
  const [, name = "", place = "", reason = ""] = /^([^:]*):([^=]+)=(.*)$/s.exec(text) ?? [];
  const gate = gateNamed(name.trim());
  if (place === "")
    throw new Error(
      `"${text}" is no acknowledgement; write gate:address=reason, with a name and address from the review.`,
    );
  if (gate === undefined) throw new Error(`"${name}" is no gate; choose from ${gateNames.join(", ")}.`);
  if (reason.trim().length < shortestReason)
    throw new Error(
      `"${text}" needs a reason of at least ${shortestReason} characters; write a sentence after the =.`,
    );
  return { gate, ...placeOf(place.trim()), reason: reason.trim(), source: flagSource };
}

/** A stack's name has no dot, which the type and name of an address have between them. */
function placeOf(place: string): Pick<Acknowledgement, "address" | "stacks"> {
  const [, stack, address] = /^([a-z0-9-]+)\/(.+)$/.exec(place) ?? [];
  return stack === undefined ? { address: place, stacks: undefined } : { address, stacks: [stack] };
}

/** What the name of a label begins with. GitHub allows 50 characters, so it names a gate and no address. */
const labelPrefix = "acknowledge/";

/**
 * The acknowledgements in the labels of a pull request: `acknowledge/<gate>`, for every finding of the gate. Other labels
 * mean nothing here.
 *
 * @param labels separated by commas, as a workflow joins them
 * @throws Error when a label of this form names no gate
 */
export function labelAcknowledgements(labels: string): Acknowledgement[] {
  return labels
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label.startsWith(labelPrefix))
    .map((label) => {
      const name = label.slice(labelPrefix.length);
      const gate = gateNamed(name);
      if (gate === undefined)
        throw new Error(`The label "${label}" names no gate; choose from ${gateNames.join(", ")}.`);
      return {
        ...{ gate, address: undefined, stacks: undefined },
        ...{ reason: `the pull request has the label ${label}`, source: `label ${label}` },
      };
    });
}

/** What the files of environments acknowledge, each for the stacks of its own environment. */
export function environmentAcknowledgements(environments: readonly Environment[]): Acknowledgement[] {
  return environments.flatMap((environment) =>
    environment.acknowledgedChanges.map((change, index) => ({
      ...change,
      stacks: stacksOf(environment).map(({ stack }) => stack),
      source: `${environment.file}: acknowledgedChanges[${index}]`,
    })),
  );
}

const gateNamed = (name: string): GateName | undefined => gateNames.find((gate) => gate === name);

/** Whether an acknowledgement no longer counts. @param today in UTC, as `YYYY-MM-DD` @throws RangeError for another form */
export function isExpired({ expires }: Acknowledgement, today: string): boolean {
  if (!isDay(today)) throw new RangeError(`"${today}" is no day`);
  return expires !== undefined && expires < today;
}

/** Today in UTC, as `YYYY-MM-DD`. */
export const todayInUtc = (): string => new Date().toISOString().slice(0, 10);
