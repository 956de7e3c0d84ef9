import { once } from "node:events";

/** Write to standard output, and wait if its reader is slower, so that what is not read yet does not fill the memory. */
export async function written(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}
