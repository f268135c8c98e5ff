// A whole book as text, and back.

#include <random>

#include "dice.hpp"
#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// A text that comes in pieces, and what is given.
class TextStream final : public Stream {
public:
    explicit TextStream(std::string input = {}, std::size_t piece_max = SIZE_MAX)
        : input_(std::move(input)), piece_max_(piece_max) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t size =
            input_.copy(buffer.data(), std::min(buffer.size(), piece_max_), at_);
        at_ += size;
        return size;
    }
    result<void> push(std::string_view piece) override {
        output += piece;
        return boost::outcome_v2::success();
    }
    result<void> progress(std::uint64_t done, std::uint64_t /*total*/) override {
        told = done;
        return boost::outcome_v2::success();
    }

    std::string output;
    std::uint64_t told = 0;

private:
    std::string input_;
    std::size_t piece_max_;
    std::size_t at_ = 0;
};

/// A book in use: offers, deals, seats, a group, kept answers.
struct Book : World {
    Book() {
        sell_article({line("bronze", 30), line("gold", 3)});
        REQUIRE(failure_of(assign("bronze", people(0, 20), with_key(ben(), "k"))) == done);
        REQUIRE(failure_of(assign_group({"gold"}, {{person(1), person(2)}})) == done);
    }

    std::vector<std::string> lines() {
        std::vector<std::string> all;
        const std::string whole = text();
        for (std::size_t at = 0; at < whole.size(); at = whole.find('\n', at) + 1) {
            all.push_back(whole.substr(at, whole.find('\n', at) + 1 - at));
        }
        return all;
    }
    std::string text() {
        auto exported = engine().archive().export_store({});
        REQUIRE(failure_of(exported) == done);
        return exported.value().lines.value();
    }
};

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

/// An empty store with an engine on it, also where an import into it was cut.
struct Empty {
    std::unique_ptr<Engine> open() {
        EngineOptions options;
        options.allow_unfinished = true;
        return Engine::open(std::make_unique<SharedStore>(store), options).value();
    }
    result<ImportedStore> take(const std::string& lines) {
        return open()->archive().import_store({lines});
    }
    /// The findings of an import that fails: "store_text_line /lines/7".
    std::vector<std::string> findings(const std::string& lines) {
        const auto imported = take(lines);
        REQUIRE_FALSE(imported);
        std::vector<std::string> all;
        for (const Finding& finding : imported.error().findings) {
            all.push_back(std::string(name_of(finding.rule)) + ' ' + finding.pointer);
        }
        return all;
    }
    /// What has been written, but for what makes it a store.
    std::map<std::string, std::string> written() {
        auto all = store->dump();
        all.erase("meta/format");
        all.erase("meta/unfinished");
        return all;
    }

    const std::shared_ptr<StoreInHand> store = std::make_shared<StoreInHand>();
};

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("a book that went through a text is the same book") {
    Book book;
    Empty other;
    const auto imported = other.take(book.text());
    REQUIRE(failure_of(imported) == done);
    CHECK(other.store->dump() == book.store->dump());
    CHECK(imported.value().count == book.store->dump().size());
    CHECK(imported.value().written == imported.value().count - 1);  // the layout was there

    const auto engine = Engine::open(std::make_unique<SharedStore>(other.store)).value();
    const auto decision =
        engine->seats().check(contoso().str(), service("gold").str(), person(2).str());
    CHECK(decision.value() == Decision::licensed);
    CHECK(engine->archive().export_store({}).value().lines == book.text());
}

TEST_CASE("the first line has the layout and the last one the count") {
    Book book;
    const auto lines = book.lines();
    const auto exported = book.engine().archive().export_store({}).value();
    CHECK(lines.front() == "{\"licet\":\"store\",\"format\":1}\n");
    CHECK(lines.back() == "{\"count\":" + std::to_string(exported.count) + ",\"hash\":\"" +
                              exported.hash + "\"}\n");
    CHECK(lines.size() == exported.count + 2);
}

TEST_CASE("a text comes and goes through a stream, in pieces of any size") {
    Book book;
    const std::string text = book.text();
    TextStream out;
    const auto exported = book.engine().archive().export_store({}, out);
    REQUIRE(failure_of(exported) == done);
    CHECK(out.output == text);
    CHECK_FALSE(exported.value().lines);
    CHECK(out.told == exported.value().count);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, text.size()}) {
        CAPTURE(piece);
        Empty other;
        TextStream in(text, piece);
        REQUIRE(failure_of(other.open()->archive().import_store({}, in)) == done);
        CHECK(other.store->dump() == book.store->dump());
        CHECK(in.told == exported.value().count);
    }
    TextStream in(text);
    CHECK(failure_of(Empty().open()->archive().import_store({text}, in)) == Errc::unknown_field);
    CHECK(failure_of(Empty().open()->archive().import_store({})) == Errc::missing_field);
}

TEST_CASE("an export that is cut after any line goes on behind it") {
    Book book;
    const auto lines = book.lines();
    for (std::size_t whole = 2; whole < lines.size(); ++whole) {
        const std::string& line = lines[whole - 1];
        const std::string key = line.substr(8, line.find('"', 8) - 8);
        const std::string hash = line.substr(line.size() - 67, 64);
        const auto rest =
            book.engine().archive().export_store(ExportStore{StoreTextPlace{key, hash}});
        REQUIRE(failure_of(rest) == done);
        CHECK(rest.value().lines ==
              joined({lines.begin() + static_cast<std::ptrdiff_t>(whole), lines.end()}));
        CHECK(rest.value().count == lines.size() - 2);
    }
    const std::string first = book.store->dump().begin()->first;
    for (const std::string& key : {first, std::string("x")}) {
        TextStream out;
        const auto refused =
            book.engine().archive().export_store(ExportStore{StoreTextPlace{key, "x"}}, out);
        CHECK(failure_of(refused) == Errc::store_text_line);
        CHECK(out.output.empty());
    }
}

TEST_CASE("an export of a book that changes meanwhile has no last line") {
    Book book;
    int scans = 0;
    book.store->on_scan([&] {
        if (++scans == 2) {
            book.store->put("zzz", "{}");
        }
    });
    TextStream out;
    CHECK(failure_of(book.engine().archive().export_store({}, out)) == Errc::source_changed);
    CHECK(out.output.find("\"count\"") == std::string::npos);
}

TEST_CASE("an import that is cut after any line goes on with the same text") {
    Book book;
    const auto lines = book.lines();
    const std::string text = joined(lines);
    for (std::size_t whole = 1; whole < lines.size(); ++whole) {
        CAPTURE(whole);
        Empty other;
        const auto end = lines.begin() + static_cast<std::ptrdiff_t>(whole);
        CHECK(other.findings(joined({lines.begin(), end})) ==
              Found{"store_text_cut /lines/" + std::to_string(whole + 1)});
        CHECK(failure_of(Engine::open(std::make_unique<SharedStore>(other.store))) ==
              Errc::store_unfinished);
        REQUIRE(failure_of(other.take(text)) == done);
        CHECK(other.store->dump() == book.store->dump());
    }
}

TEST_CASE("an import that the store cuts at any commit goes on with the same text") {
    Book book;
    const std::string text = book.text();
    bool was_cut = true;
    for (int commits = 1; was_cut; ++commits) {
        CAPTURE(commits);
        Empty other;
        other.store->limit({key_size_max, 0, 5});
        other.open();
        int left = commits;
        other.store->on_commit([&](Store& inner, const Batch& batch) {
            return left-- > 0 ? inner.commit(batch)
                              : result<Stamp>(Error{Errc::store_failed, {}, {}});
        });
        was_cut = failure_of(other.take(text)) == Errc::store_failed;
        other.store->on_commit(nullptr);
        REQUIRE(failure_of(other.take(text)) == done);
        CHECK(other.store->dump() == book.store->dump());
        CHECK(commits < 100);
    }
}

TEST_CASE("a damaged line is told by its number and nothing from it on is written") {
    Book book;
    const auto lines = book.lines();
    const std::uint64_t seed = std::random_device()();
    CAPTURE(seed);
    Dice dice(seed);
    for (std::size_t number = 2; number < lines.size(); ++number) {
        auto damaged = lines;
        std::string& line = damaged[number - 1];
        char& byte = line[dice.below(line.size() - 1)];
        const char before = byte;
        byte = before == 'x' ? 'y' : 'x';
        CAPTURE(line);
        Empty other;
        other.store->limit({key_size_max, 0, 1});
        const Found found = other.findings(joined(damaged));
        REQUIRE_FALSE(found.empty());
        const std::string place = "/lines/" + std::to_string(number);
        CHECK(found.front().find(' ' + place) != std::string::npos);
        CHECK(other.written().size() <= number - 2);
        for (const auto& [key, text] : other.written()) {
            CHECK(book.store->dump()[key] == text);
        }
    }
}

TEST_CASE("lines that are lost, moved, doubled or of another text are found") {
    Book book;
    const auto whole = book.lines();
    const auto with = [&](const std::function<void(std::vector<std::string>&)>& change) {
        auto lines = whole;
        change(lines);
        return Empty().findings(joined(lines));
    };
    const std::string last = std::to_string(whole.size());
    const std::string behind = std::to_string(whole.size() + 1);
    using Lines = std::vector<std::string>;
    CHECK(with([](Lines& lines) { lines.erase(lines.begin() + 4); }) ==
          Found{"store_text_line /lines/5"});
    CHECK(
        with([](Lines& lines) { std::swap(lines[4], lines[5]); }) ==
        Found{"store_text_line /lines/5", "store_text_line /lines/6", "store_text_line /lines/7"});
    CHECK(with([](Lines& lines) { lines.insert(lines.begin() + 4, lines[4]); }) ==
          Found{"store_text_line /lines/6"});
    CHECK(with([](Lines& lines) { lines[4] = "{}\n"; }) == Found{"missing_field /lines/5/key",
                                                                 "missing_field /lines/5/value",
                                                                 "missing_field /lines/5/hash"});
    CHECK(with([](Lines& lines) { lines[4] = "\n"; }) == Found{"json_syntax /lines/5"});
    CHECK(with([](Lines& lines) { lines.back() = "{\"count\":3,\"hash\":\"\"}"; }) ==
          Found{"store_text_line /lines/" + last});
    CHECK(with([](Lines& lines) { lines.push_back(lines[4]); }) ==
          Found{"store_text_line /lines/" + behind});
    CHECK(with([](Lines& lines) {
              lines[4] = "x\n";
              lines[8] = "{\"key\":7,\"value\":\"\",\"hash\":\"\"}\n";
          }) == Found{"json_syntax /lines/5", "wrong_type /lines/9/key"});
}

TEST_CASE("no more than a hundred damages are told") {
    Book book;
    auto lines = book.lines();
    const std::string end = lines.back();
    lines.resize(1);
    lines.resize(200, "x\n");
    lines.push_back(end);
    CHECK(Empty().findings(joined(lines)).size() == 100);
}

TEST_CASE("what does not begin as a store's text is refused before the store is touched") {
    for (const char* text : {"", "\n", "x", "{}", "[]", "{\"licet\":\"offer\",\"format\":1}\n",
                             "{\"licet\":\"store\",\"format\":1.5}\n", "User,Service ID\n"}) {
        CAPTURE(text);
        Empty other;
        CHECK(other.findings(text) == Found{"store_text_head /lines/1"});
        CHECK_FALSE(other.store->dump().contains("meta/unfinished"));
    }
}

TEST_CASE("a text that an editor has saved with a byte order mark is the same text") {
    Book book;
    Empty other;
    CHECK(other.take("\xEF\xBB\xBF" + book.text()));
    CHECK(other.store->dump() == book.store->dump());
}

TEST_CASE("a text of a newer layout is refused") {
    Book book;
    auto lines = book.lines();
    lines.front() = "{\"licet\":\"store\",\"format\":2}\n";
    Empty other;
    CHECK(failure_of(other.take(joined(lines))) == Errc::store_format_newer);
    CHECK_FALSE(other.store->dump().contains("meta/unfinished"));

    Empty source;
    const auto engine = source.open();
    source.store->put("meta/format", R"({"format":2})");
    CHECK(failure_of(Empty().take(engine->archive().export_store({}).value().lines.value())) ==
          Errc::store_format_newer);
}

TEST_CASE("what a line must not bring is refused although its hash is right") {
    Empty source;
    const auto engine = source.open();
    const auto refused = [&](const std::string& key, const std::string& text) {
        source.store->put(key, text);
        Empty other;
        const Found found =
            other.findings(engine->archive().export_store({}).value().lines.value());
        source.store->put(key, std::nullopt);
        return found;
    };
    CHECK(refused("meta/unfinished", "{}") == Found{"store_text_line /lines/3"});
}

TEST_CASE("a book is imported into an empty store only") {
    Book book;
    const std::string text = book.text();
    Empty other;
    other.store->put("deal/fabrikam/d-7", "{}");
    CHECK(failure_of(other.take(text)) == Errc::store_not_empty);
    CHECK(other.written().size() == 1);

    Empty same;
    REQUIRE(failure_of(same.take(text)) == done);
    const auto again = same.take(text);
    REQUIRE(failure_of(again) == done);
    CHECK(again.value().written == 0);
}
