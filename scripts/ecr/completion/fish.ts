import { type CompletedCommand, withSubcommands } from "./command-tree";
import { type CompletionScript, lastName } from "./completion-script";

/** What fish sources. */
export function fishScript({ name, folder, program }: CompletionScript): string {
  const all = withSubcommands(program);
  const paths = all.map(({ path }) => path).filter((path) => path !== "");
  return `function ${name}
    npm --prefix ${quoted(folder)} run --silent ecr -- $argv
end

function __${name}_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at/$word"
            case ${paths.map(quoted).join(" ")}
                set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end

complete -c ${name} -e
complete -c ${name} -f
${all.flatMap((command) => lines(name, command)).join("\n")}
`;
}

function lines(name: string, { path, commands, values, options }: CompletedCommand): string[] {
  const at = `complete -c ${name} -n ${quoted(`__${name}_at ${path === "" ? "''" : path}`)}`;
  return [
    ...commands.map((one) => `${at} -a ${quoted(lastName(one.path))} -d ${quoted(one.description)}`),
    ...(values.length === 0 ? [] : [`${at} -a ${quoted(values.join(" "))}`]),
    ...options.map(({ names, description, value }) => {
      const flags = names.map((flag) =>
        flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const takes =
        value === "none"
          ? ""
          : value === "file"
            ? " -r -F"
            : ` -x${typeof value === "string" ? "" : ` -a ${quoted(value.join(" "))}`}`;
      return `${at} ${flags.join(" ")}${takes} -d ${quoted(description)}`;
    }),
  ];
}

/** A text that fish reads as it is: a backslash counts in single quotes too. */
const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
