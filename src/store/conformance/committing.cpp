// Cases about what a batch writes, and what it relies on.

#include "store/conformance/room.hpp"

namespace licet::conformance {
namespace {

void one_stamp(Room& room) {
    const Stamp stamp = room.commit({{}, {room.write("a", "1"), room.write("b", "2")}});
    room.expect(stamp > 0, "a stamp was 0");
    for (const auto& value : room.read({"a", "b"})) {
        room.expect(value && value->stamp == stamp, "a record had another stamp than its commit");
    }
}

void stamps_grow(Room& room) {
    Stamp before = 0;
    for (const char* text : {"1", "2", "2", "1"}) {
        const Stamp stamp = room.put("a", text);
        room.expect(stamp > before, "a stamp did not grow");
        before = stamp;
    }
}

void mixed_batch(Room& room) {
    room.commit({{}, {room.write("kept", "1"), room.write("old", "1"), room.write("gone", "1")}});
    room.commit({{}, {room.write("new", "2"), room.remove("gone"), room.write("old", "2")}});
    room.expect_text("kept", "1");
    room.expect_text("old", "2");
    room.expect_text("new", "2");
    room.expect_absent("gone");
    room.expect_names(room.scan(9), {"kept", "new", "old"});
}

void all_or_nothing(Room& room) {
    const Stamp stamp = room.commit({{}, {room.write("a", "1"), room.write("b", "1")}});
    const std::vector<Write> writes{room.write("a", "2"), room.remove("b"), room.write("c", "2")};
    room.expect_conflict({{room.at("a", stamp), room.absent("b")}, writes}, "b");
    room.expect_conflict({{room.at("c", stamp), room.at("a", stamp)}, writes}, "c");
    room.expect_text("a", "1");
    room.expect_text("b", "1");
    room.expect_absent("c");
}

void failed_batch_keeps_stamps(Room& room) {
    const Stamp stamp = room.put("a", "1");
    room.expect_conflict({{room.absent("a")}, {room.write("a", "2")}}, "a");
    const auto value = room.get("a");
    room.expect(value && value->stamp == stamp, "a failed batch changed a stamp");
    room.commit({{room.at("a", stamp)}, {room.write("a", "3")}});
    room.expect_text("a", "3");
}

void first_that_differs(Room& room) {
    const Stamp stamp = room.commit({{}, {room.write("a", "1"), room.write("c", "1")}});
    const std::vector<Write> writes{room.write("a", "2")};
    room.expect_conflict(
        {{room.at("c", stamp), room.at("b", stamp), room.absent("a"), room.at("d", stamp)}, writes},
        "b");
    room.expect_conflict({{room.at("d", stamp), room.absent("c"), room.absent("a")}, writes}, "d");
    room.expect_conflict({{room.absent("a"), room.at("d", stamp)}, writes}, "a");
    room.expect_conflict({{room.at("a", stamp), room.absent("c"), room.absent("a")}, writes}, "c");
}

void expected_absent(Room& room) {
    room.commit({{room.absent("a")}, {room.write("a", "1")}});
    room.expect_text("a", "1");
    room.expect_conflict({{room.absent("a")}, {room.write("a", "2")}}, "a");
    room.commit({{}, {room.remove("a")}});
    room.commit({{room.absent("a")}, {room.write("a", "3")}});
    room.expect_text("a", "3");
}

void expected_stamp(Room& room) {
    const Stamp first = room.put("a", "1");
    const Stamp second = room.commit({{room.at("a", first)}, {room.write("a", "2")}});
    room.expect_conflict({{room.at("a", first)}, {room.write("a", "3")}}, "a");
    room.expect_conflict({{room.at("a", second + 1)}, {room.write("a", "3")}}, "a");
    room.expect_conflict({{room.at("b", second)}, {room.write("b", "3")}}, "b");
    room.expect_text("a", "2");
    room.expect_absent("b");
}

void expectation_without_write(Room& room) {
    const Stamp stamp = room.put("a", "1");
    room.commit({{room.at("a", stamp), room.absent("b")}, {room.write("c", "1")}});
    room.expect_text("c", "1");
    const auto value = room.get("a");
    room.expect(value && value->stamp == stamp, "an expectation changed the stamp of its record");
    room.put("a", "2");
    room.expect_conflict({{room.at("a", stamp)}, {room.write("c", "2")}}, "a");
    room.expect_text("c", "1");
}

void expectations_alone(Room& room) {
    const Stamp stamp = room.put("a", "1");
    room.commit({{room.at("a", stamp), room.absent("b")}, {}});
    room.expect_conflict({{room.at("a", stamp), room.at("b", stamp)}, {}}, "b");
}

void empty_batch(Room& room) {
    const Stamp stamp = room.put("a", "1");
    room.commit({});
    const auto value = room.get("a");
    room.expect(value && value->stamp == stamp, "an empty batch changed a record");
}

void deleted_is_absent(Room& room) {
    const Stamp stamp = room.commit({{}, {room.write("a", "1"), room.write("b", "1")}});
    room.commit({{room.at("a", stamp)}, {room.remove("a")}});
    room.expect_absent("a");
    room.expect_names(room.scan(9), {"b"});
}

void delete_of_absent(Room& room) {
    room.commit({{room.absent("a")}, {room.remove("a")}});
    room.commit({{}, {room.remove("a"), room.write("b", "1")}});
    room.expect_absent("a");
    room.expect_text("b", "1");
}

void stamp_after_delete(Room& room) {
    const Stamp first = room.put("a", "1");
    const Stamp deleted = room.commit({{}, {room.remove("a")}});
    const Stamp second = room.put("a", "1");
    room.expect(second > first && second > deleted, "a stamp was used again after a delete");
    const auto value = room.get("a");
    room.expect(value && value->stamp == second, "a stamp was used again after a delete");
    room.expect_conflict({{room.at("a", first)}, {room.write("a", "2")}}, "a");
}

void large_batch(Room& room) {
    const std::size_t limit = room.store().limits().writes_per_batch;
    const std::size_t count = limit == 0 ? 1000 : limit;
    Batch batch;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(std::to_string(1'000'000 + i));
        batch.expectations.push_back(room.absent(names.back()));
        batch.writes.push_back(room.write(names.back(), names.back()));
    }
    room.commit(batch);
    room.expect_names(room.scan(count + 1), names);
}

constexpr Case cases[] = {
    {"a batch writes all of its records under the stamp it answers", one_stamp},
    {"a stamp grows with every write, also of the same value", stamps_grow},
    {"a batch may make, change and delete records at once", mixed_batch},
    {"a batch with an expectation that does not hold writes nothing", all_or_nothing},
    {"a batch that failed leaves stamps as they were", failed_batch_keeps_stamps},
    {"a conflict names the first key that differs, in the order of the expectations",
     first_that_differs},
    {"an expectation of 0 holds where the key is absent, and only there", expected_absent},
    {"an expectation of a stamp holds at that stamp, and only there", expected_stamp},
    {"an expectation may be on a key that is not written", expectation_without_write},
    {"a batch of expectations alone is judged", expectations_alone},
    {"an empty batch is no error", empty_batch},
    {"a record that was deleted is absent", deleted_is_absent},
    {"deleting what is absent is no error", delete_of_absent},
    {"a stamp is never used again for a key, also after a delete", stamp_after_delete},
    {"a batch of 1,000 records, or as many as the store says, is kept whole", large_batch},
};

}  // namespace

std::span<const Case> committing_cases() noexcept { return cases; }

}  // namespace licet::conformance
