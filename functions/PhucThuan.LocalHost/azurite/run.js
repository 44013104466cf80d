// Runs Azurite for as long as standard input is open: when LocalHost ends, even killed, Azurite ends and leaves its
// data whole.
"use strict";
const http = require("http");

// Azurite waits for its clients to hang up, and their connection pools keep connections for minutes.
const close = http.Server.prototype.close;
http.Server.prototype.close = function (callback) {
  const server = close.call(this, callback);
  this.closeAllConnections();
  return server;
};

// What it says while ending goes nowhere once LocalHost is gone; without these, that would end it before it has saved.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", () => {});
}

// Ctrl+C reaches every process of the terminal, but LocalHost still has visits to store and says when it is done.
process.on("SIGINT", () => {});
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
require("azurite/dist/src/azurite.js");
