#include "fuzz/plan_files.hpp"

#include <charconv>
#include <string>
#include <vector>

#include "formats/plan_files.hpp"
#include "fuzz/judge.hpp"
#include "text.hpp"

namespace fuzz {
namespace {

using licet::Finding;
using licet::Offer;
using licet::PlanFiles;
using licet::Profile;

/// The texts of the lines.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        lines.push_back(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), lines.back().size() + 1));
    }
    return lines;
}

/// "<line>/<column>"
bool is_place(std::string_view place, const std::vector<std::string_view>& lines) {
    std::size_t line = 0;
    std::size_t column = 0;
    const char* const end = place.data() + place.size();
    const char* const slash = std::from_chars(place.data(), end, line).ptr;
    if (slash == end || std::from_chars(slash + 1, end, column).ptr != end) {
        return false;
    }
    const bool is_empty_file = lines.empty() && line == 1 && column == 1;
    return is_empty_file || (line >= 1 && line <= lines.size() && column >= 1 &&
                             column <= licet::text::characters(lines[line - 1]) + 1);
}

void expect_in_files(const std::vector<Finding>& findings, const PlanFiles& files) {
    const auto definition = lines_of(files.definition);
    const auto mapping = lines_of(files.mapping);
    for (const Finding& finding : findings) {
        const std::string_view pointer = finding.pointer;
        const bool is_mapped = pointer.starts_with("/mapping");
        const std::string_view file = is_mapped ? "/mapping" : "/definition";
        expect(pointer == file ||
                   (pointer.starts_with(std::string(file) + "/") &&
                    is_place(pointer.substr(file.size() + 1), is_mapped ? mapping : definition)),
               "a finding stands at a place of the files", pointer);
    }
}

std::vector<Finding> check(Market& market, const PlanFiles& files, Profile profile) {
    auto checked = market.engine().catalog().check_plan_files({files, profile, {}, {}}, {});
    expect(checked.has_value(), "plan files can always be checked");
    expect_readable(checked.value().findings);
    expect_in_files(checked.value().findings, files);
    return std::move(checked).value().findings;
}

/// An offer that was read can be kept, and its files say all that was read.
void expect_kept(Market& market, const Offer& offer) {
    const licet::Caller caller = owner(offer.publisher);
    const auto created = market.engine().catalog().create_offer({offer, Profile::import}, caller);
    expect(created.has_value(), "an offer that was read can be kept",
           created ? "" : created.error().message());
    const auto written =
        market.engine().catalog().write_plan_files({offer.publisher, offer.id}, caller);
    const PlanFiles& files = written.value().files;
    const auto again = market.engine().catalog().read_plan_files({files});
    expect(again.has_value(), "what was written can be read", files.definition + files.mapping);
    expect(again.value().offers == std::vector<Offer>{offer}, "what was written is what was read",
           files.definition + files.mapping);
    expect(licet::formats::write_plan_files(again.value().offers[0]) == files,
           "what was written is written again to the byte", files.definition + files.mapping);
    const auto checked = market.engine().catalog().check_plan_files(
        {files, Profile::import, offer.publisher, offer.id}, caller);
    expect(!has_errors(checked.value().findings), "files are those of their offer");
}

}  // namespace

PlanFiles published_files() {
    const std::string offer = "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.";
    return {"ServiceID,Display name,More info URL\n" +                                  //
                offer + "bronzeplan,Fabrikam Bronze Plan,http://www.microsoft.com\n" +  //
                offer + "silverplan,Fabrikam Silver Plan,http://www.microsoft.com\n" +  //
                offer + "goldplan,Fabrikam Gold Plan,http://www.microsoft.com\n",
            "Service ID,Component name\n" +               //
                offer + "bronzeplan,crf36_BronzeApp\n" +  //
                offer + "silverplan,crf36_BronzeApp\n" +  //
                offer + "silverplan,crf36_SilverApp\n" +  //
                offer + "goldplan,crf36_BronzeApp\n" +    //
                offer + "goldplan,crf36_SilverApp\n" +    //
                offer + "goldplan,crf36_GoldApp\n"};
}

void judge_files(const PlanFiles& files) {
    Market market;
    const auto strict = check(market, files, Profile::create);
    const auto lenient = check(market, files, Profile::import);
    expect(has_errors(strict) || !has_errors(lenient), "files out there are judged more mildly");
    const std::string before = market.dump();
    const auto read = market.engine().catalog().read_plan_files({files});
    expect(market.dump() == before, "reading changes nothing");
    if (!read) {
        expect_readable(read.error().findings);
        expect_in_files(read.error().findings, files);
        expect(has_errors(lenient) || read.error().code == licet::Errc::plan_name_length,
               "what is no error out there can be read, where plans can be called so");
        return;
    }
    expect(!has_errors(lenient), "what is an error out there is not read");
    for (const Offer& offer : read.value().offers) {
        expect_kept(market, offer);
    }
}

}  // namespace fuzz
