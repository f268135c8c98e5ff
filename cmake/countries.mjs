// node cmake/countries.mjs > src/deals/countries.inc
//
// The names of countries: the codes that ISO 3166-1 assigns, as the tz database lists them (public
// domain), with the English names of Unicode's CLDR, which node bears (Unicode License v3).

import { readFileSync } from "node:fs";

const codes = readFileSync("/usr/share/zoneinfo/iso3166.tab", "utf8")
  .split("\n")
  .filter((line) => /^[A-Z]{2}\t/.test(line))
  .map((line) => line.slice(0, 2))
  .sort();
const names = new Intl.DisplayNames("en", { type: "region" });
console.log(`// By cmake/countries.mjs. Names: Unicode CLDR ${process.versions.cldr}, copyright Unicode, Inc.,
// under the Unicode License v3, https://www.unicode.org/license.txt. Codes: tzdata, public domain.`);
for (const code of codes) {
  console.log(`{"${code}", "${names.of(code)}"},`);
}
