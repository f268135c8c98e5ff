// check.mjs MATERIAL OPERATIONS_TESTS SCENARIO…
//
// Every call and answer recorded in the tests must keep to its schema, and must not once one
// thing in it is broken. What is free JSON by contract is the only place where nothing is broken.

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

// Where schemas may leave a value free: the definition or operation, and the field.
const freeByContract = new Set([
  "Difference/after",
  "Difference/before",
  "Event/details",
  "KeptResource/members",
  "KeptResourceInput/members",
  "ingestion.read/document",
  "ingestion.write/document",
  "offers.check/offer",
]);

// One of each JSON type. The arrays and objects are none that a document could have.
const strangers = [true, 7.5, "\u0007 neither id nor word", [[7]], { "no such field": 7 }];
const typeOf = (value) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

const ajv = new Ajv2020({ strict: true });

/** A schema with what it refers to; compiled once. */
class Judge {
  #definitions;
  #compiled = new Map();

  constructor(definitions) {
    this.#definitions = definitions;
  }

  accepts(schema, value) {
    if (!this.#compiled.has(schema)) {
      this.#compiled.set(schema, ajv.compile({ ...schema, $defs: this.#definitions }));
    }
    return this.#compiled.get(schema)(value);
  }

  errors(schema) {
    return ajv.errorsText(this.#compiled.get(schema).errors);
  }

  /** The object schema, list schema or other that speaks of this value, and its name. */
  resolve(schema, value, name) {
    if (schema.$ref) {
      const defined = schema.$ref.replace("#/$defs/", "");
      return this.resolve(this.#definitions[defined], value, defined);
    }
    if (schema.anyOf) {
      const branch = schema.anyOf.find((one) => this.accepts(one, value));
      return this.resolve(branch, value, name);
    }
    return [schema, name];
  }
}

/** What is no such value: of another type, out of bounds, not one of the words. */
function* strangersTo(value, schema) {
  const others = strangers.filter((other) => typeOf(other) !== typeOf(value));
  // A null says nothing of what could stand in its place, but that it is no such list or object.
  yield* value === null ? others.filter((other) => typeof other === "object") : others;
  if (typeof value === "number") {
    yield* [0.5, 1e30, -1e30];
    // Beyond the safe integers the next one is the same.
    yield* [schema.minimum - 1, schema.maximum + 1].filter(Number.isSafeInteger);
  }
  if (typeof value === "string") {
    yield* schema.enum || schema.const || schema.pattern ? [value + "\u0007", ""] : [];
    yield* schema.minLength ? [""] : [];
    yield* schema.maxLength ? ["x".repeat(schema.maxLength + 1)] : [];
  }
  if (typeOf(value) === "array" && schema.minItems) {
    yield [];
  }
}

/** All indexes of a list; of a long one those at its ends, since all of its elements are alike. */
function indexesOf(list) {
  const indexes = [...list.keys()];
  return indexes.length <= 1000 ? indexes : [...indexes.slice(0, 3), ...indexes.slice(-3)];
}

/** Breaks one thing after the other inside `holder[key]`, and says what is broken just now. */
function* breakages(judge, schema, holder, key, name, pointer) {
  const value = holder[key];
  const [own, ownName] = judge.resolve(schema, value, name);
  for (const stranger of strangersTo(value, own)) {
    holder[key] = stranger;
    yield `${pointer} is ${JSON.stringify(stranger)}`;
  }
  if (typeOf(value) === "object") {
    holder[key] = { ...value, "no such field": 7 };
    yield `${pointer} has an unknown field`;
    for (const field of own.required ?? []) {
      const { [field]: _, ...rest } = value;
      holder[key] = rest;
      yield `${pointer}/${field} is missing`;
    }
  }
  holder[key] = value;
  if (typeOf(value) === "object") {
    for (const field of Object.keys(value)) {
      if (!freeByContract.has(`${ownName}/${field}`)) {
        const inner = own.properties?.[field] ?? own.additionalProperties ?? {};
        yield* breakages(judge, inner, value, field, ownName, `${pointer}/${field}`);
      }
    }
  }
  if (typeOf(value) === "array") {
    for (const index of indexesOf(value)) {
      yield* breakages(judge, own.items ?? {}, value, index, ownName, `${pointer}/${index}`);
    }
  }
}

let accepted = 0;
let rejected = 0;
const failures = new Set();

function check(judge, schema, value, name) {
  if (!judge.accepts(schema, value)) {
    failures.add(`${name} is rejected: ${judge.errors(schema)}\n    ${JSON.stringify(value)}`);
    return;
  }
  accepted += 1;
  const holder = { value };
  for (const what of breakages(judge, schema, holder, "value", name, "")) {
    if (judge.accepts(schema, holder.value)) {
      failures.add(`${name} is accepted where ${what.replace(/\/\d+/g, "/*")}`);
    }
    rejected += 1;
  }
}

function linesOf(text) {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

const [material, tests, ...scenarios] = process.argv.slice(2);
const recording = "recording.jsonl";
rmSync(recording, { force: true });
execFileSync(tests, { env: { ...process.env, LICET_RECORDING: recording }, stdio: "ignore" });
const [all, ...rest] = linesOf(execFileSync(material, scenarios, { maxBuffer: 1 << 30 }).toString());
const calls = rest
  .filter((line) => line.operation)
  .concat(linesOf(readFileSync(recording, "utf8")));

// Each operation: both its schemas compile, and a call of it was recorded.
const judge = new Judge(all.$defs);
const operations = new Map(all.operations.map((operation) => [operation.name, operation]));
const recorded = new Set(calls.map((call) => call.operation));
for (const { name, arguments: taken, answer } of all.operations) {
  judge.accepts(taken, null);
  judge.accepts(answer, null);
  if (!recorded.has(name)) {
    failures.add(`${name} was never called`);
  }
}

const seen = new Set();
for (const call of calls) {
  const operation = operations.get(call.operation);
  if (!operation) {
    failures.add(`${call.operation} is not described`);
    continue;
  }
  for (const side of ["arguments", "answer"]) {
    const text = call.operation + side + JSON.stringify(call[side]);
    if (!seen.has(text)) {
      seen.add(text);
      check(judge, operation[side], call[side], call.operation);
    }
  }
}

// Each document by itself takes what is answered under its name; a group is all that groups.get answers.
const documents = new Map(rest.filter((line) => line.document).map((line) => [line.document, line.schema]));
for (const [name, schema] of documents) {
  const { $defs, ...own } = schema;
  const alone = new Judge($defs);
  alone.accepts(own, null);
  const answered = calls
    .map((call) => (name !== "group" ? call.answer[name] : call.operation === "groups.get" && call.answer))
    .filter(Boolean);
  for (const text of new Set(answered.map((document) => JSON.stringify(document)))) {
    check(alone, own, JSON.parse(text), name);
  }
}

const { $defs: configParts, ...config } = documents.get("config");
const configs = scenarios.map((file) => JSON.parse(readFileSync(file, "utf8").split("\n")[0]).config);
configs.push(
  { path: "fabrikam.db", store: "sqlite", staleness_max_ms: 0, exclusive: true, timeout_ms: 10000 },
  { policy: "microsoft365", faults: { seed: 1, conflicts: 100 } },
  { policy: { overage: { percent: "12.5" }, lowering: "reject", usd_rates: { EUR: "1.10" } } },
);
for (const one of configs) {
  check(new Judge(configParts), config, { store: "memory", ...one }, "config");
}

for (const failure of [...failures].slice(0, 40)) {
  console.log(failure);
}
console.log(
  `${operations.size} operations, ${documents.size} documents: ` +
    `${accepted} calls and answers accepted, ${rejected} broken ones tried, ${failures.size} failures`,
);
process.exitCode = failures.size > 0 ? 1 : 0;
