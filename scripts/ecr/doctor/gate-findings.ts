import { type Consumer, describeConsumer } from "../../../environments/plan/consumers";
import { wantedPlatforms } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { isGated } from "../gate/gate-before-deploy";
import { gateImages } from "../gate/gate-images";
import type { ImageId } from "../image/image-id";
import { type FoundState, note } from "./finding";

/**
 * What the environment's gate says of the image of a consumer: nothing if it passes. `undefined` if the environment has no gate.
 *
 * @param label of the image, e.g. `web-app:v1.2.3`
 * @throws CommandError when AWS refuses a request
 */
export async function gateFindings(
  account: AccountConnection,
  consumer: Consumer,
  { label, imageId }: { readonly label: string } & Pick<ImageId, "imageId">,
): Promise<FoundState[] | undefined> {
  const { environment } = account;
  if (!isGated(environment)) return undefined;
  const { repository } = consumer.options.image;
  const question = { account, environment, gate: environment.imageGate, timeout: 0 };
  const results = await gateImages({ ...question, signal: new AbortController().signal }, [
    { label, repository, imageId, wanted: wantedPlatforms([consumer]) },
  ]);
  for (const { failure } of results) if (failure !== undefined) throw new CommandError(failure);
  return results.flatMap(({ problems }) =>
    problems.map(({ kind, text }) =>
      note(
        `The image of ${describeConsumer(consumer)} ${kind === "refused" ? "is refused" : "cannot be judged"} by imageGate: it ${text}.`,
        `npm run ecr -- gate --env ${environment.name} --image ${label}`,
      ),
    ),
  );
}
