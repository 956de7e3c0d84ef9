import "./cdktf-is-array";
import { join } from "node:path";
import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  type ISynthesisSession,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isLiteral, terraformText, withTexts } from "../modules/terraform/literal-text";
import { type Json, writeJson } from "./write-json";

/**
 * A stack that resolves each value once. CDKTF resolves every value three times: to find references between stacks, for
 * each element, and for the whole stack. Layers never refer to each other, so here such a reference is an error, and one
 * pass gives the same JSON. It takes a third off the time of a large synth: see docs/explanation/benchmarks.md.
 */
export abstract class SinglePassStack extends TerraformStack {
  /** CDKTF keeps its own copy private. */
  private readonly overrides: Json = {};

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const cdktf = this.synthesizer;
    this.synthesizer = { synthesize: (session) => this.write(session, () => cdktf.synthesize(session)) };
  }

  override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    const keys = path.split(".");
    const last = keys.pop() ?? path;
    let target = this.overrides;
    for (const key of keys) {
      target[key] ??= {};
      target = target[key] as Json;
    }
    target[last] = value;
  }

  /**
   * Write the JSON with V8's writer. CDKTF's own takes several times as long, so that gets a small object to write, and
   * does all the rest.
   */
  private write({ outdir, manifest }: ISynthesisSession, byCdktf: () => void): void {
    const { toTerraform } = this;
    let json: Json | undefined;
    this.toTerraform = () => {
      json = toTerraform.call(this);
      return unfinished;
    };
    try {
      byCdktf();
    } finally {
      this.toTerraform = toTerraform;
    }
    const file = join(outdir, manifest.forStack(this).synthesizedStackPath);
    if (json !== undefined) writeJson(file, json);
  }

  /** CDKTF's own would resolve everything here for the first time. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  override toTerraform(): Json {
    const elements = elementsOf(this);
    const resolve = resolverOf(this);
    const metadata: Json = {
      version: this.node.tryGetContext("cdktfVersion"),
      stackName: this.node.id,
      backend: "local",
      ...(Object.keys(this.overrides).length > 0 && { overrides: { stack: Object.keys(this.overrides) } }),
    };
    const outputs: Json = {};
    const json: Json = { "//": { metadata, outputs } };
    for (const element of elements) {
      merge(metadata, resolve(element.toMetadata()) as Json);
      merge(json, resolve(element.toTerraform()) as Json);
      if (TerraformOutput.isTerraformOutput(element)) merge(outputs, pathTo(element));
    }
    merge(json, resolve(this.overrides) as Json);
    return json;
  }
}

/** What Terraform refuses, should it find it after an interrupted synth. */
const unfinished: Json = { "this synth was interrupted; run it again": {} };

/** An output in the nested form of its path: `{ "compute-dev": { name: "name" } }`. */
function pathTo(output: TerraformOutput): Json {
  const parts = output.node.path.split("/");
  return parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), output.friendlyUniqueId) as Json;
}

function elementsOf(construct: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(construct)) into.push(construct);
  for (const child of construct.node.children) elementsOf(child, into);
  return into;
}

/** Merge as CDKTF does: objects are merged, lists are joined, `undefined` removes. */
function merge(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    const held = target[key];
    if (value === undefined) delete target[key];
    else if (Array.isArray(value)) target[key] = Array.isArray(held) ? [...held, ...value] : value;
    else if (typeof value !== "object" || value === null) target[key] = value;
    else if (typeof held === "object" && held !== null) merge(held as Json, value as Json);
    else target[key] = value;
  }
}

/**
 * Replaces tokens, and then the stand-ins in literal texts, which CDKTF must not see as expressions. Values without
 * tokens, which are most, are only copied; CDKTF resolves the others.
 */
function resolverOf(stack: TerraformStack): (value: unknown) => unknown {
  const resolver = new OwnReferences(stack);
  const byCdktf = (value: unknown) =>
    withTexts(Tokenization.resolve(value, { scope: stack, resolver, preparing: false }), terraformText);
  const resolve = (value: unknown): unknown => {
    if (typeof value === "string")
      return holdsToken(value) ? (resolver.reference(value) ?? byCdktf(value)) : terraformText(value);
    if (typeof value === "boolean" || value === undefined || value === null) return value;
    if (Array.isArray(value))
      return value.some((item) => typeof item === "number" || (typeof item === "string" && holdsToken(item)))
        ? byCdktf(value)
        : value.map(resolve).filter((item) => item !== undefined);
    if (typeof value !== "object") return byCdktf(value);
    if (Object.getPrototypeOf(value) !== Object.prototype)
      return resolver.referenceBy(value as IResolvable) ?? byCdktf(value);
    const keys = Object.keys(value);
    if (keys.some(holdsToken) || Tokenization.isResolvable(value)) return byCdktf(value);
    const literalKeys = keys.some(isLiteral);
    const copy: Json = {};
    for (const key of keys.sort()) {
      const resolved = resolve((value as Json)[key]);
      if (resolved !== undefined) copy[literalKeys ? terraformText(key) : key] = resolved;
    }
    return copy;
  };
  return resolve;
}

/** Tokens in text, and numbers that stand for tokens and were joined to text. */
const holdsToken = (text: string): boolean => text.includes("TfToken[") || text.includes("e+2");

/** Refuses references to other stacks, which CDKTF would turn into outputs and remote states of its own. */
class OwnReferences extends DefaultTokenResolver {
  constructor(private readonly stack: TerraformStack) {
    super(new StringConcat());
  }

  /**
   * What CDKTF makes of a text that is one reference and nothing else, as most texts with tokens are; `undefined` for
   * others. A reference needs no context of its own for each step.
   */
  reference(text: string): string | undefined {
    const { length, firstToken } = Tokenization.reverseString(text);
    return length === 1 && firstToken !== undefined ? this.referenceBy(firstToken) : undefined;
  }

  /** The same for a token that may be a reference. */
  referenceBy(token: IResolvable): string | undefined {
    if (originOf(token) !== this.stack) return undefined;
    const resolved: unknown = token.resolve({ scope: this.stack, preparing: false, ...onlyScope });
    return typeof resolved === "string" && !holdsToken(resolved) ? terraformText(resolved) : undefined;
  }

  override resolveToken(...[token, ...rest]: Parameters<DefaultTokenResolver["resolveToken"]>): unknown {
    const originStack = originOf(token);
    if (originStack !== undefined && originStack !== this.stack)
      throw new Error(
        `${this.stack.node.id} refers to a construct of ${originStack.node.id}; publish an output in a contract and read that instead`,
      );
    return super.resolveToken(token, ...rest);
  }
}

/** The stack of the construct that a token refers to; `undefined` if it is no reference. */
const originOf = (token: IResolvable): TerraformStack | undefined =>
  (token as IResolvable & { readonly originStack?: TerraformStack }).originStack;

/** What a reference does not use of its context. */
const onlyScope: Pick<IResolveContext, "resolve" | "registerPostProcessor"> = {
  resolve: unexpected,
  registerPostProcessor: unexpected,
};

function unexpected(): never {
  throw new Error("a reference to an attribute refers to nothing else");
}
