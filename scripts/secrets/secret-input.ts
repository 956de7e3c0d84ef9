import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandError } from "../runner/command";
import { cancelledBy } from "../runner/question";

/** Secrets Manager's limit. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
const maxBytes = 65_536;

/** Where the command reads the value: standard input. */
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/**
 * Read the value of a secret: all of standard input, or at a terminal one line that is not echoed.
 *
 * @throws CommandError when such a secret cannot have this value; the message never contains the value
 */
export async function readSecret(
  name: string,
  { pullThroughCache }: { readonly pullThroughCache: boolean },
  input: Input = process.stdin,
  messages: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  const bytes = input.isTTY ? Buffer.from(await promptFor(name, input, messages)) : await readAll(input);
  const { value, newline } = secretValue(bytes);
  if (pullThroughCache) requireCredentials(name, value);
  if (newline) messages.write("Removed a trailing newline from the value.\n");
  return value;
}

/**
 * Decode a value from UTF-8, without one trailing newline, which `echo` and editors add.
 *
 * @returns the value, and whether a newline was removed
 * @throws CommandError when it is empty, too long or not UTF-8
 */
export function secretValue(bytes: Uint8Array): { value: string; newline: boolean } {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandError("The value is not valid UTF-8; nothing was changed.");
  }
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw new CommandError("The value is empty; nothing was changed.");
  if (Buffer.byteLength(value) > maxBytes)
    throw new CommandError(`A secret can hold up to ${maxBytes} bytes; nothing was changed.`);
  return { value, newline: value !== text };
}

/**
 * ECR reads the credentials of a pull-through cache from JSON with these two keys.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
 */
function requireCredentials(name: string, value: string): void {
  const keys = ["username", "accessToken"];
  const isFilled = (part: unknown) => typeof part === "string" && part !== "";
  let credentials: unknown;
  try {
    credentials = JSON.parse(value);
  } catch {
    // A value that is not JSON is reported as missing both.
  }
  const given = typeof credentials === "object" && credentials !== null ? credentials : {};
  const missing = keys.filter((key) => !isFilled((given as Record<string, unknown>)[key]));
  if (missing.length > 0)
    throw new CommandError(
      `ECR requires the value of ${name} to be {"username":"…","accessToken":"…"}, and ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing; nothing was changed.`,
    );
}

async function readAll(input: Input): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Ask at the terminal. The line editor's output is discarded, so the value is not echoed. */
async function promptFor(name: string, input: Input, messages: NodeJS.WritableStream): Promise<string> {
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input, output: discard, terminal: true, historySize: 0 });
  messages.write(`Value of ${name} (hidden; press Enter when done): `);
  try {
    return await new Promise<string>((resolve, reject) => {
      prompt.once("line", resolve);
      prompt.once("SIGINT", () => reject(cancelledBy("SIGINT", "nothing was changed")));
      prompt.once("close", () => reject(new CommandError("No value was entered; nothing was changed.")));
    });
  } finally {
    prompt.close();
    messages.write("\n");
  }
}
