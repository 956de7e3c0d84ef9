import { z } from "zod";
import { EnvironmentOptions } from "../../../environments/options/environment";

const anyName = Symbol("any name");
const anyIndex = Symbol("any index");

/** A variant of a union, e.g. the network whose `kind` is `own`. */
interface Variant {
  readonly discriminator: string;
  readonly value: unknown;
}

/** A step on the way to a value: the name of an option, any name of a map, any index of a list, or a check. */
type Step = string | typeof anyName | typeof anyIndex | Variant;

/** A place in an environment file where the schema takes something other than an object or a list. */
export interface OptionPlace {
  readonly steps: readonly Step[];
  /** `key` is the name of an entry in a map, at the end of `steps`. */
  readonly type: "string" | "number" | "choice" | "key";
}

/** Every place of the schema, found by walking it, so that an option added tomorrow is among them. */
export const optionPlaces: readonly OptionPlace[] = placesIn(EnvironmentOptions);

/** @throws Error when the schema has a type that this walk does not know */
function placesIn(schema: z.core.$ZodType, steps: readonly Step[] = []): OptionPlace[] {
  const inside = (inner: z.core.$ZodType, ...more: readonly Step[]) => placesIn(inner, [...steps, ...more]);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.def.shape).flatMap(([name, inner]) => inside(inner, name));
  if (schema instanceof z.ZodArray) return inside(schema.def.element, anyIndex);
  if (schema instanceof z.ZodRecord)
    return [{ steps: [...steps, anyName], type: "key" }, ...inside(schema.def.valueType, anyName)];
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.def.options.flatMap((option) =>
      inside(option, variantOf(schema.def.discriminator, option)),
    );
  // A plain value, or an object that says more: a value can be placed in what the file has.
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap((option) => inside(option));
  if (schema instanceof z.ZodPipe) return inside(schema.def.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return inside(schema.def.innerType);
  // A JSON text, or what is in it.
  if (schema instanceof z.ZodString || schema instanceof z.ZodCustom) return [{ steps, type: "string" }];
  if (schema instanceof z.ZodNumber) return [{ steps, type: "number" }];
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral || schema instanceof z.ZodBoolean)
    return [{ steps, type: "choice" }];
  throw new Error(`${steps.map(String).join(".")}: the walk does not know ${schema.constructor.name}`);
}

function variantOf(discriminator: string, option: z.core.$ZodType): Variant {
  const literal = option instanceof z.ZodObject ? option.def.shape[discriminator] : undefined;
  if (!(literal instanceof z.ZodLiteral)) throw new Error(`a variant has no ${discriminator}`);
  return { discriminator, value: literal.value };
}

/** A place as `ecr.repositories.*.protectedTags[]`. */
export function nameOf({ steps, type }: OptionPlace): string {
  const path = steps.map((step) => {
    if (step === anyIndex) return "[]";
    if (step === anyName) return ".*";
    return typeof step === "string" ? `.${step}` : "";
  });
  return `${path.join("").replace(/^\./, "")}${type === "key" ? " (name)" : ""}`;
}

/** A file with a value at a place, and the path of this value. */
export interface Placed {
  readonly input: unknown;
  readonly path: readonly PropertyKey[];
}

/**
 * Put a value at a place of a file: instead of the last entry of a list or the first of a map, if there is one.
 *
 * @returns `undefined` if the file lacks the objects on the way, or is another variant of them
 */
export function placeIn(input: unknown, place: OptionPlace, value: unknown): Placed | undefined {
  const [step, ...rest] = place.steps;
  if (step === undefined) return { input: value, path: [] };
  const inner = { ...place, steps: rest };
  if (step === anyIndex) {
    const list = Array.isArray(input) ? (input as unknown[]) : [];
    const index = Math.max(0, list.length - 1);
    const placed = placeIn(list[index], inner, value);
    return placed && { input: [...list.slice(0, index), placed.input], path: [index, ...placed.path] };
  }
  if (step === anyName) return placeInMap(input, inner, value);
  if (typeof input !== "object" || input === null || Array.isArray(input)) return undefined;
  const options = input as Readonly<Record<string, unknown>>;
  if (typeof step === "object")
    return options[step.discriminator] === step.value ? placeIn(input, inner, value) : undefined;
  const placed = placeIn(options[step], inner, value);
  return placed && { input: { ...input, [step]: placed.input }, path: [step, ...placed.path] };
}

function placeInMap(input: unknown, inner: OptionPlace, value: unknown): Placed | undefined {
  const entries = Object.entries(input ?? {});
  const [[name, held] = ["NAME", undefined], ...others] = entries;
  if (inner.type === "key" && inner.steps.length === 0)
    return entries.length === 0
      ? undefined
      : { input: Object.fromEntries([[String(value), held], ...others]), path: [String(value)] };
  const placed = placeIn(held, inner, value);
  return (
    placed && { input: Object.fromEntries([[name, placed.input], ...others]), path: [name, ...placed.path] }
  );
}
