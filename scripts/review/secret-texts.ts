/**
 * Texts that look like secrets although nothing marks them as sensitive, by the format that their issuers document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids access key IDs
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ GitHub
 * @see https://docs.gitlab.com/security/tokens/#token-prefixes GitLab
 * @see https://www.rfc-editor.org/rfc/rfc7468#section-10 private keys
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-3.1 JSON web tokens
 */
const formats: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/,
  /(?<=(?:secret_access_key|SECRET_ACCESS_KEY|[Ss]ecretAccessKey)\W{1,5})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*/,
  /gh[oprsu]_[A-Za-z0-9]{36,}/,
  /github_pat_\w{22,}/,
  /glpat-[\w-]{20,}/,
  /dckr_pat_[\w-]{20,}/,
  /npm_[A-Za-z0-9]{36}/,
  /xox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /(?<=hooks\.slack\.com\/services\/)[\w/]{20,}/,
  /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
  // A password for a registry of Amazon ECR: "AWS:" in Base64, then the token.
  /QVdTOi[A-Za-z0-9+/=]{20,}/,
  // The secret in a connection string or a command, such as `Password=…;` or `export DB_PASSWORD=…`.
  /(?<=(?:[Pp]assw(?:or)?d|PASSW(?:OR)?D|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Aa]pi[_-]?[Kk]ey|API_?KEY|[Aa]ccessKey|_secret_key|_SECRET_KEY)=)(?!arn:)[^\s"'`&;,$(){}\\]{4,}/,
  // The secret after a flag, such as `--password …` or `-api-key "…"`.
  /(?<=(?:^|[\s"'`])--?(?:\w[\w-]{0,40}-)?(?:passw(?:or)?d|passphrase|token|secret|secret-key|api-?key)\s{1,5}\\?["']?)(?!arn:)[^\s"'`&;|<>$(){}\\-][^\s"'`\\]{2,}/,
  // The password in a URL.
  /(?<=[a-z]:\/\/[^\s:/@"]{1,64}:)[^\s:/@"]{1,256}(?=@)/,
];

const secretText = new RegExp(formats.map(({ source }) => source).join("|"), "g");

/** A part of every format. It is looked for first, because most texts hold none, and the formats take much longer. */
const sign =
  /A[KS]IA|_KEY|_key|ssKey|PRIVATE|gh[oprsu]_|_pat_|glpat|npm_|xox|slack|eyJ|QVdTOi|(?:ssw(?:or)?d|SSW(?:OR)?D|oken|OKEN|ecret|ECRET|[Kk]ey|KEY|phrase)[=\s]|:\/\//;

/** Names of arguments and variables that hold a secret itself, and not its ARN or name. */
const secretName =
  /(?:passw(?:or)?d|passphrase|secret[_-]?(?:string|binary|key)|secret[_-]?access[_-]?key|private[_-]?key|client[_-]?secret|(?:auth|access|api|bearer)token|api[_-]?key|(?:^|[_-])(?:pwd|token))$/i;

/** A flag of a command with such a name, such as `--password`; what follows in a list is its value. */
const flag = /^--?(\w[\w-]{0,60})$/;

/** A JSON document with a part of such a name. Most texts are no document, and that is seen at their first character. */
const namingDocument = /^\s*[[{].*?(?:passw|passphrase|pwd|secret|private|token|api[_-]?key)/is;

/** Whether a text may be a document in which something is named as a secret. */
export const namesSecrets = (text: string): boolean => namingDocument.test(text);

/** Whether an argument or a variable of that name holds a secret. */
export const holdsSecret = (name: string): boolean => secretName.test(name);

/** Whether the next text of a list is the value of a flag that holds a secret. */
export const isFlagOfSecret = (text: unknown): boolean => {
  const [, name = ""] = (typeof text === "string" && text.startsWith("-") && flag.exec(text)) || [];
  return name === "secret" || holdsSecret(name);
};

/** Replaces the parts of a text that look like a secret. The rest, such as the JSON around them, stays as it is. */
export const replaceSecrets = (text: string, replacement: (secret: string) => string): string =>
  text.length < shortest || !sign.test(text) ? text : text.replace(secretText, replacement);

/** The shortest text in which a password can stand, such as `a://b:c@d`. */
const shortest = 9;
