// Reads a document from a server with the official parser, which must find no fault with it. Its
// argument is the address of the document and the operations that it must have, with commas between.
import assert from "node:assert/strict";
import parserModule from "@asyncapi/parser";

const { Parser } = parserModule;
const [address, ...operations] = process.argv[2].split(",");
const response = await fetch(address);
const { document, diagnostics } = await new Parser().parse(await response.text());
const faults = diagnostics.filter(({ code }) => code !== "asyncapi-latest-version");
assert.deepEqual(faults.map(({ code, message, path }) => ({ code, message, path: path.join(".") })), []);
assert.equal(document.version(), "3.0.0");
for (const operation of operations) assert.ok(document.operations().get(operation), `there is no ${operation}`);
