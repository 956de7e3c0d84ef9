import { finish } from "../../exit-guard";

/** End quietly when the reader of the output has ended, as `head` does after its lines. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    finish(0);
    process.exit(0);
  });
}
