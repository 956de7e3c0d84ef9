"use strict";

/** Modules that run when something of them is first used, because most programs use nothing of them. */

/**
 * A stand-in for what a module exports, be that an object or a function. Code that compilers add asks each module whether
 * it was written with `export`; that is answered without loading it.
 */
const loadedOnFirstUse = (request, load) =>
  new Proxy(() => undefined, {
    get: (_, name) => (name === "__esModule" ? !writtenWithoutExport.includes(request) : load()[name]),
    set: (_, name, value) => Reflect.set(load(), name, value),
    has: (_, name) => name in load(),
    ownKeys: () => Reflect.ownKeys(load()),
    getOwnPropertyDescriptor: (_, name) => {
      const found = Object.getOwnPropertyDescriptor(load(), name);
      // That of a proxy must be that of the function above, which has none, unless it can be changed.
      return found && { ...found, configurable: true };
    },
    apply: (_, self, parameters) => load().apply(self, parameters),
  });

/**
 * Provider bindings are large, and an environment uses only some of them. A binding does nothing but define its exports,
 * so the order makes no difference.
 */
const isBinding = (request) => request.startsWith("@cdktf/provider-aws/lib/");

/** Whether a file is one of those. */
const isBindingFile = (path) => /[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]/.test(path);

/** CDKTF's archives of assets, which no layer has. It loads 190 files, and one of them replaces functions of `node:fs`. */
const archiver = "archiver";

/**
 * Modules of Node.js that load many others: those that CDKTF needs for archives, for names that it makes up and to ask a
 * binary for its version, and, with `node:`, those of this project, which shortens long names and reads IP addresses.
 */
const builtIn = ["child_process", "crypto", "node:crypto", "node:net", "os"];

/** zod's messages in fifty languages. English ones are loaded by themselves. */
const messages = "../locales/index.cjs";

const writtenWithoutExport = [archiver, ...builtIn];

const isRarelyUsed = (request) => request === messages || writtenWithoutExport.includes(request);

module.exports = { isBinding, isBindingFile, isRarelyUsed, loadedOnFirstUse };
