import { SingleBar } from "cli-progress";
import { sizeText } from "../../../modules/values/size-text";

/** A progress bar on standard error; where that is no terminal, a line every 30 seconds. */
export class ProgressBar {
  private bytes = 0;
  private readonly bar: SingleBar;

  /** @param label what the bar is about, e.g. `us-west-2` @param total how many images, 0 if not known yet */
  constructor(label: string, total: number) {
    this.bar = new SingleBar({
      format: `${label} [{bar}] {value}/{total} images{transferred}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      gracefulExit: false,
      noTTYOutput: true,
      notTTYSchedule: 30_000,
    });
    this.bar.start(total, 0, { transferred: "" });
  }

  image(): void {
    this.bar.increment();
  }

  transferred(bytes: number): void {
    this.bytes += bytes;
    this.bar.update({ transferred: `, ${sizeText(this.bytes)} copied` });
  }

  set({ total, done }: { readonly total: number; readonly done: number }): void {
    this.bar.setTotal(total);
    this.bar.update(done);
  }

  /** Leave the bar as it is and give the terminal its cursor back. */
  stop(): void {
    this.bar.stop();
  }
}
