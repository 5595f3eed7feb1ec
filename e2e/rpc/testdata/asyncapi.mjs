// Reads the document of the orders. Its argument is the file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { readDocument } from "./document.mjs";

const document = await readDocument(await readFile(process.argv[2], "utf8"));

assert.equal(document.version(), "3.0.0");
assert.equal(document.info().title(), "Orders");
assert.deepEqual(document.servers().all().map((server) => server.url()), ["wss://example.com:8443/rpc"]);
const actions = Object.fromEntries(document.operations().all().map((operation) => [operation.id(), operation.action()]));
assert.deepEqual(actions, {
  "order.read": "receive", "order.place": "receive", "order.changed": "send", "order.confirm": "send",
});
const replies = Object.fromEntries(document.operations().all().map((operation) =>
  [operation.id(), operation.reply()?.messages().all().map((message) => message.name()) ?? []]));
assert.deepEqual(replies["order.read"], ["order.read.result", "error"]);
assert.deepEqual(replies["order.changed"], []);

const params = document.operations().get("order.read").messages().all()[0].payload().property("params");
assert.deepEqual(params.required(), ["number"]);
assert.equal(params.property("number").minimum(), 1);
assert.deepEqual(params.property("detail").enum(), ["short", "full", ""]);
assert.equal(params.property("detail").default(), "short");
assert.equal(params.property("code").pattern(), "^[A-Z]{2}(-|_)[0-9]+$");
assert.equal(params.property("code").maxLength(), 5);
const example = document.operations().get("order.read").messages().all()[0].examples().all()[0].payload();
assert.deepEqual(example.params, { number: 42, code: "AB-12" });
