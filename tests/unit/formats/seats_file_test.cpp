// Seats files, in whatever pieces they come.

#include "formats/seats_file.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "unit/engine/dice.hpp"

using namespace licet;
using namespace licet::formats;

namespace {

/// A text in pieces that a test decides on.
class Pieces final : public Stream {
public:
    explicit Pieces(std::string text, std::function<std::size_t()> size = {})
        : text_(std::move(text)), size_(std::move(size)) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t most = size_ ? std::min(size_(), buffer.size()) : buffer.size();
        const std::size_t size = text_.copy(buffer.data(), most, given_);
        given_ += size;
        return size;
    }

private:
    std::string text_;
    std::function<std::size_t()> size_;
    std::size_t given_ = 0;
};

std::string told(const ImportOutcome& outcome) {
    return std::to_string(outcome.line) + ' ' + outcome.user + ' ' + outcome.service_id + ' ' +
           (outcome.error ? name_of(*outcome.error) : "ok") + '\n';
}

/// What is read of a text: why its header is none, or its rows.
std::string told(Stream& stream) {
    SeatsFileReader reader(stream);
    if (const auto header = reader.read_header(); !header) {
        const Finding& finding = header.error().findings.at(0);
        return std::string(name_of(finding.rule)) + " at " + finding.pointer;
    }
    std::string all;
    for (;;) {
        const auto row = reader.next();
        REQUIRE(row);
        if (!row.value()) {
            return all;
        }
        all += told(row.value()->outcome);
    }
}

std::string read(std::string text) {
    Pieces pieces(std::move(text));
    return told(pieces);
}

const std::string header = "User,Service ID\n";
const std::string seat = "adele,fabrikam.f365.bronze\n";
const std::string adele = " adele fabrikam.f365.bronze ok\n";

}  // namespace

TEST_CASE("a seats file begins with its header, in any case and however its line ends") {
    CHECK(read(header + seat) == "2" + adele);
    CHECK(read("\xEF\xBB\xBFuser,serviceid\r\n" + seat) == "2" + adele);
    CHECK(read("\"USER\",SERVICE ID\n" + seat) == "2" + adele);
    CHECK(read("\n\n" + header + seat) == "4" + adele);
    CHECK(read("User,Service ID").empty());
}

TEST_CASE("what does not begin with the header is no seats file") {
    CHECK(read("") == "seats_file_header at /csv/1/1");
    CHECK(read(seat) == "seats_file_header at /csv/1/1");
    CHECK(read("Service ID,User\n") == "seats_file_header at /csv/1/1");
    CHECK(read("User,Service ID,Country\n") == "seats_file_header at /csv/1/1");
    CHECK(read("User\n") == "seats_file_header at /csv/1/1");
    CHECK(read("\nUser;Service ID\n") == "seats_file_header at /csv/2/1");
    CHECK(read("\"User,Service ID\n") == "csv_quote_unclosed at /csv/1/1");
    CHECK(read(std::string(5000, 'x')) == "seats_file_header at /csv/1/1");
}

TEST_CASE("a row names a user in any form and a Service ID in any case") {
    CHECK(read(header + "{6F9619FF-8B86-D011-B42D-00C04FC964FF},Fabrikam.F365.Bronze\r\n" +
               "\"adele\",\"fabrikam.f365.bronze\"\n") ==
          "2 6f9619ff-8b86-d011-b42d-00c04fc964ff fabrikam.f365.bronze ok\n3" + adele);
}

TEST_CASE("blank lines are passed over and counted, and the last line needs no end") {
    CHECK(read(header + "\n\r\n" + seat + "\n" + "adele,fabrikam.f365.bronze") ==
          "4" + adele + "6" + adele);
    CHECK(read(header + "adele,fabrikam.f365.bronze\r") == "2" + adele);
}

TEST_CASE("a line that breaks a rule says which, and the next one is read") {
    const auto rule = [](const std::string& line) {
        const std::string all = read(header + line + "\n" + seat);
        const std::size_t end = all.find('\n');
        CHECK(all.substr(end + 1) == "3" + adele);
        return all.substr(0, end);
    };
    CHECK(rule("adele") == "2   seats_file_row_length");
    CHECK(rule("adele,a.bcd.e,DE") == "2   seats_file_row_length");
    CHECK(rule(",fabrikam.f365.bronze") == "2  fabrikam.f365.bronze user_id_length");
    CHECK(rule("a dele,fabrikam.f365.bronze") ==
          "2 a dele fabrikam.f365.bronze user_id_bad_character");
    CHECK(rule("adele,bronze") == "2 adele bronze service_id_parts");
    CHECK(rule("adele,") == "2 adele  service_id_length");
    CHECK(rule("\"adele,fabrikam.f365.bronze") == "2   csv_quote_unclosed");
    CHECK(rule("a\"dele,fabrikam.f365.bronze") == "2   csv_quote_misplaced");
    CHECK(rule("adele,fabrikam.f365.bronze\r\r") == "2   csv_line_end");
    CHECK(rule("ad\xFF"
               "ele,fabrikam.f365.bronze") == "2   csv_bad_byte");
    CHECK(rule("\xEF\xBB\xBF"
               "adele,fabrikam.f365.bronze") ==
          "2 \xEF\xBB\xBF"
          "adele fabrikam.f365.bronze user_id_bad_character");
}

TEST_CASE("a line of 4096 bytes is read, a longer one is passed over") {
    const auto line = [](std::size_t size) { return std::string(size, 'a'); };
    CHECK(read(header + line(4096) + "\n" + seat) == "2   seats_file_row_length\n3" + adele);
    CHECK(read(header + line(4096) + "\r\n" + seat) == "2   seats_file_row_length\n3" + adele);
    CHECK(read(header + line(4096)) == "2   seats_file_row_length\n");
    CHECK(read(header + line(4097) + "\n" + seat) == "2   seats_file_line_length\n3" + adele);
    CHECK(read(header + line(4097)) == "2   seats_file_line_length\n");
    CHECK(read(header + line(10'000'000) + "\n" + seat) == "2   seats_file_line_length\n3" + adele);
    CHECK(read(header + line(10'000'000)) == "2   seats_file_line_length\n");
}

TEST_CASE("what is read does not depend on the pieces in which it comes") {
    constexpr std::string_view parts[] = {
        "adele",           ",",    "fabrikam.f365.bronze", "\n", "\r\n", "\r", "\"", "\"\"", "\xFF",
        "diego,a.bcd.e\n", "\n\n", "User,Service ID\n"};
    const std::uint64_t seed = 20'261'122;
    for (std::uint64_t n = 0; n < 300; ++n) {
        CAPTURE(seed + n);
        world::Dice dice(seed + n);
        std::string text = header;
        for (std::size_t left = dice.below(60); left > 0; --left) {
            text += parts[dice.below(std::size(parts))];
            if (dice.below(40) == 0) {
                text.append(4080 + dice.below(40), 'x');
            }
        }
        const std::string whole = read(text);
        Pieces bytes(text, [] { return std::size_t{1}; });
        CHECK(told(bytes) == whole);
        Pieces some(text, [&dice] { return 1 + dice.below(100); });
        CHECK(told(some) == whole);
    }
}

TEST_CASE("reading stops where the stream fails") {
    struct Failing final : Stream {
        result<std::size_t> pull(std::span<char> buffer) override {
            if (given) {
                return Error{Errc::cancelled, {}, {}};
            }
            given = true;
            return header.copy(buffer.data(), buffer.size());
        }
        bool given = false;
    };
    Failing stream;
    SeatsFileReader reader(stream);
    REQUIRE(reader.read_header());
    const auto row = reader.next();
    REQUIRE_FALSE(row);
    CHECK(row.error().code == Errc::cancelled);
}

TEST_CASE("an outcome is a line of its own") {
    std::string text;
    append_outcome_header(text);
    append_outcome(text, {2, "adele", "fabrikam.f365.bronze", Outcome::assigned, {}});
    append_outcome(text, {3, "a,b", "", Outcome::failed, Errc::user_id_bad_character});
    CHECK(text ==
          "Line,User,Service ID,Outcome,Error\n2,adele,fabrikam.f365.bronze,assigned,\n"
          "3,\"a,b\",,failed,user_id_bad_character\n");
}
