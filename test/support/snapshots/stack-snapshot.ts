import type { StackJson } from "../synth";

/** Longest argument, in lines of JSON, that stays in the file of its stack. */
const maxLines = 40;

/**
 * What a reviewer sees of one stack, as the text of each file by its path. `<stack>.json` is the Terraform JSON. A longer
 * argument of a resource, such as a dashboard or a policy, has a file of its own, `<stack>/<address>.<argument>.json`,
 * and the stack's file refers to it.
 *
 * Versions of Terraform and of providers are left out, so that an upgrade changes no snapshot.
 */
export function stackSnapshot(stack: string, json: StackJson): Record<string, string> {
  const apart: Record<string, string> = {};
  const shortened = (address: string, resource: StackJson): StackJson =>
    mapValues(resource, (argument, value) => {
      const text = textOf(value);
      if (text.trimEnd().split("\n").length <= maxLines) return value;
      const path = `${stack}/${address}.${argument}.json`;
      apart[path] = text;
      return `see ${path}`;
    });
  const readable: StackJson = JSON.parse(JSON.stringify(json), withoutVersions);
  const resource = mapValues(readable["resource"] ?? {}, (type, named: StackJson) =>
    mapValues(named, (name, values: StackJson) => shortened(`${type}.${name}`, values)),
  );
  return { [`${stack}.json`]: textOf({ ...readable, resource }), ...apart };
}

const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function withoutVersions(key: string, value: unknown): unknown {
  if (key === "required_providers" || key === "required_version") return undefined;
  return key === "container_definitions" ? parsed(value) : value;
}

/** The value of JSON text. Text that only Terraform can read stays as it is. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

const mapValues = <T>(object: Readonly<Record<string, T>>, map: (key: string, value: T) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(key, value)]));
