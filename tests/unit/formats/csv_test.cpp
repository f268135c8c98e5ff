#include "formats/csv.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "unit/catalog/samples.hpp"

using licet::Cell;
using licet::FileReport;
using licet::Findings;
using licet::formats::append_csv_row;
using licet::formats::CsvReader;
using licet::samples::lines;

namespace {

/// A file, read whole.
struct Table {
    explicit Table(std::string text_in) : text(std::move(text_in)) {
        FileReport report("csv");
        CsvReader reader(text, unescaped, report);
        std::vector<Cell> row;
        while (reader.next(row)) {
            rows.push_back(row);
        }
        whole = reader.is_whole();
        Findings findings;
        report.tell(findings);
        found = lines(findings.all());
    }

    std::string text;
    std::deque<std::string> unescaped;
    std::vector<std::vector<Cell>> rows;
    bool whole = false;
    std::string found;
};

/// "a|b;c|d": fields and rows.
std::string shown(const Table& table) {
    std::string all;
    for (const std::vector<Cell>& row : table.rows) {
        all += all.empty() ? "" : ";";
        for (const Cell& cell : row) {
            all += &cell == row.data() ? "" : "|";
            all += cell.text;
        }
    }
    return all;
}

std::string read(std::string text) {
    const Table table(std::move(text));
    CHECK(table.found.empty());
    CHECK(table.whole);
    return shown(table);
}

/// What stands as it is, and what is found.
std::string broken(std::string text) {
    const Table table(std::move(text));
    CHECK_FALSE(table.whole);
    return shown(table) + " " + table.found;
}

std::string places(const Table& table) {
    std::string all;
    for (const std::vector<Cell>& row : table.rows) {
        for (const Cell& cell : row) {
            all += std::to_string(cell.line) + ':' + std::to_string(cell.column) + ' ';
        }
    }
    return all;
}

constexpr std::uint32_t default_seed = 20260401;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

}  // namespace

TEST_CASE("rows end with LF or CRLF, the last one with either or nothing") {
    for (const char* text :
         {"a,b\nc,d", "a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\nc,d\r\n", "a,b\nc,d\n\n\r\n\n",
          "\xEF\xBB\xBF"
          "a,b\r\nc,d"}) {
        CHECK(read(text) == "a|b;c|d");
    }
}

TEST_CASE("a file of nothing has no rows") {
    for (const char* text : {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
        CHECK(read(text).empty());
    }
}

TEST_CASE("a blank line before the end is a row of one empty field") {
    CHECK(read("a\n\nb\n") == "a;;b");
    CHECK(Table("a\n\nb\n").rows.at(1).size() == 1);
}

TEST_CASE("fields may be empty, and spaces are of the field") {
    CHECK(read(",\n,,\n a , b") == "|;||; a | b");
    CHECK(read("a,") == "a|");
    CHECK(read("\"\"") == "");
    CHECK(Table("\"\"").rows.size() == 1);
}

TEST_CASE("a quoted field holds commas, line breaks and quotes") {
    CHECK(read("\"a,b\",c") == "a,b|c");
    CHECK(read("\"a\nb\r\nc\",d\ne,f") == "a\nb\r\nc|d;e|f");
    CHECK(read("\"a\"\"b\"\"\",\"\"\"\"\n") == "a\"b\"|\"");
    CHECK(read("\"a\"\r\n\"b\"") == "a;b");
}

TEST_CASE("places count lines, and code points from the line's start") {
    CHECK(places(Table("a,b\ncc,d")) == "1:1 1:3 2:1 2:4 ");
    CHECK(places(Table("\xEF\xBB\xBF\xC3\xA9\xE2\x82\xAC,b,c")) == "1:1 1:4 1:6 ");
    CHECK(places(Table("\"a\n\nbc\",d\r\n\"e\",\"\"\"\",f")) == "1:1 3:5 4:1 4:5 4:10 ");
}

TEST_CASE("a quote that is not closed takes the rest and is told where it opens") {
    CHECK(broken("a,b\nc,\"d\ne,f\n") == "a|b csv_quote_unclosed /csv/2/3");
    CHECK(broken("\"") == " csv_quote_unclosed /csv/1/1");
    CHECK(broken("\"a\"\"") == " csv_quote_unclosed /csv/1/1");
}

TEST_CASE("a quote inside a field and a text after one leave the row out, and no other") {
    CHECK(broken("a\nb\"c\",d\ne") == "a;e csv_quote_misplaced /csv/2/2");
    CHECK(broken("a\n\"b\" ,c\ne") == "a;e csv_quote_misplaced /csv/2/4");
    CHECK(broken("\"b\nc\"d\ne") == "e csv_quote_misplaced /csv/2/3");
}

TEST_CASE("a carriage return without a line feed leaves the row out") {
    CHECK(broken("a\rb\nc") == "c csv_line_end /csv/1/2");
    CHECK(broken("a\n\"b\"\rc\nd") == "a;d csv_quote_misplaced /csv/2/4");
    CHECK(read("\"a\rb\"\n") == "a\rb");
}

TEST_CASE("NUL and what is not UTF-8 leave the row out") {
    CHECK(broken(std::string("a\nb,c\0d\ne", 9)) == "a;e csv_bad_byte /csv/2/3");
    CHECK(broken("a\n\xFF,\"\x80\"\ne") ==
          "a;e csv_bad_byte /csv/2/1\n"
          "csv_bad_byte /csv/2/3");
}

TEST_CASE("a row has at most 1000 fields") {
    CHECK(Table(std::string(999, ',') + "\na").rows.at(0).size() == 1000);
    CHECK(broken(std::string(1000, ',') + "\na") == "a csv_columns /csv/1/1");
}

TEST_CASE("a field of many megabytes is read like any other") {
    const std::string large(4'000'000, 'x');
    const Table plain(large + ",\"" + large + "\"\"\"");
    REQUIRE(plain.rows.size() == 1);
    CHECK(plain.rows[0][0].text == large);
    CHECK(plain.rows[0][1].text == large + '"');
    CHECK(plain.rows[0][1].column == large.size() + 2);
}

TEST_CASE("a row is written with quotes only where they are needed") {
    std::string out;
    append_csv_row(out, {"a b", "", "a,b", "say \"a\"", "a\nb", "a\rb", " ", "'"});
    CHECK(out == "a b,,\"a,b\",\"say \"\"a\"\"\",\"a\nb\",\"a\rb\", ,'\n");
}

TEST_CASE("whatever fields are written are read again") {
    CAPTURE(seed());
    std::mt19937 random(seed());
    const auto field = [&] {
        constexpr std::string_view palette[] = {"a", ",", "\"", "\n", "\r", " ", "\xC3\xA9", "'"};
        std::string text;
        for (auto length = random() % 6; length > 0; --length) {
            text += palette[random() % std::size(palette)];
        }
        return text;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::string first = field();
        const std::string second = field();
        std::string text;
        append_csv_row(text, {first, second, "end"});
        append_csv_row(text, {second, first, "end"});
        CAPTURE(text);
        CHECK(read(text) == first + '|' + second + "|end;" + second + '|' + first + "|end");
    }
}

TEST_CASE("bytes at random are rows or findings") {
    CAPTURE(seed());
    std::mt19937 random(seed());
    for (int round = 0; round < 5000; ++round) {
        constexpr std::string_view palette("a,\"\n\r\x00\xFF\xC3\xA9 ", 10);
        std::string text;
        for (auto length = random() % 24; length > 0; --length) {
            text += palette[random() % palette.size()];
        }
        CAPTURE(text);
        const Table table(text);
        CHECK(table.whole == table.found.empty());
    }
}
