/** What a command is doing, in one line of standard error that is written over. Where that is no terminal, nothing. */
export class StatusLine {
  private shown = false;

  constructor(private readonly output: NodeJS.WriteStream = process.stderr) {}

  show(text: string): void {
    if (!this.output.isTTY) return;
    this.clear();
    this.output.write(text.slice(0, this.output.columns - 1));
    this.shown = true;
  }

  /** Leave an empty line. */
  clear(): void {
    if (!this.shown) return;
    this.output.write("\r\x1b[K");
    this.shown = false;
  }
}
