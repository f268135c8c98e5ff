// Cases about what no store takes, or this one says that it does not.

#include "store/conformance/room.hpp"

namespace licet::conformance {
namespace {

void bad_keys(Room& room) {
    const std::string long_key = room.key(std::string(key_size_max + 1 - room.key("").size(), 'k'));
    for (const std::string& key :
         {std::string(), long_key, room.key("a b"), room.key("\t"), room.key("\x7f"),
          room.key("\xc3\xa4"), room.key(std::string(1, '\0')), room.key("\xff")}) {
        const std::string what = "a key of " + std::to_string(key.size()) + " bytes";
        room.expect_refused({{}, {room.write("a", "1"), {key, "1"}}}, Errc::store_key, what);
        room.expect_refused({{}, {room.write("a", "1"), {key, std::nullopt}}}, Errc::store_key,
                            what);
        room.expect_refused({{{key, 0}}, {room.write("a", "1")}}, Errc::store_key, what);
    }
    room.expect_absent("a");
}

void bad_values(Room& room) {
    const std::string nul(1, '\0');
    for (const std::string& text :
         {nul, "12345678" + nul + "12345678", std::string("\x80"), std::string("\xc3"),
          std::string("\xc0\xaf"), std::string("\xe0\x9f\xbf"), std::string("\xed\xa0\x80"),
          std::string("\xe2\x82"), std::string("\xf0\x8f\xbf\xbf"), std::string("\xf4\x90\x80\x80"),
          std::string("\xf8\x88\x80\x80\x80"), std::string("\xff"), std::string("12345678\xfe")}) {
        room.expect_refused({{}, {room.write("a", "1"), room.write("b", text)}}, Errc::store_value,
                            "a value that is not UTF-8, or has a NUL,");
    }
    room.expect_absent("a");
    room.expect_absent("b");
}

void written_twice(Room& room) {
    const char* what = "a key written twice";
    room.expect_refused({{}, {room.write("a", "1"), room.write("b", "1"), room.write("a", "1")}},
                        Errc::store_key, what);
    room.expect_refused({{}, {room.write("a", "1"), room.remove("a")}}, Errc::store_key, what);
    room.expect_absent("a");
    room.expect_absent("b");
}

void expect_failure(Room& room, const Batch& batch, std::string_view what) {
    room.expect(!room.store().commit(batch), std::string(what) + " was taken");
}

void limits(Room& room) {
    constexpr std::size_t tried_max = 16 << 20;  // what a test may ask of a machine's memory
    const Limits limits = room.store().limits();
    const std::size_t taken = room.key("").size();
    if (room.key_bytes() < key_size_max && room.key_bytes() >= taken) {
        const std::string name(room.key_bytes() + 1 - taken, 'k');
        expect_failure(room, {{}, {room.write(name, "1")}}, "a key over the limit");
    }
    if (limits.value_bytes != 0 && limits.value_bytes < tried_max) {
        const std::string text(limits.value_bytes + 1, 'x');
        expect_failure(room, {{}, {room.write("a", text)}}, "a value over the limit");
    }
    if (limits.writes_per_batch != 0) {
        Batch batch;
        for (std::size_t i = 0; i <= limits.writes_per_batch; ++i) {
            batch.writes.push_back(room.write(std::to_string(i), "1"));
        }
        expect_failure(room, batch, "a batch over the limit");
    }
    room.expect_names(room.scan(1), {});
}

constexpr Case cases[] = {
    {"a key that is not 1 to 400 bytes of printable ASCII is refused", bad_keys},
    {"a value that is not UTF-8 without NUL is refused", bad_values},
    {"a key written twice in a batch is refused", written_twice},
    {"what goes past the store's limits is refused", limits},
};

}  // namespace

std::span<const Case> refusal_cases() noexcept { return cases; }

}  // namespace licet::conformance
