import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandError } from "../runner/command";
import { brokenOffBy } from "../runner/question";

/** Secrets Manager's limit. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
const maxBytes = 65_536;

/** What the command reads from: standard input. */
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/**
 * Take the value of a secret from standard input, whole, or at a terminal one line that is not shown.
 *
 * @throws CommandError when it cannot be the value of such a secret; the message never holds the value
 */
export async function readSecret(
  name: string,
  { pullThroughCache }: { readonly pullThroughCache: boolean },
  input: Input = process.stdin,
  messages: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  const bytes = input.isTTY ? Buffer.from(await asked(name, input, messages)) : await whole(input);
  const { value, newline } = secretValue(bytes);
  if (pullThroughCache) requireCredentials(name, value);
  if (newline) messages.write("A newline at its end was taken off.\n");
  return value;
}

/**
 * The value that bytes stand for: UTF-8 text, without one newline at its end, which `echo` and editors add.
 *
 * @throws CommandError when it is empty, too long or no text
 */
export function secretValue(bytes: Uint8Array): { value: string; newline: boolean } {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandError("The value is no UTF-8 text; nothing was changed.");
  }
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw new CommandError("The value is empty; nothing was changed.");
  if (Buffer.byteLength(value) > maxBytes)
    throw new CommandError(`A secret holds up to ${maxBytes} bytes; nothing was changed.`);
  return { value, newline: value !== text };
}

/**
 * ECR reads the credentials of a pull-through cache from JSON with these two names.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
 */
function requireCredentials(name: string, value: string): void {
  const names = ["username", "accessToken"];
  const filled = (part: unknown) => typeof part === "string" && part !== "";
  let credentials: unknown;
  try {
    credentials = JSON.parse(value);
  } catch {
    // What is no JSON lacks both, and is reported as that.
  }
  const given = typeof credentials === "object" && credentials !== null ? credentials : {};
  const missing = names.filter((part) => !filled((given as Record<string, unknown>)[part]));
  if (missing.length > 0)
    throw new CommandError(
      `ECR wants the value of ${name} as {"username":"…","accessToken":"…"}, and ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing; nothing was changed.`,
    );
}

async function whole(input: Input): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Ask at the terminal. What is typed goes to the line editor and from there to nowhere. */
async function asked(name: string, input: Input, messages: NodeJS.WritableStream): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  messages.write(`Value of ${name} (not shown, ends with Enter): `);
  try {
    return await new Promise<string>((resolve, reject) => {
      prompt.once("line", resolve);
      prompt.once("SIGINT", () => reject(brokenOffBy("SIGINT")));
      prompt.once("close", () => reject(new CommandError("There was no value; nothing was changed.")));
    });
  } finally {
    prompt.close();
    messages.write("\n");
  }
}
