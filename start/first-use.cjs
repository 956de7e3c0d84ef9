"use strict";

/** Modules that run when something of them is first used, because most programs use nothing of them. */

/**
 * A stand-in for what a module exports, be that an object or a function. Compilers add code that asks whether a module
 * was written with `export`, which is no use of it. All these modules were.
 */
const loadedOnFirstUse = (load) =>
  new Proxy(() => undefined, {
    get: (_, name) => name === "__esModule" || load()[name],
    apply: (_, self, parameters) => load().apply(self, parameters),
  });

/**
 * Provider bindings are large, and an environment uses only some of them. A binding does nothing but define its exports,
 * so the order makes no difference.
 */
const isBinding = (request) => request.startsWith("@cdktf/provider-aws/lib/");

/** Whether a file is one of those. */
const isBindingFile = (path) => /[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]/.test(path);

/**
 * - CDKTF's archives of assets, which no layer has. `archiver` loads 190 files, and one of them replaces functions of
 *   `node:fs`.
 * - The processes that CDKTF starts to copy assets. The project's own code writes `node:child_process`.
 * - zod's messages in fifty languages. English ones are loaded by themselves.
 */
const rarelyUsed = new Set(["archiver", "child_process", "../locales/index.cjs"]);
const isRarelyUsed = (request) => rarelyUsed.has(request);

module.exports = { isBinding, isBindingFile, isRarelyUsed, loadedOnFirstUse };
