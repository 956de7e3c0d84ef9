import "../exit-guard";
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { type DiagramFormat, diagram, diagramFormats } from "./diagram/pictures";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { projectStacks } from "./runner/project-stacks";
import { environmentNamed } from "./runner/selection";

interface DiagramOptions {
  readonly format: DiagramFormat;
  readonly out?: string;
}

const help: CommandHelp = {
  notes: `Calls neither AWS nor Terraform. SVG has the stacks, their main resources and the outputs that they read from each other;
Markdown has the same as Mermaid, and a list of the repositories.`,
  exitCodes: { 0: "it is drawn", 1: "it cannot be drawn" },
  examples: ["prod --out prod.md", "prod --format svg --out prod.svg"],
};

/** `npm run diagram -- prod`: a picture of the stacks of an environment, and its repositories. */
run(async () => {
  const program = new Command("diagram")
    .description("Draw the stacks of an environment.")
    .argument("<environment>", "environment, e.g. prod")
    .addOption(new Option("--format <format>", "what to write").choices(diagramFormats).default("markdown"))
    .option("--out <file>", "write to a file instead of the terminal")
    .addHelpText("after", commandHelp("diagram", help))
    .action(async (name: string, { format, out }: DiagramOptions) => {
      const project = listedProject();
      const environment = environmentNamed(name, project.environments);
      const { environments } = project;
      const text = await diagram(format, environment, { environments, stacks: projectStacks(project) });
      if (out === undefined) process.stdout.write(text);
      else writeFileSync(out, text);
    });
  await parseCommands(program, process.argv);
  return 0;
});
