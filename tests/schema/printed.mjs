// printed.mjs LICET
//
// What the program prints is what others read: each JSON Schema compiles as it is printed, and
// what lint writes as SARIF keeps to the schema of SARIF 2.1.0, as Microsoft's own tools carry it.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [licet] = process.argv.slice(2);
const failures = [];

function expect(holds, what) {
  if (!holds) {
    failures.push(what);
  }
}

function print(...words) {
  const ran = spawnSync(licet, words, { encoding: "utf8", maxBuffer: 1 << 30 });
  expect(ran.status === 0 || ran.status === 1, `licet ${words.join(" ")}: ${ran.stderr}`);
  return ran.stdout;
}

function compile(schema, name) {
  try {
    new Ajv2020({ strict: true }).compile(schema);
  } catch (error) {
    failures.push(`${name}: ${error.message}`);
  }
}

const documents = print("schema").split("\n").filter(Boolean);
for (const name of documents) {
  compile(JSON.parse(print("schema", name)), name);
}
const { operations, $defs } = JSON.parse(print("operations", "--format", "json"));
for (const { name, arguments: taken, answer } of operations) {
  compile({ ...taken, $defs }, `the arguments of ${name}`);
  compile({ ...answer, $defs }, `the answer of ${name}`);
}
expect(documents.length > 0 && operations.length > 0, "there are documents and operations");

const sarif = readFileSync("node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json", "utf8");
const judge = addFormats(new Ajv2020({ strict: false })).compile(JSON.parse(sarif));

const good = {
  publisher: "fabrikam", id: "f365", alias: "Fabrikam 365",
  setup: { license_management: true, require_license_for_install: true },
  listing: { name: "Fabrikam 365" },
  technical: { base_license_model: "user", package_url: "https://fabrikam.example/a.zip" },
  plans: [{ id: "bronze", name: "Bronze", apps: ["crf36_BronzeApp"] }],
};
const files = {
  "good.json": JSON.stringify(good),
  "all wrong, 100 % of \u00e4.json": JSON.stringify(
    { ...good, id: "F 365", alias: "", "a/b~": "\n", plans: [{ id: "a", name: "\u{1f600}", apps: ["x y"] }] }, null, 2),
  "no.json": "{",
  "empty.json": "",
  "definition.csv": "ServiceID,Display name,More info URL\nfabrikam.f365.tin,Tin,x\nfabrikam.f365,\"open\n",
  "mapping.csv": "Service ID,Component name\nfabrikam.f365.zinc,An App\n",
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(name, text);
}
const plans = ["definition.csv", "mapping.csv"];
const runs = [["good.json"], [resolve("good.json"), resolve("no.json")], plans, [...Object.keys(files)]];
let results = 0;
for (const names of runs) {
  const log = JSON.parse(print("lint", ...names, "--format", "sarif"));
  expect(judge(log), `SARIF of ${names}: ${JSON.stringify(judge.errors)}`);
  results += log.runs[0].results.length;
  for (const { message, ...rest } of log.runs[0].results) {
    expect(!judge({ ...log, runs: [{ ...log.runs[0], results: [rest] }] }), "a result must say something");
  }
}
expect(results > 10, `only ${results} results were judged`);

for (const failure of failures.slice(0, 40)) {
  console.log(failure);
}
console.log(
  `${documents.length} documents, ${operations.length} operations, ${results} results in SARIF: ` +
    `${failures.length} failures`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
