import { Command } from "commander";
import { mustBeSigned } from "../../../environments/plan/image-gate";
import { repeatedOption } from "../../runner/repeated-option";
import { chosenRepository } from "../addresses/chosen-repository";
import type { GateTarget } from "../gate/gate-images";
import { targetNamed, targetsInFile } from "../gate/gate-targets";
import { reading } from "../reading";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import { type ImageSigning, signingJson, signingText } from "./signing-output";

interface StatusOptions extends VerbOptions {
  readonly image: readonly string[];
}

const help: VerbHelp = {
  notes: `Shows which signatures the registry has of exactly these digests: referrers of the Notary Project and cosign, and cosign's
tag sha256-<digest>.sig; whether ECR's managed signing is configured, and what it did with each image. Without --image, it looks at
every image that the file names for a consumer. It verifies nothing: use notation verify or cosign verify.
Permissions: ecr:BatchGetImage and DescribeImageSigningStatus on the repositories, GetSigningConfiguration on *.`,
  exitCodes: {
    0: "every image that must be signed is signed",
    2: "one is not: imageGate requires a signature of it",
    1: "something cannot be read",
    130: "stopped with Ctrl-C",
  },
  examples: ["--env prod", "--env prod --image web-app:v1.2.3 --json"],
};

/** `signing`: the signatures of images. @param setExitCode receives the exit code */
export function signingCommand(setExitCode: SetExitCode): Command {
  return new Command("signing").description("Look at the signatures of images.").addCommand(
    verb("status", "Show which images are signed, and how.", help, "signing")
      .addOption(
        repeatedOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI"),
      )
      .action((options: StatusOptions) =>
        reading(async (signal) => setExitCode(await status(options, signal))),
      ),
  );
}

async function status(options: StatusOptions, signal: AbortSignal): Promise<number> {
  const environment = chosenEnvironment(options);
  const targets =
    options.image.length === 0
      ? targetsInFile(environment)
      : options.image.map((named) => targetNamed(environment, named));
  const { AccountConnection } = await import("../account-connection.js");
  const { RepositoryReader } = await import("../images/repository-reader.js");
  const { isSignedOnPush, managedSigning, signingStatus } = await import("./signing-status.js");
  const account = await AccountConnection.open(environment);
  const rules = await managedSigning(account);
  const statusOf = async ({ label, repository, imageId }: GateTarget): Promise<ImageSigning> => {
    const chosen = chosenRepository(environment, { repository });
    return {
      ...{ label, required: mustBeSigned(environment, repository) },
      onPush: isSignedOnPush(rules, chosen.name),
      ...(await signingStatus(new RepositoryReader(account, chosen, signal), imageId)),
    };
  };
  const images: ImageSigning[] = [];
  for (const target of targets) images.push(await statusOf(target));
  writeResult(options, signingJson(environment, rules, images), () =>
    signingText(environment, rules, images),
  );
  if (images.some(({ digest }) => digest === undefined)) return 1;
  return images.some(({ required, signatures }) => required && signatures.length === 0) ? 2 : 0;
}
