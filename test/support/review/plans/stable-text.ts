/** What AWS and the emulator choose anew for every recording, and what takes its place: the nth text of a kind gets the number n. */
const chosen: readonly (readonly [kind: RegExp, numbered: (n: number, text: string) => string])[] = [
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    (n) => `00000000-0000-4000-8000-${padded(n, 12)}`,
  ],
  [/\bsha256:[0-9a-f]{64}\b/g, (n) => `sha256:${padded(n, 64)}`],
  [
    /\b(?:vpc|subnet|sg|sgr|eni|rtb|rtbassoc|igw|nat|eipalloc|eipassoc|vpce|acl|fl|dopt|pl|assoc)-[0-9a-f]{8,17}\b/g,
    (n, text) => `${text.slice(0, text.lastIndexOf("-"))}-${padded(n, 17)}`,
  ],
  [/\br-rtb-[0-9a-f]{8,}/g, (n) => `r-rtb-${padded(n, 17)}`],
  // The end of ARNs of load balancers, target groups and listeners.
  [/(?<=\/)[0-9a-f]{16,17}(?=["/\\])/g, (n) => padded(n, 16)],
  // The end of ARNs of secrets.
  [/(?<=:secret:[\w/-]+-)[A-Za-z0-9]{6}(?=["\\])/g, (n) => padded(n, 6)],
  // Unique IDs of IAM.
  [/\b(?:AROA|ANPA|AIDA)[A-Z0-9]{12,17}\b/g, (n, text) => `${text.slice(0, 4)}${padded(n, 17)}`],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+0000|\+00:00)/g, () => "2026-01-01T00:00:00Z"],
  [/\bhttp:\/\/127\.0\.0\.1:\d+/g, () => "http://emulator.example"],
];

const padded = (n: number, length: number): string => String(n).padStart(length, "0");

/** A text that is the same for every recording of the same edit. */
export const stableText = (text: string): string =>
  chosen.reduce((before, [kind, numbered]) => {
    const numbers = new Map<string, number>();
    return before.replace(kind, (match) => {
      const n = numbers.get(match) ?? numbers.size + 1;
      numbers.set(match, n);
      return numbered(n, match);
    });
  }, text);
