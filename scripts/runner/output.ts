import { liveLine } from "./live-line";

type Stream = "stdout" | "stderr";

/** Where a command writes what it prints. */
export interface Output {
  /** Whether text appears at once, so that Terraform can write to this process's own streams. */
  readonly live: boolean;
  write(stream: Stream, text: string): void;
}

/** The streams of this process. */
export const liveOutput: Output = {
  live: true,
  write: (stream, text) => liveLine.above(text, () => process[stream].write(text)),
};

/** Keeps text until it is shown, so that what commands print side by side does not mix. */
export class HeldOutput implements Output {
  readonly live = false;
  private readonly held: [Stream, string][] = [];

  write(stream: Stream, text: string): void {
    this.held.push([stream, text]);
  }

  /** Write everything to the streams of this process, in the order in which it arrived. */
  show(): void {
    for (const [stream, text] of this.held) liveOutput.write(stream, text);
  }
}
