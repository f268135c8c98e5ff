// Every operation, and bulk.

#include <algorithm>

#include <boost/outcome/try.hpp>

#include <licet/operations/operations.hpp>

#include "handles.hpp"
#include "text.hpp"
#include "vtable.hpp"

namespace capi = licet::capi;
using licet::result;

namespace {

class HostStream final : public licet::Stream {
public:
    HostStream(const licet_stream_vtable& vtable, void* self) noexcept
        : vtable_(vtable), self_(self) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        std::size_t written = 0;
        if (vtable_.pull && vtable_.pull(self_, buffer.data(), buffer.size(), &written) != 0) {
            return stopped();
        }
        return std::min(written, buffer.size());
    }

    result<void> push(std::string_view piece) override {
        return go_on(!vtable_.push || vtable_.push(self_, piece.data(), piece.size()) == 0);
    }

    result<void> progress(std::uint64_t done, std::uint64_t total) override {
        return go_on(!vtable_.progress || vtable_.progress(self_, done, total) == 0);
    }

private:
    static licet::Error stopped() { return {licet::Errc::cancelled, {}, {}}; }

    static result<void> go_on(bool ok) {
        return ok ? result<void>(boost::outcome_v2::success()) : stopped();
    }

    const licet_stream_vtable vtable_;
    void* const self_;
};

}  // namespace

licet_status licet_call(licet_engine* engine, const char* operation, size_t operation_size,
                        const char* arguments, size_t arguments_size, licet_text** answer,
                        licet_error** error) {
    const capi::Text name{operation, operation_size};
    const capi::Text document{arguments, arguments_size};
    capi::clear(answer);
    return capi::guard(
        error, {{engine, "engine"}, {answer, "answer"}}, {name, document}, [&]() -> result<void> {
            return capi::within(*engine, [&](licet::Engine& in) -> result<void> {
                BOOST_OUTCOME_TRY(auto text,
                                  licet::call(in, capi::view(name), capi::view(document)));
                capi::give(answer, std::move(text));
                return boost::outcome_v2::success();
            });
        });
}

licet_status licet_call_stream(licet_engine* engine, const char* operation, size_t operation_size,
                               const char* arguments, size_t arguments_size,
                               const licet_stream_vtable* stream, void* self, licet_text** answer,
                               licet_error** error) {
    const capi::Text name{operation, operation_size};
    const capi::Text document{arguments, arguments_size};
    capi::clear(answer);
    return capi::guard(error, {{engine, "engine"}, {stream, "stream"}, {answer, "answer"}},
                       {name, document}, [&]() -> result<void> {
                           HostStream host(capi::whole(*stream), self);
                           return capi::within(*engine, [&](licet::Engine& in) -> result<void> {
                               BOOST_OUTCOME_TRY(auto text,
                                                 licet::call_stream(in, capi::view(name),
                                                                    capi::view(document), host));
                               capi::give(answer, std::move(text));
                               return boost::outcome_v2::success();
                           });
                       });
}

licet_status licet_operations(licet_text** out, licet_error** error) {
    capi::clear(out);
    return capi::guard(error, {{out, "out"}}, {}, [&]() -> result<void> {
        capi::give(out, licet::operations_document());
        return boost::outcome_v2::success();
    });
}
