import { type Command, InvalidArgumentError, Option } from "commander";
import { type Acknowledgement, flagAcknowledgement, labelAcknowledgements } from "./acknowledgement";
import { type FailOn, failOnChoices } from "./exit-code";

/** What the flags of a review say about the gates. */
export interface GateOptions {
  readonly acknowledge: readonly Acknowledgement[];
  readonly labels: readonly Acknowledgement[];
  readonly failOn: FailOn;
}

/** Add the flags of the gates to a command. */
export function addGateOptions(command: Command): Command {
  return command
    .option(
      "--acknowledge <gate:address=reason>",
      "accept a finding of a gate; can be repeated",
      (text, earlier: readonly Acknowledgement[]) => [...earlier, checked(() => flagAcknowledgement(text))],
      [],
    )
    .option(
      "--labels <names>",
      "labels of the pull request, separated by commas; acknowledge/<gate> accepts the findings of a gate",
      (text) => checked(() => labelAcknowledgements(text)),
      [],
    )
    .addOption(
      new Option("--fail-on <verdict>", "from which verdict on the exit code is not 0")
        .choices(failOnChoices)
        .default("risky"),
    );
}

/** A usage error instead of a stack trace. */
function checked<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
