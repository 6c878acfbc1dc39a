#!/usr/bin/env node
// Starts the program that npm installed for this machine. Its status is the program's, and signals
// reach it.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const path = require("node:path");

const NAME = "autopilot-lint";
// As for every other reason why nothing could be checked.
const FAILED = 2;

// The packages that have a program for this machine, the best first.
function candidates() {
  const platform = `@${NAME}/${process.platform}-${process.arch}`;
  if (process.platform !== "linux") {
    return [platform];
  }
  // The program for musl needs no C library at all.
  const musl = `${platform}-musl`;
  // Looks up no names of network interfaces, which takes seconds in some networks.
  process.report.excludeNetwork = true;
  const { header } = process.report.getReport();
  return header.glibcVersionRuntime ? [platform, musl] : [musl];
}

function program() {
  const file = process.platform === "win32" ? `${NAME}.exe` : NAME;
  for (const candidate of candidates()) {
    try {
      return path.join(path.dirname(require.resolve(`${candidate}/package.json`)), file);
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
      }
    }
  }
  return undefined;
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = FAILED;
}

function run(file) {
  const child = spawn(file, process.argv.slice(2), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => fail(`${file} cannot be run: ${error.code}`));
  child.on("exit", (status, signal) => {
    if (signal === null) {
      process.exitCode = status;
      return;
    }
    // Ends as the program did, so that who started it sees the same.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // A signal that this process outlives.
    process.exitCode = 128 + constants.signals[signal];
  });
}

const file = program();
if (file === undefined) {
  const { optionalDependencies } = require("./package.json");
  const [wanted] = candidates();
  fail(
    wanted in optionalDependencies
      ? `${wanted} is not installed; install ${NAME} again on this machine, without --omit=optional`
      : `there is no ${NAME} for this machine: ${wanted}`,
  );
} else {
  run(file);
}
