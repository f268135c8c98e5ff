// A whole store: into another one, to text, and from it.

#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include <licet/engine/copy.hpp>

#include "../journey/store_name.hpp"
#include "commands.hpp"
#include "session.hpp"

namespace cli {
namespace {

using licet::CopyPhase;
using licet::result;

constexpr std::string_view engine_settings = R"({"allow_unfinished":true,)";

/// Says how far a phase is; the next phase begins anew.
class Phases {
public:
    explicit Phases(Terminal& terminal) : terminal_(terminal) {}

    void tell(std::string_view what, std::uint64_t done, std::uint64_t total) {
        if (what != what_ || !bar_) {
            what_ = what;
            bar_.reset();
            bar_.emplace(terminal_, what, total);
        }
        bar_->reach(done, total);
    }

private:
    Terminal& terminal_;
    std::string_view what_;
    std::optional<Progress> bar_;
};

std::string_view word_of(CopyPhase phase) {
    switch (phase) {
        case CopyPhase::counting:
            return "records counted";
        case CopyPhase::copying:
            return "records copied";
        case CopyPhase::verifying:
            return "records verified";
    }
    return "";
}

/// Standard input and output.
class Pipe final : public licet::Stream {
public:
    explicit Pipe(Terminal& terminal) : terminal_(terminal), phases_(terminal) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), stdin);
        if (size == 0 && std::ferror(stdin) != 0) {
            return licet::Error{licet::Errc::cancelled, "standard input cannot be read", {}};
        }
        return size;
    }
    result<void> push(std::string_view piece) override {
        terminal_.out << piece;
        if (!terminal_.out.is_good()) {
            return licet::Error{licet::Errc::cancelled, "standard output cannot be written", {}};
        }
        return boost::outcome_v2::success();
    }
    result<void> progress(std::uint64_t done, std::uint64_t total) override {
        phases_.tell("records", done, total);
        return boost::outcome_v2::success();
    }

private:
    Terminal& terminal_;
    Phases phases_;
};

/// As far as it can be told by their names.
bool is_one_store(const std::string& from, const std::string& to) {
    const std::string file = journey::file_of(from);
    const std::string other = journey::file_of(to);
    if (file.empty() || other.empty()) {
        return from != "memory" && journey::config_of(from) == journey::config_of(to);
    }
    std::error_code ignored;
    return std::filesystem::equivalent(file, other, ignored);
}

result<licet::Copied> copy(const std::string& from, const std::string& to, Terminal& terminal) {
    auto source = licet::open_store(journey::config_of(from));
    if (!source) {
        return std::move(source).error();
    }
    auto target = licet::open_store(journey::config_of(to));
    if (!target) {
        return std::move(target).error();
    }
    Phases phases(terminal);
    return licet::copy_store(
        *source.value(), *target.value(),
        [&](CopyPhase phase, std::uint64_t done, std::uint64_t total) -> result<void> {
            phases.tell(word_of(phase), done, total);
            return boost::outcome_v2::success();
        });
}

int copy_and_tell(const std::string& from, const std::string& to, Terminal& terminal) {
    if (!check_store_name(from, false, terminal) || !check_store_name(to, true, terminal)) {
        return could_not_run;
    }
    if (is_one_store(from, to)) {
        print_error(terminal, "a store is not copied onto itself");
        return could_not_run;
    }
    const auto copied = copy(from, to, terminal);
    if (!copied) {
        return print_failure(terminal, copied.error());
    }
    terminal.out << copied.value().count << " records, " << copied.value().written
                 << " written, hash " << copied.value().hash << "\n";
    return clean;
}

int stream(std::string_view operation, const std::string& config, Terminal& terminal) {
    const auto engine = licet::open_engine(config);
    if (!engine) {
        return print_failure(terminal, engine.error());
    }
    Pipe pipe(terminal);
    const auto answer = licet::call_stream(*engine.value(), operation, "{}", pipe);
    if (!terminal.out.flush()) {
        return could_not_run;  // main says so
    }
    if (!answer) {
        return print_failure(terminal, answer.error());
    }
    terminal.err << answer.value() << "\n";
    return clean;
}

}  // namespace

int manage_store(const StoreOptions& options, Terminal& terminal) {
    const bool copies = options.action == "copy";
    if (options.stores.size() != (copies ? 2U : 1U)) {
        print_error(terminal, copies ? "copy takes two stores, FROM and TO"
                                     : options.action + " takes one store");
        return could_not_run;
    }
    const std::string& store = options.stores.front();
    if (copies) {
        return copy_and_tell(store, options.stores.back(), terminal);
    }
    const bool exports = options.action == "export";
    if (!check_store_name(store, !exports, terminal)) {
        return could_not_run;
    }
    const std::string config = journey::config_of(store);
    return exports
               ? stream("store.export", config, terminal)
               : stream("store.import", std::string(engine_settings) + config.substr(1), terminal);
}

}  // namespace cli
