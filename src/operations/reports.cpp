// What is told in JSON and is no operation's answer.

#include <licet/operations/operations.hpp>

#include "formats/tables/common.hpp"

namespace licet {
namespace formats {

template <>
struct Table<ConformanceCase> {
    static constexpr Field fields[] = {
        field<ConformanceCase, &ConformanceCase::name>("name"),
        field<ConformanceCase, &ConformanceCase::ok>("ok"),
        field<ConformanceCase, &ConformanceCase::detail>("detail"),
    };
};

}  // namespace formats

std::string report_json(const ConformanceReport& report) {
    formats::Writer out(formats::Audience::caller);
    out.raw(report.ok() ? R"({"ok":true,"cases":)" : R"({"ok":false,"cases":)");
    formats::Codec<std::vector<ConformanceCase>>::write(out, report.cases);
    out.raw(R"(,"left_out":)");
    formats::Codec<std::vector<std::string>>::write(out, report.left_out);
    out.raw('}');
    return std::move(out).take();
}

}  // namespace licet
