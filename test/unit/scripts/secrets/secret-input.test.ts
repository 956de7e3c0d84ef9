import { PassThrough, Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSecret, secretValue } from "../../../../scripts/secrets/secret-input";

const plain = { pullThroughCache: false };
const cache = { pullThroughCache: true };
const bytes = (text: string) => new TextEncoder().encode(text);

/** A stream that records messages. */
function messages() {
  const stream = new PassThrough();
  const written = (): string => {
    let text = "";
    // From Node.js 26 on, `read()` returns one chunk at a time: https://github.com/nodejs/node/pull/60441
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) text += chunk;
    return text;
  };
  return { stream, written };
}

/** A terminal with typed input. */
function terminal(typed: string) {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  stream.write(typed);
  return stream;
}

const character = fc.constantFrom("a", "é", "😀", " ", "\t", "\0", "\r", "\n");

test("a value keeps every character except one trailing newline", () => {
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 1, maxLength: 12 }), (value) => {
      fc.pre(!/[\r\n]$/.test(value));

      expect(secretValue(bytes(value))).toEqual({ value, newline: false });
      expect(secretValue(bytes(`${value}\n`))).toEqual({ value, newline: true });
      expect(secretValue(bytes(`${value}\n\n`)).value).toBe(`${value}\n`);
    }),
  );
});

test("a Windows line ending is one newline", () => {
  expect(secretValue(bytes("a\r\n\r\n"))).toEqual({ value: "a\r\n", newline: true });
});

test("a byte order mark is part of the value", () => {
  expect(secretValue(bytes("\ufeffa")).value).toBe("\ufeffa");
});

test.each([
  ["", "The value is empty; nothing was changed."],
  ["\n", "The value is empty; nothing was changed."],
  ["é".repeat(32_769), "A secret can hold up to 65536 bytes; nothing was changed."],
])("fails when a value is empty or too long", (text, message) => {
  expect(() => secretValue(bytes(text))).toThrow(message);
});

test("a value can be as long as Secrets Manager allows", () => {
  expect(secretValue(bytes(`${"é".repeat(32_768)}\n`)).value).toHaveLength(32_768);
});

test("fails when a value is not UTF-8", () => {
  expect(() => secretValue(Uint8Array.of(0xff, 0xfe))).toThrow(
    "The value is not valid UTF-8; nothing was changed.",
  );
});

test("all of standard input is read, and a removed newline is reported", async () => {
  const { stream, written } = messages();

  const value = await readSecret(
    "key",
    plain,
    Readable.from([Buffer.from("two\nli"), Buffer.from("nes\n")]),
    stream,
  );

  expect(value).toBe("two\nlines");
  expect(written()).toBe("Removed a trailing newline from the value.\n");
});

test("at a terminal, the value is prompted for and not shown", async () => {
  const { stream, written } = messages();

  const value = await readSecret("key", plain, terminal("hunterx\u007f2\r"), stream);

  expect(value).toBe("hunter2");
  expect(written()).toBe("Value of key (hidden; press Enter when done): \n");
});

test.each([
  ["\u0003", "Cancelled at the prompt; nothing was changed.", 130],
  ["\u0004", "No value was entered; nothing was changed.", 1],
  ["\r", "The value is empty; nothing was changed.", 1],
])("fails when the user cancels or enters nothing at the terminal", async (typed, message, exitCode) => {
  await expect(readSecret("key", plain, terminal(typed), messages().stream)).rejects.toMatchObject({
    message,
    exitCode,
  });
});

test("the credentials of a pull-through cache are accepted in the JSON format that ECR reads", async () => {
  const value = '{"username":"me","accessToken":"t"}';

  expect(await readSecret("hub", cache, Readable.from([Buffer.from(value)]), messages().stream)).toBe(value);
});

test.each([
  ["hunter2", "username and accessToken are"],
  ["null", "username and accessToken are"],
  ['{"username":"hunter2"}', "accessToken is"],
  ['{"username":"","accessToken":"hunter2"}', "username is"],
  ['{"username":1,"accessToken":"hunter2"}', "username is"],
])(
  "fails when the credentials of a pull-through cache are incomplete, without repeating them",
  async (value, lack) => {
    await expect(
      readSecret("hub", cache, Readable.from([Buffer.from(value)]), messages().stream),
    ).rejects.toThrow(
      `ECR requires the value of hub to be {"username":"…","accessToken":"…"}, and ${lack} missing; nothing was changed.`,
    );
  },
);
