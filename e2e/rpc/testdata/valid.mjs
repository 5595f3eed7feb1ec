// Reads a document from a server with the official parser, which must find no fault with it. Its
// argument is the address of the document and the operations that it must have, with commas between.
import assert from "node:assert/strict";
import { readDocument } from "./document.mjs";

const [address, ...operations] = process.argv[2].split(",");
const response = await fetch(address);
const document = await readDocument(await response.text());
assert.equal(document.version(), "3.0.0");
for (const operation of operations) assert.ok(document.operations().get(operation), `there is no ${operation}`);
