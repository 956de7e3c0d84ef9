import { type IResolvable, Token } from "cdktf";

const tokenNumber = Token.asNumber({} as IResolvable);

/** Texts that a program on the way to AWS could take for something else, wherever they stand. */
const parts: readonly string[] = [
  // Expressions of Terraform.
  "${1+1}",
  "${path.cwd}",
  "%{ if true }x%{ endif }",
  "$${x}",
  "%%{",
  "$$${x} %%%{y}",
  "${",
  "${~ x ~}",
  '${"${x}"}',
  // Tokens of CDKTF.
  "${TfToken[TOKEN.5]}",
  "${TfToken[TOKEN.99999]}",
  "a ${TfToken[TOKEN.0]} b",
  "#{TfToken[1]}",
  "&{TfToken[TOKEN.5]}",
  "TfToken[TOKEN.5]",
  `n${tokenNumber}`,
  "-8.109562212591383e+298",
  // Quotes and escapes of JSON and HCL.
  '"',
  'a"b\\',
  "\\${x}",
  "\\n \\u0041 \\",
  "'",
  "<<EOT",
  // Unicode.
  "Grüße, 日本語 🚀",
  "a\u2028b\u2029c",
  "\u202Eabc",
  "a\uFEFFb",
  // Several lines.
  "a\tb\nc",
  "a\r\nb",
];

/** Texts that matter when they are the whole text, or that a place with a syntax of its own takes. */
export const wholeHostileTexts: readonly string[] = [
  "a${1+1}@example.com",
  "$",
  "%",
  "${TfToken[TOKEN.6]}",
  "#{TfToken[TOKEN.5]}",
  "&{TfToken[TOKEN.6]}",
  "String Map Token Value",
  "Any Map Token Value",
  String(tokenNumber),
  ...Token.asNumberList({} as IResolvable).map(String),
  "-123456789",
  '"quoted"',
  "//",
  "__proto__",
  "constructor",
  "toString",
];

/** Each text alone. */
export const hostileTexts: readonly string[] = [...wholeHostileTexts, ...parts];

/** The others in fewer texts, where each takes time. */
export const joinedHostileTexts: readonly string[] = [0, 6, 12, 18, 24].map((start) =>
  parts.slice(start, start + 6).join(" "),
);

/** Texts that cannot reach AWS as they are. */
export const unwritableTexts: readonly string[] = [
  "a\u0000b",
  "\u0007",
  "\u001B[31mred",
  "\u007F",
  "\u0085",
  "\u009B31m",
  "\uD83D",
  "a\uDE80b",
  "\uFDD0",
  "a$\uFDD0b",
  "\uFDD1",
  "\uFFFE",
  "\uFEFFabc",
  "e\u0301",
  "\u212B",
];

/** Numbers that CDKTF takes for tokens, and others that no option takes. */
export const hostileNumbers: readonly number[] = [
  tokenNumber,
  ...Token.asNumberList({} as IResolvable),
  -123456789,
  -1,
  0.5,
  2 ** 53,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
