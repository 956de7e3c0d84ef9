import { createConnection, createServer, type Socket } from "node:net";

/** Listens for other terminals. */
export interface Control {
  /** Those that have asked for the end learn that it has come. */
  close(): void;
}

/**
 * How other terminals reach a trial: a socket in its folder, which it listens on for as long as it lives. So a trial that
 * was killed is known by its silence, and not by a process ID that another program may have by now.
 *
 * @param path of the socket
 * @param end called when another terminal asks it to end
 */
export async function listenForEnd(path: string, end: () => void): Promise<Control> {
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    // Nobody has to stay until the end.
    connection.on("error", () => undefined).on("close", () => connections.delete(connection));
    connection.once("data", end);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  return {
    close() {
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

/** Whether a trial listens there. */
export function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(path);
    connection.on("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.on("error", () => resolve(false));
  });
}

/** Ask the trial that listens there to end, and wait until it has. @returns whether there was one */
export function askToEnd(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    let connected = false;
    const connection = createConnection(path);
    connection.on("connect", () => {
      connected = true;
      connection.write("down\n");
    });
    // It closes the connection when it ends. An error is the end of one that was killed meanwhile.
    connection.on("error", () => undefined).on("close", () => resolve(connected));
    connection.resume();
  });
}
