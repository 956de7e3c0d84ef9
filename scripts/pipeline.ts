import "../exit-guard";
import { Command } from "commander";
import { commentCommand } from "./pipeline/comment-command";
import { driftIssueCommand } from "./pipeline/drift-command";
import { environmentsCommand, imageCommand, roleCommand } from "./pipeline/environment-commands";
import { changesCommand, sameReviewCommand } from "./pipeline/review-commands";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run pipeline -- <command>`: what the pipelines for GitHub and GitLab do besides planning and deploying. */
run(async () => {
  const program = new Command("pipeline").description(
    "Steps of pipelines: which roles they assume, whether a review is the approved one, comments and issues.",
  );
  program.addCommand(environmentsCommand());
  program.addCommand(roleCommand());
  program.addCommand(imageCommand());
  program.addCommand(changesCommand());
  program.addCommand(sameReviewCommand());
  program.addCommand(commentCommand());
  program.addCommand(driftIssueCommand());
  await parseCommands(program, process.argv);
  return 0;
});
