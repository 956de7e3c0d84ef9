import { PassThrough, Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSecret, secretValue } from "../../../../scripts/secrets/secret-input";

const plain = { pullThroughCache: false };
const cache = { pullThroughCache: true };
const bytes = (text: string) => new TextEncoder().encode(text);

/** What a message stream was told. */
function messages() {
  const stream = new PassThrough();
  const said = (): string => {
    let text = "";
    // From Node.js 26 on, `read()` returns one chunk at a time: https://github.com/nodejs/node/pull/60441
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) text += chunk;
    return text;
  };
  return { stream, said };
}

/** A terminal at which somebody types. */
function terminal(typed: string) {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  stream.write(typed);
  return stream;
}

const character = fc.constantFrom("a", "é", "😀", " ", "\t", "\0", "\r", "\n");

test("a value keeps every character but one newline at its end", () => {
  fc.assert(
    fc.property(fc.string({ unit: character, minLength: 1, maxLength: 12 }), (value) => {
      fc.pre(!/[\r\n]$/.test(value));

      expect(secretValue(bytes(value))).toEqual({ value, newline: false });
      expect(secretValue(bytes(`${value}\n`))).toEqual({ value, newline: true });
      expect(secretValue(bytes(`${value}\n\n`)).value).toBe(`${value}\n`);
    }),
  );
});

test("one newline of Windows is one newline", () => {
  expect(secretValue(bytes("a\r\n\r\n"))).toEqual({ value: "a\r\n", newline: true });
});

test("a byte order mark belongs to the value", () => {
  expect(secretValue(bytes("\ufeffa")).value).toBe("\ufeffa");
});

test.each([
  ["", "The value is empty; nothing was changed."],
  ["\n", "The value is empty; nothing was changed."],
  ["é".repeat(32_769), "A secret holds up to 65536 bytes; nothing was changed."],
])("fails when a value is empty or too long", (text, message) => {
  expect(() => secretValue(bytes(text))).toThrow(message);
});

test("a value may be as long as Secrets Manager allows", () => {
  expect(secretValue(bytes(`${"é".repeat(32_768)}\n`)).value).toHaveLength(32_768);
});

test("fails when a value is no text", () => {
  expect(() => secretValue(Uint8Array.of(0xff, 0xfe))).toThrow(
    "The value is no UTF-8 text; nothing was changed.",
  );
});

test("a value comes from standard input, whole, and a lost newline is told", async () => {
  const { stream, said } = messages();

  const value = await readSecret(
    "key",
    plain,
    Readable.from([Buffer.from("two\nli"), Buffer.from("nes\n")]),
    stream,
  );

  expect(value).toBe("two\nlines");
  expect(said()).toBe("A newline at its end was taken off.\n");
});

test("at a terminal the value is asked for and not shown", async () => {
  const { stream, said } = messages();

  const value = await readSecret("key", plain, terminal("hunterx\u007f2\r"), stream);

  expect(value).toBe("hunter2");
  expect(said()).toBe("Value of key (not shown, ends with Enter): \n");
});

test.each([
  ["\u0003", "Broken off at the question, so what it asked for was not done.", 130],
  ["\u0004", "There was no value; nothing was changed.", 1],
  ["\r", "The value is empty; nothing was changed.", 1],
])("fails when somebody gives up at the terminal", async (typed, message, exitCode) => {
  await expect(readSecret("key", plain, terminal(typed), messages().stream)).rejects.toMatchObject({
    message,
    exitCode,
  });
});

test("the credentials of a pull-through cache are the JSON that ECR reads", async () => {
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
  "fails when the credentials of a pull-through cache lack something, and does not repeat them",
  async (value, lack) => {
    await expect(
      readSecret("hub", cache, Readable.from([Buffer.from(value)]), messages().stream),
    ).rejects.toThrow(
      `ECR wants the value of hub as {"username":"…","accessToken":"…"}, and ${lack} missing; nothing was changed.`,
    );
  },
);
