"use strict";

/**
 * Synthesize the compiled project with other packages in place of those that it imports.
 *
 * Standard input is JSON: `build`, the folder with the compiled project; `outdir`; `environments`, inputs of
 * `defineEnvironment` to add to the shipped ones; `packages`, the names to replace, each with the name of a package
 * that is installed beside this file.
 */
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

const { build, outdir, environments, packages } = JSON.parse(readFileSync(0, "utf8"));

// The bindings import cdktf too, so renaming imports in the project's own files would not be enough.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolve(request, parent, isMain, options) {
  const replaced = Object.keys(packages).find((name) => request === name || request.startsWith(`${name}/`));
  if (replaced === undefined) return resolveFilename.call(this, request, parent, isMain, options);
  const replacement = packages[replaced] + request.slice(replaced.length);
  return resolveFilename.call(this, replacement, parent, isMain, { paths: [__dirname] });
};

const { buildApp } = require(join(build, "app.js"));
const { loadProject } = require(join(build, "environments", "load.js"));
const { definitions } = require(join(build, "environments", "all.js"));
const { defineEnvironment } = require(join(build, "environments", "environment.js"));

const added = environments.map((input) => [`environments/${input.name}.ts`, defineEnvironment(input)]);
const project = loadProject({ ...definitions, ...Object.fromEntries(added) }, {});
buildApp(project, outdir).synth();
