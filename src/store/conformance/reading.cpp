// Cases about what is read and scanned.

#include <algorithm>

#include "store/conformance/room.hpp"

namespace licet::conformance {
namespace {

void never_written(Room& room) { room.expect_absent("a"); }

void order_of_answers(Room& room) {
    room.put("a", "1");
    room.put("b", "2");
    const auto values = room.read({"b", "none", "a", "b"});
    const auto holds = [&](std::size_t i, std::string_view text) {
        return values[i] && values[i]->text == text;
    };
    room.expect(holds(0, "2"), "the first answer was not that of the first key");
    room.expect(!values[1], "an absent key had an answer");
    room.expect(holds(2, "1"), "the third answer was not that of the third key");
    room.expect(holds(3, "2"), "a key asked twice was not answered twice");
}

void read_of_no_keys(Room& room) { room.read({}); }

void empty_value(Room& room) {
    room.put("a", "");
    room.expect_text("a", "");
    const ScanPage page = room.scan(1);
    room.expect(page.records.size() == 1 && page.records[0].text.empty(),
                "a scan did not give the empty value");
}

void value_is_exact(Room& room) {
    const std::string text =
        " {\"b\":1, \"a\" : 1.0,\"a\":\"\\u0000\",\t\"c\":'%s%_'} \r\n\x01\x1f\x7f \\N \n\n";
    room.put("a", text);
    room.expect_text("a", text);
    const ScanPage page = room.scan(1);
    room.expect(page.records.size() == 1 && page.records[0].text == text,
                "a scan gave another value than was written");
}

void append_utf8(std::string& out, char32_t c) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

void every_character(Room& room) {
    for (char32_t first = 0; first < 0x110000; first += 0x4000) {
        std::string text;
        for (char32_t c = first; c < first + 0x4000; ++c) {
            if (c != 0 && (c < 0xD800 || c > 0xDFFF)) {
                append_utf8(text, c);
            }
        }
        const std::string name = std::to_string(static_cast<unsigned>(first));
        room.put(name, text);
        room.expect_text(name, text);
    }
}

void long_value(Room& room) {
    constexpr std::size_t mebibyte = 1 << 20;
    const std::size_t limit = room.store().limits().value_bytes;
    const std::size_t size = limit == 0 ? mebibyte : std::min(limit, mebibyte);
    std::string text(size, 'x');
    text.back() = '.';
    const Stamp stamp = room.put("a", text);
    room.expect_text("a", text);
    room.commit({{room.at("a", stamp)}, {room.write("a", "short")}});
    room.expect_text("a", "short");
}

void long_key(Room& room) {
    const std::size_t taken = room.key("1").size();
    if (room.key_bytes() <= taken) {
        room.expect(false, "keys are limited to " + std::to_string(room.key_bytes()) + " bytes");
        return;
    }
    const std::string stem(room.key_bytes() - taken, 'k');
    room.put(stem + "1", "1");
    room.put(stem + "2", "2");
    room.expect_text(stem + "1", "1");
    room.expect_text(stem + "2", "2");
    room.expect_names(room.scan(9), {stem + "1", stem + "2"});
}

void byte_order(Room& room) {
    std::vector<std::string> names;
    for (char c = '\x21'; c <= '\x7e'; ++c) {
        names.emplace_back(1, c);
    }
    names.insert(names.begin() + 1, {"!!", "!a", "!~"});
    auto backwards = names;
    std::ranges::reverse(backwards);
    room.put_all(backwards);
    room.expect_names(room.scan(names.size()), names);
    for (const std::string& name : names) {
        room.expect_text(name, name);
    }
}

void scan_bounds(Room& room) {
    room.put_all({"a", "b", "b!", "c", "d"});
    room.expect_names(room.scan("b", "d", 9), {"b", "b!", "c"});
    room.expect_names(room.scan("aa", "bb", 9), {"b", "b!"});
    room.expect_names(room.scan("d", "e", 9), {"d"});
}

void scan_of_nothing(Room& room) {
    room.put_all({"a", "b"});
    for (const auto& [from, to] : {std::pair{"aa", "b"}, {"a", "a"}, {"b", "a"}, {"c", "d"}}) {
        const ScanPage page = room.scan(from, to, 9);
        room.expect_names(page, {});
        room.expect(!page.next, "an empty range goes on");
    }
}

void scan_without_end(Room& room) {
    room.put_all({"a", "b"});
    const auto page = room.store().scan(room.key("a"), "", 2);
    room.expect(page.has_value(), "the scan failed");
    if (page) {
        room.expect_names(page.value(), {"a", "b"});
    }
}

void scan_limit(Room& room) {
    room.put_all({"a", "b", "c"});
    const ScanPage two = room.scan(2);
    room.expect_names(two, {"a", "b"});
    room.expect(two.next.has_value(), "a page before the last did not say where to go on");
    room.expect(!room.scan(3).next, "a page that gave all says that there is more");
    room.expect(!room.scan(4).next, "a page that gave all says that there is more");
}

void paging(Room& room) {
    const std::vector<std::string> names{"a", "b", "c", "c!", "d", "e", "f"};
    room.put_all(names);
    const std::string end = prefix_end(room.key(""));
    for (std::size_t limit = 1; limit <= names.size(); ++limit) {
        ScanPage all;
        std::optional<std::string> from = room.key("");
        for (std::size_t pages = 0; from && pages <= names.size(); ++pages) {
            const auto page = room.store().scan(*from, end, limit);
            if (!page || page.value().records.size() > limit) {
                room.expect(false, page ? "a page was longer than asked" : "the scan failed");
                return;
            }
            const auto& records = page.value().records;
            all.records.insert(all.records.end(), records.begin(), records.end());
            from = page.value().next;
        }
        room.expect(!from, "the pages did not come to an end");
        room.expect_names(all, names);
    }
}

void scan_stamps(Room& room) {
    const Stamp first = room.put("a", "1");
    const Stamp second = room.put("b", "2");
    const ScanPage page = room.scan(2);
    room.expect(page.records.size() == 2 && page.records[0].stamp == first &&
                    page.records[1].stamp == second,
                "a scan gave other stamps than the commits");
}

constexpr Case cases[] = {
    {"a key that was never written is absent", never_written},
    {"a read answers in the order of its keys, each as often as it is asked", order_of_answers},
    {"a read of no keys gives no answers", read_of_no_keys},
    {"a value may be empty, which is not absent", empty_value},
    {"a value is given back byte for byte", value_is_exact},
    {"a value may hold every character of Unicode but NUL", every_character},
    {"a value of 1 MiB, or as long as the store says, is kept", long_value},
    {"a key of 400 bytes, or as long as the store says, is kept", long_key},
    {"a key may hold every printable character, and a scan goes in byte order", byte_order},
    {"a scan begins at its start and ends before its end", scan_bounds},
    {"a scan of an empty range gives nothing", scan_of_nothing},
    {"a scan without an end goes to the last key", scan_without_end},
    {"a scan gives at most as many as asked and says where to go on", scan_limit},
    {"pages of any size together give every record once", paging},
    {"a scan gives the stamps that the commits gave", scan_stamps},
};

}  // namespace

std::span<const Case> reading_cases() noexcept { return cases; }

}  // namespace licet::conformance
