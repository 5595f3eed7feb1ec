// The echo of Node's ws, as its README does it. Started by the benchmark, which
// reads the address from the first line and writes commands to standard input.
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";

const { values } = parseArgs({
  options: {
    deflate: { type: "boolean", default: false },
    cert: { type: "string" },
    key: { type: "string" },
  },
});

const server = values.cert
  ? createSecureServer({ cert: readFileSync(values.cert), key: readFileSync(values.key) })
  : createServer();

const sockets = new WebSocketServer({ server, perMessageDeflate: values.deflate });
sockets.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
});

server.listen(0, "127.0.0.1", () => console.log(`listening 127.0.0.1:${server.address().port}`));

const commands = createInterface({ input: process.stdin });
commands.on("line", (line) => {
  if (line !== "gc") {
    console.error(`no such command: ${line}`);
    process.exit(1);
  }
  globalThis.gc();
  globalThis.gc();
  console.log("collected");
});
commands.on("close", () => process.exit(0));
