// Reads the document of types and rules that are seldom seen. Its argument is the file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { readDocument } from "./document.mjs";

const document = await readDocument(await readFile(process.argv[2], "utf8"));

const operation = document.operations().get("odd");
const params = operation.messages().all()[0].payload().property("params");
assert.deepEqual(params.property("tags").items().enum(), ["a", "b"]);
assert.equal(params.property("tags").enum(), undefined);
assert.equal(params.property("least").minLength(), undefined);
assert.deepEqual(params.property("kind").enum(), ["a", "b", ""]);
assert.equal(params.property("count").maxLength(), undefined);
assert.equal(params.property("count").type(), "integer");

const reply = operation.reply().messages().all().find((message) => message.name() === "odd.result");
const [result, nothing] = reply.payload().property("result").oneOf();
assert.equal(nothing.type(), "null");
assert.equal(result.property("count").type(), "string");
assert.deepEqual(result.property("tags").oneOf().map((one) => one.type()), ["array", "null"]);
assert.equal(result.property("branches").oneOf()[0].type(), "object");
