import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";

/** What Docker does, in place of it. @param args after `docker` */
export type Docker = (args: readonly string[]) => Promise<void>;

/** Programs that a job finds before those of the machine. */
export interface StubPrograms {
  readonly variables: { readonly PATH: string };
  /** Arguments of every start of Docker so far. */
  readonly docker: readonly string[];
  close(): Promise<void>;
}

/**
 * Stands for Docker, which builds nothing here, and for the AWS CLI, whose password nobody asks for.
 *
 * @param folder where the programs are written
 */
export async function stubPrograms(folder: string, act: Docker): Promise<StubPrograms> {
  const started: string[] = [];
  const server = await listening(async (args) => {
    started.push(args.join(" "));
    await act(args);
  });
  const path = process.env["PATH"] ?? "";
  const { port } = server.address() as AddressInfo;
  const ask = `fetch("http://127.0.0.1:${port}", { method: "POST", body: JSON.stringify(process.argv.slice(1)) }).then(async (answer) => { if (!answer.ok) { console.error(await answer.text()); process.exitCode = 1; } })`;
  mkdirSync(folder, { recursive: true });
  write(folder, "docker", `exec '${process.execPath}' -e '${ask}' -- "$@"`);
  write(folder, "aws", "echo password");
  return {
    variables: { PATH: `${folder}${delimiter}${path}` },
    docker: started,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function write(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

async function listening(act: Docker): Promise<Server> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    try {
      await act(JSON.parse(text));
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The variables of a dotenv report, which GitLab gives to the jobs that need the job. */
export const dotenv = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
