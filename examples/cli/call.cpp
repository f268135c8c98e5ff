#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include "commands.hpp"
#include "session.hpp"

namespace cli {
namespace {

/// Files as the two ends of an operation's long text, and its progress on the terminal.
class FileStream final : public licet::Stream {
public:
    explicit FileStream(Terminal& terminal) : terminal_(terminal), progress_(terminal, "done") {}

    /// False, having said why, where a file cannot be opened.
    bool open(const CallOptions& options) {
        if (!open(options.input, std::ios::in, input_file_, "read") ||
            !open(options.output, std::ios::out | std::ios::trunc, output_file_, "written")) {
            return false;
        }
        if (!options.input.empty()) {
            input_ = options.input == "-" ? &std::cin : &input_file_;
        }
        if (!options.output.empty()) {
            output_ = options.output == "-" ? &std::cout : &output_file_;
        }
        return true;
    }

    /// False where not all could be written.
    bool close() { return !output_ || output_->flush().good(); }

    licet::result<std::size_t> pull(std::span<char> buffer) override {
        if (!input_) {
            return std::size_t{0};
        }
        input_->read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (input_->bad()) {
            return licet::Error{licet::Errc::cancelled, "the input cannot be read", {}};
        }
        return static_cast<std::size_t>(input_->gcount());
    }

    licet::result<void> push(std::string_view piece) override {
        if (output_ && !output_->write(piece.data(), static_cast<std::streamsize>(piece.size()))) {
            return licet::Error{licet::Errc::cancelled, "the output cannot be written", {}};
        }
        return boost::outcome_v2::success();
    }

    licet::result<void> progress(std::uint64_t done, std::uint64_t total) override {
        progress_.reach(done, total);
        return boost::outcome_v2::success();
    }

private:
    bool open(const std::string& path, std::ios::openmode mode, std::fstream& file,
              std::string_view wanted) {
        if (!path.empty() && path != "-") {
            file.open(path, mode | std::ios::binary);
        }
        const bool is_open = path.empty() || path == "-" || file.is_open();
        if (!is_open) {
            print_error(terminal_, path + " cannot be " + std::string(wanted));
        }
        return is_open;
    }

    Terminal& terminal_;
    Progress progress_;
    std::fstream input_file_;
    std::fstream output_file_;
    std::istream* input_ = nullptr;
    std::ostream* output_ = nullptr;
};

/// What only reads begins no store: its name was mistyped.
bool is_mutation(std::string_view operation) {
    const auto all = licet::operations();
    const auto found = std::ranges::find(all, operation, &licet::OperationInfo::name);
    return found != all.end() && found->is_mutation;
}

/// What takes long and has no long text is called so in any case, for its progress.
bool is_streamed(const CallOptions& options) {
    const auto all = licet::operations();
    const auto found = std::ranges::find(all, options.operation, &licet::OperationInfo::name);
    return !options.input.empty() || !options.output.empty() ||
           (found != all.end() && found->is_streamed && found->streamed_text.empty());
}

licet::result<std::string> call(Session& session, const CallOptions& options,
                                std::string_view arguments, FileStream& stream) {
    return is_streamed(options) ? session.call_stream(options.operation, arguments, stream)
                                : session.call(options.operation, arguments);
}

}  // namespace

int call(const CallOptions& options, Terminal& terminal) {
    if (options.arguments == "-" && options.input == "-") {
        print_error(terminal, "arguments and input cannot both come on standard input");
        return could_not_run;
    }
    auto arguments =
        options.arguments == "-" ? Source::read("-") : Source("<arguments>", options.arguments);
    if (!arguments) {
        print_error(terminal, "standard input cannot be read");
        return could_not_run;
    }
    const auto session = Session::open(options.access, is_mutation(options.operation), terminal);
    if (!session) {
        return could_not_run;
    }
    FileStream stream(terminal);
    if (!stream.open(options)) {
        return could_not_run;
    }
    const auto answer = call(*session, options, arguments->text(), stream);
    if (!stream.close()) {
        if (options.output != "-") {  // of that main says so
            print_error(terminal, options.output + " cannot be written");
        }
        return could_not_run;
    }
    if (!answer) {
        return print_failure(terminal, answer.error(), *arguments);
    }
    (options.output == "-" ? terminal.err : terminal.out) << answer.value() << "\n";
    return clean;
}

}  // namespace cli
