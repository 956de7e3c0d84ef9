/** What the simulated Terraform does at each command, in shell. */
export interface Simulation {
  /** At `plan`, with the stack's name in `$stack`; ends with its exit code, 2 with changes. @default "exit 0" */
  readonly plan?: string;
  /** What `output -json` prints. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What `state pull` prints. @default - nothing, as if there were no state */
  readonly state?: unknown;
}

/** Shell for the recorder: `init` leaves in the stack's folder what Terraform does, and no command needs AWS. */
export function simulated({ plan = "exit 0", outputs = {}, state }: Simulation = {}): string {
  return `folder="\${1#-chdir=}"
stack="\${folder##*/}"
case "$2" in
init) mkdir -p "$folder/.terraform"; echo '{"version":3}' > "$folder/.terraform/terraform.tfstate"
  echo "# lock" > "$folder/.terraform.lock.hcl"; exit 0;;
output) echo '${JSON.stringify(outputs)}'; exit 0;;
plan) ${plan};;
state) ${state === undefined ? "" : `test "$3" = pull && echo '${JSON.stringify(state)}'; `}exit 0;;
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
  ].map((name) => [name, { value: name }]),
);

/** The stacks of the development environment without the bootstrap, in the order of deployment. */
export const devStacks = ["security-dev", "network-dev", "registry-123456789012-us-east-1", "compute-dev"];
