import { type CompletedCommand, withSubcommands } from "./command-tree";
import { type CompletionScript, lastName, quoted, takesValue } from "./completion-script";

/** What zsh evaluates. Its variable `path` is that of the shell, so the place has another name. */
export function zshScript({ name, folder, program }: CompletionScript): string {
  const all = withSubcommands(program);
  const paths = all.map(({ path }) => path).filter((path) => path !== "");
  return `${name}() { npm --prefix ${quoted(folder)} run --silent ecr -- "$@"; }

_${name}_completion() {
  local at="" i
  local -a found options
  for ((i = 2; i < CURRENT; i++)); do
    case "$at/\${words[i]}" in
      (${paths.map(quoted).join("|")}) at="$at/\${words[i]}" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${all.flatMap(valueCases).join("\n")}
  esac
  case "$at" in
${all.map(placeCase).join("\n")}
  esac
  (( \${#found} )) && _describe command found
  _describe -o option options
}

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _${name}_completion ${name}
`;
}

function valueCases({ path, options }: CompletedCommand): string[] {
  return options.filter(takesValue).map(({ names, value }) => {
    const patterns = names.map((name) => quoted(`${path} ${name}`)).join("|");
    const words =
      value === "file"
        ? "_files; "
        : typeof value === "string"
          ? ""
          : `compadd -- ${value.map(quoted).join(" ")}; `;
    return `    (${patterns}) ${words}return ;;`;
  });
}

function placeCase({ path, commands, values, options }: CompletedCommand): string {
  const found = [
    ...commands.map((command) => described(lastName(command.path), command.description)),
    ...values.map(quoted),
  ];
  const flags = options.flatMap(({ names, description }) =>
    names.map((name) => described(name, description)),
  );
  return `    (${quoted(path)}) found=(${found.join(" ")}); options=(${flags.join(" ")}) ;;`;
}

const described = (name: string, description: string): string =>
  quoted(`${name}:${description.replaceAll("\\", "\\\\").replaceAll(":", "\\:")}`);
