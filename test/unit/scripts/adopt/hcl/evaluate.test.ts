import { expect, test } from "vitest";
import { evaluateBody, type Scope } from "../../../../../scripts/adopt/hcl/evaluate";
import { parseBody } from "../../../../../scripts/adopt/hcl/syntax";
import { placed, plain, unknownsIn } from "../../../../../scripts/adopt/hcl/value";

const known: Readonly<Record<string, unknown>> = {
  "var.environment": "prod",
  "var.tags": { team: "web", list: [{ name: "a" }] },
  "data.aws_caller_identity.current.account_id": "111122223333",
};

const scope: Scope = (name, place) => (name in known ? placed(known[name], place) : undefined);

const evaluated = async (text: string) => evaluateBody(await parseBody("x.tfvars", text), scope);

test("values are those of Terraform", async () => {
  const value = await evaluated(`
text     = "a\\"b \${"c"} $\${d} \\u00e9"
number   = -1.5
nothing  = null
"quoted" = true // a comment
list     = [1, "two", [3],]
heredoc  = <<EOT
{"a": "$\${x}"}
EOT
indented = <<-EOT
    one
      two
    EOT
json     = jsonencode({ a = [1, null] })
same     = var.environment == "prod" && contains(["prod", "uat"], var.environment)
chosen   = var.environment != "prod" ? "no" : "yes"
merged   = merge({ a = 1, b = 1 }, { b = 2 })
both     = concat(["a"], tolist(["b"]))
joined   = join("-", [upper("a"), var.tags.team, var.tags["list"][0].name])
(var.environment) = format("%s-%d%%", "x", 1 + 2)
account  = data.aws_caller_identity.current.account_id
`);

  expect(unknownsIn(value)).toEqual([]);
  expect(plain(value)).toEqual({
    text: 'a"b c ${d} é',
    number: -1.5,
    nothing: null,
    quoted: true,
    list: [1, "two", [3]],
    heredoc: '{"a": "${x}"}\n',
    indented: "one\n  two\n",
    json: '{"a":[1,null]}',
    same: true,
    chosen: "yes",
    merged: { a: 1, b: 2 },
    both: ["a", "b"],
    joined: "A-web-a",
    prod: "x-3%",
    account: "111122223333",
  });
});

test("what is not known has its place and its reason, and nothing around it is lost", async () => {
  const value = await evaluated(`a = 1
b = { c = var.missing, d = 2, (local.k) = 3 }
e = file("x.json")
f = [for x in [1] : x]
g = "x-\${var.missing}"
h = merge({ i = 1 }, local.more)
`);

  expect(plain(value)).toEqual({ a: 1, b: { d: 2 }, h: { i: 1 } });
  expect(unknownsIn(value).map(({ place, source, reason }) => `${place.line} ${source}: ${reason}`)).toEqual([
    "2 local.k: local.k has no value in these files",
    "2 var.missing: var.missing has no value in these files",
    '3 file("x.json"): file() is not evaluated',
    "4 [for x in [1] : x]: a loop is not evaluated",
    '5 "x-${var.missing}": var.missing has no value in these files',
    "6 local.more: local.more has no value in these files",
  ]);
});

test("what is no HCL is refused with its line", async () => {
  await expect(parseBody("x.tfvars", "a = 1\nb = [\nc = 2\n", 10)).rejects.toMatchObject({
    place: { file: "x.tfvars", line: 12 },
  });
});
