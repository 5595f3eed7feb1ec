// Reads the text of a document with the official parser, which must find no fault with it.
import assert from "node:assert/strict";
import parserModule from "@asyncapi/parser";

export async function readDocument(text) {
  const { document, diagnostics } = await new parserModule.Parser().parse(text);
  const faults = diagnostics.filter(({ code }) => code !== "asyncapi-latest-version");
  assert.deepEqual(faults.map(({ code, message, path }) => ({ code, message, path: path.join(".") })), []);
  assert.ok(document, "there is no document");
  return document;
}
