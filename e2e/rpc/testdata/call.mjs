// Talks to a server with json-rpc-2.0 over ws. Its argument is the URL.
import assert from "node:assert/strict";
import { JSONRPCClient, JSONRPCServer, JSONRPCServerAndClient } from "json-rpc-2.0";
import WebSocket from "ws";

const socket = new WebSocket(process.argv[2]);
const peer = new JSONRPCServerAndClient(
  new JSONRPCServer(),
  new JSONRPCClient((request) => socket.send(JSON.stringify(request))),
);
socket.on("message", (data) => peer.receiveAndSend(JSON.parse(data.toString())));
await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

const changed = new Promise((resolve) => peer.addMethod("order.changed", resolve));
peer.addMethod("order.confirm", ({ lines }) => ({ yes: lines === 2 }));

const read = await peer.request("order.read", { number: 42 });
assert.deepEqual([read.number, read.detail, read.lines], [42, "short", []]);
assert.equal((await peer.request("order.read", [42, "full"])).detail, "full");

const placed = await peer.request("order.place", { mail: "ann@example.com", lines: ["a", "b"] });
assert.deepEqual(await changed, placed);

const refused = (request) => request.then(() => assert.fail("it was not refused"), (error) => error);
assert.equal((await refused(peer.request("order.burn"))).code, -32601);
assert.equal((await refused(peer.request("order.read", { number: 404 }))).code, 65);
const failed = await refused(peer.request("order.place", { mail: "nobody", lines: ["a"] }));
assert.equal(failed.code, 51);
assert.deepEqual(Object.keys(failed.data), ["mail"]);

// Many calls at once, each answered for itself.
const numbers = Array.from({ length: 200 }, (_, i) => i + 1000);
const answers = await Promise.all(numbers.map((number) => peer.request("order.read", { number })));
assert.deepEqual(answers.map((answer) => answer.number), numbers);

socket.close();
