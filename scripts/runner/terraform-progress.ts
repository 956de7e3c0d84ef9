import { stripVTControlCharacters } from "node:util";

/** What Terraform says of a resource, after its address: that it begins, ends or reads something. */
const begins = /: (Creating|Modifying|Destroying|Importing)\.\.\.( \[.*)?$/;
const ends = /: (Creation|Modifications|Destruction|Import) complete( after .*| \[.*)?$/;
const reads = /^(.*): (Refreshing state\.\.\.|Reading\.\.\.)( \[.*)?$/;

/** The totals in which Terraform says what it is about to do. An import comes first, if there is one. */
const totals =
  /^Plan: (?:(\d+) to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy(?:, \d+ to forget)?\./;

/**
 * How far a run of Terraform is, read from what it prints for people.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11/internal/command/views/hook_ui.go
 */
export class TerraformProgress {
  private line = "";
  private readonly read = new Set<string>();
  private started = 0;
  private finished = 0;

  /** @param steps how many resources the plan changes, if that is known; one that is replaced counts twice */
  constructor(private steps?: number) {}

  /** Take the next part of the output, of any length. */
  add(text: string): void {
    const lines = (this.line + text).split("\n");
    this.line = lines.pop() ?? "";
    for (const line of lines) this.addLine(stripVTControlCharacters(line).trim());
  }

  /** E.g. `12 of 24, 3 in progress` or `15 read`; empty before there is something to say. */
  text(): string {
    const { steps, started, finished, read } = this;
    if (started === 0 && finished === 0) return read.size === 0 ? "" : `${read.size} read`;
    const running = started > finished ? `, ${started - finished} in progress` : "";
    return `${finished}${steps === undefined ? " done" : ` of ${steps}`}${running}`;
  }

  private addLine(line: string): void {
    const planned = totals.exec(line);
    if (planned) this.steps = planned.slice(1).reduce((sum, part) => sum + Number(part ?? 0), 0);
    if (begins.test(line)) this.started += 1;
    else if (ends.test(line)) this.finished += 1;
    else {
      const [, address] = reads.exec(line) ?? [];
      if (address !== undefined) this.read.add(address);
    }
  }
}
