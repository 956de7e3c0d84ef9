/** What the simulated Terraform does at each command, in shell. */
export interface Simulation {
  /** At `plan`, with the stack's name in `$stack`; ends with its exit code, 2 with changes. @default "exit 0" */
  readonly plan?: string;
  /** What `output -json` prints. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Shell for the recorder: `init` leaves in the stack's folder what Terraform does, and no command needs AWS. */
export function simulated({ plan = "exit 0", outputs = {} }: Simulation = {}): string {
  return `folder="\${1#-chdir=}"
stack="\${folder##*/}"
case "$2" in
init) mkdir -p "$folder/.terraform"; echo '{"version":3}' > "$folder/.terraform/terraform.tfstate"
  echo "# lock" > "$folder/.terraform.lock.hcl"; exit 0;;
output) echo '${JSON.stringify(outputs)}'; exit 0;;
plan) ${plan};;
state) exit 0;;
show) echo '{"format_version":"1.0"}'; exit 0;;
destroy) exit 0;;
esac`;
}

/** What the development environment's stacks read from each other. */
export const devOutputs = Object.fromEntries(
  [
    "logs_kms_key_arn",
    "secrets_kms_key_arn",
    "secret_arns",
    "ecs_execution_role_arn",
    "ecs_task_role_arns",
    "lambda_role_arns",
    "ecr_kms_key_arn",
    "vpc_id",
    "vpc_cidr_block",
    "private_subnet_ids",
    "public_subnet_ids",
  ]
    .map((name): [string, { value: unknown }] => [name, { value: name }])
    .concat([["contract_version", { value: 1 }]]),
);

/** The stacks of the development environment without the bootstrap, in the order of deployment. */
export const devStacks = ["security-dev", "network-dev", "registry-123456789012-us-east-1", "compute-dev"];
