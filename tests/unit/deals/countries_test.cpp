#include "deals/countries.hpp"

#include <doctest/doctest.h>

using licet::Country;
using licet::country_name;

namespace {

std::string_view name(std::string_view code) { return country_name(Country::parse(code).value()); }

}  // namespace

TEST_CASE("a country is named in English, the first and the last of the table too") {
    CHECK(name("US") == "United States");
    CHECK(name("DE") == "Germany");
    CHECK(name("CI") == "Côte d’Ivoire");
    CHECK(name("AD") == "Andorra");
    CHECK(name("ZW") == "Zimbabwe");
}

TEST_CASE("a code that stands for no country has no name") {
    CHECK(name("AA").empty());
    CHECK(name("ZZ").empty());
    CHECK(country_name(Country()).empty());
}

TEST_CASE("as many countries have a name as ISO 3166-1 has codes") {
    int named = 0;
    for (char first = 'A'; first <= 'Z'; ++first) {
        for (char second = 'A'; second <= 'Z'; ++second) {
            named += name(std::string{first, second}).empty() ? 0 : 1;
        }
    }
    CHECK(named == 249);
}
