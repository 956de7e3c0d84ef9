import { type CompletedCommand, withSubcommands } from "./command-tree";
import { type CompletionScript, quoted, takesValue, wordsAt } from "./completion-script";

/** What bash sources. */
export function bashScript({ name, folder, program }: CompletionScript): string {
  const all = withSubcommands(program);
  const paths = all.map(({ path }) => path).filter((path) => path !== "");
  return `${name}() { npm --prefix ${quoted(folder)} run --silent ecr -- "$@"; }

_${name}_completion() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" at="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
      ${paths.map(quoted).join(" | ")}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $previous" in
${all.flatMap(valueCases).join("\n")}
  esac
  case "$at" in
${all.map((command) => `    ${quoted(command.path)}) words=${quoted(wordsAt(command).join(" "))} ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _${name}_completion ${name}
`;
}

function valueCases({ path, options }: CompletedCommand): string[] {
  return options.filter(takesValue).map(({ names, value }) => {
    const patterns = names.map((name) => quoted(`${path} ${name}`)).join(" | ");
    const words =
      value === "file"
        ? "compgen -f"
        : typeof value === "string"
          ? ""
          : `compgen -W ${quoted(value.join(" "))}`;
    return `    ${patterns}) ${words === "" ? "" : `COMPREPLY=($(${words} -- "$current")); `}return ;;`;
  });
}
