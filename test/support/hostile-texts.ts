import { type IResolvable, Token } from "cdktf";

/** Texts that a program on the way to AWS could take for something else. */
export const hostileTexts: readonly string[] = [
  // Expressions of Terraform.
  "${1+1}",
  "a${1+1}@example.com",
  "${path.cwd}",
  "%{ if true }x%{ endif }",
  "$${x}",
  "%%{",
  "$$${x} %%%{y}",
  "${",
  "$",
  "%",
  "${~ x ~}",
  '${"${x}"}',
  // Tokens of CDKTF: in a text, in a list, in a map, in numbers.
  "${TfToken[TOKEN.5]}",
  "${TfToken[TOKEN.99999]}",
  "a ${TfToken[TOKEN.0]} b",
  "#{TfToken[1]}",
  "#{TfToken[TOKEN.5]}",
  "&{TfToken[TOKEN.5]}",
  "TfToken[TOKEN.5]",
  "String Map Token Value",
  "Any Map Token Value",
  String(Token.asNumber({} as IResolvable)),
  `n${Token.asNumber({} as IResolvable)}`,
  "-8.109562212591383e+298",
  ...Token.asNumberList({} as IResolvable).map(String),
  "-123456789",
  // Quotes and escapes of JSON and HCL.
  '"',
  '"quoted"',
  'a"b\\',
  "\\${x}",
  "\\n \\u0041 \\",
  "'",
  "<<EOT",
  "//",
  // Unicode.
  "Grüße, 日本語 🚀",
  "a\u2028b\u2029c",
  "\u202Eabc",
  "a\uFEFFb",
  // Names that every object of JavaScript has.
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  // Several lines.
  "a\tb\nc",
  "a\r\nb",
];

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
  Token.asNumber({} as IResolvable),
  ...Token.asNumberList({} as IResolvable),
  -123456789,
  -1,
  0.5,
  2 ** 53,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
