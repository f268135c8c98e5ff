#include "examples.hpp"

#include <cstdlib>

namespace rules {
namespace {

using enum Kind;

constexpr std::string_view all_sections[] = {"Ids", "Words",   "Documents",
                                             "CSV", "Catalog", "Plan files"};

constexpr std::string_view not_of_checks[] = {
    "deal_id_length",
    "deal_id_bad_character",
    "user_id_length",
    "user_id_bad_character",
    "group_id_length",
    "group_id_bad_character",
    "timestamp_syntax",
    "date_syntax",
    "field_not_changeable",
    "list_length",
    "offer_exists",
    "offer_not_found",
    "alias_frozen",
    "offer_type_frozen",
    "setup_license_management_frozen",
    "plan_exists",
    "plan_not_found",
    "plan_visibility_frozen",
    "plan_published",
    "plan_not_published",
    "plan_stopped",
    "plan_last",
    "pricing_frozen",
    "offer_status",
    "offer_draft_closed",
    "offer_unchanged",
    "review_findings_missing",
};

constexpr Example examples[] = {
    {"publisher_id_length", "D", patch, R"({"publisher":"<51 x>"})"},
    {"publisher_id_bad_start", "O", patch, R"({"publisher":"-fabrikam"})"},
    {"publisher_id_bad_character", "O", patch, R"({"publisher":"fabri.kam"})"},
    {"offer_id_length", "S P", patch, R"({"id":"f3"})"},
    {"offer_id_bad_start", "S P", patch, R"({"id":"_f365"})"},
    {"offer_id_bad_character", "S P", patch, R"({"id":"f 365"})"},
    {"publisher_offer_length", "S P", patch, R"({"id":"<32 x>"})"},
    {"plan_id_length", "P", patch, R"({"plans":[{"id":"<51 x>","name":"Bronze"}]})"},
    {"plan_id_bad_character", "P", patch, R"({"plans":[{"id":"bronze!","name":"Bronze"}]})"},
    {"plan_id_not_referencable", "P", patch, R"({"plans":[{"id":"a","name":"Bronze"}]})"},
    {"service_id_length", "P", rows, "<301 x>,Bronze,\n"},
    {"service_id_parts", "P O", rows, "fabrikam.bronze,Bronze,\n"},
    {"tenant_id_length", "P D", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","visibility":"private","audience":[""]}]})"},
    {"tenant_id_bad_character", "P D", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","visibility":"private","audience":["a b"]}]})"},
    {"id_not_lowercase", "D", rows, "Fabrikam.f365.bronze,Bronze,\n"},

    {"decimal_syntax", "D", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"markets":["US"],"terms":[{"unit":"month","price":{"amount":"1,5","currency":"USD"}}]}}]})"},
    {"currency_syntax", "D", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"markets":["US"],"terms":[{"unit":"month","price":{"amount":"10","currency":"$"}}]}}]})"},
    {"country_syntax", "P", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"markets":["USA"]}}]})"},

    {"json_syntax", "D", text, R"({"id":})"},
    {"json_too_deep", "D", text, "<33 [>"},
    {"json_duplicate_key", "D", text, R"({"id":"f365","id":"f366"})"},
    {"wrong_type", "D", patch, R"({"alias":7})"},
    {"not_an_integer", "D", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","pricing":{"user_limits":{"min":1.5,"max":2}}}]})"},
    {"number_out_of_range", "D", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"markets":["US"],"terms":[{"unit":"month","count":1001,"price":{"amount":"10","currency":"USD"}}]}}]})"},
    {"unknown_field", "D", patch, R"({"aliass":"Fabrikam 365"})"},
    {"missing_field", "D", patch, R"({"alias":null})"},
    {"unknown_word", "D", patch, R"({"type":"power_app"})"},
    {"derived_field_ignored", "D", patch, R"({"status":"live"})"},
    {"text_length", "P", rows, "fabrikam.f365.bronze,Bronze,https://<2041 x>\n"},
    {"url_syntax", "P", patch, R"({"technical":{"package_url":"ftp://fabrikam.example"}})"},
    {"findings_omitted", "D", rows, "<101 x,,\n>"},

    {"csv_quote_unclosed", "P", rows, "fabrikam.f365.bronze,\"Bronze,\n"},
    {"csv_quote_misplaced", "P", rows, "fabrikam.f365.bronze,the \"bronze\" plan,\n"},
    {"csv_line_end", "P", rows, "fabrikam.f365.bronze,Bronze,\rx\n"},
    {"csv_bad_byte", "P", rows, "fabrikam.f365.bronze,Bronz\xE9,\n"},
    {"csv_columns", "D", rows, "<1000 ,>\n"},

    {"alias_length", "S", patch, R"({"alias":""})"},
    {"listing_name_length", "P", patch, R"({"listing":{"name":"<201 x>"}})"},
    {"listing_summary_length", "P", patch, R"({"listing":{"summary":"<101 x>"}})"},
    {"listing_keywords_count", "P", patch, R"({"listing":{"keywords":["a","b","c","d"]}})"},
    {"listing_missing", "S", patch, R"({"listing":null})"},
    {"setup_missing", "S P", patch, R"({"setup":null})"},
    {"setup_license_management_forced", "S P", patch,
     R"({"setup":{"sell_through_microsoft":true,"license_management":false}})"},
    {"setup_license_management_needs_microsoft", "P", patch, R"({"type":"saas"})"},
    {"setup_call_to_action_excluded", "S P", patch, R"({"setup":{"call_to_action":"free"}})"},
    {"setup_call_to_action_missing", "S P", patch,
     R"({"setup":{"license_management":false,"require_license_for_install":null}})"},
    {"setup_require_license_excluded", "S P", patch,
     R"({"setup":{"license_management":false,"call_to_action":"free"}})"},
    {"setup_require_license_missing", "S P", patch,
     R"({"setup":{"require_license_for_install":null}})"},
    {"technical_missing", "S P", patch, R"({"technical":{"base_license_model":null}})"},
    {"technical_license_model", "S P", patch, R"({"technical":{"base_license_model":"resource"}})"},
    {"package_url_missing", "S", patch, R"({"technical":{"package_url":null}})"},
    {"package_url_not_https", "S", patch,
     R"({"technical":{"package_url":"http://fabrikam.example/package.zip"}})"},
    {"plans_missing", "S P", patch, R"({"plans":[]})"},
    {"plans_count", "P", patch, R"({"plans":[<101 {"id":"p-#","name":"P #"}>]})"},
    {"private_plans_count", "P", patch,
     R"({"plans":[<46 {"id":"p-#","name":"P #","visibility":"private"}>]})"},
    {"plan_id_duplicate", "P", patch, R"({"plans":[<2 {"id":"bronze","name":"P #"}>]})"},
    {"plan_name_length", "P", patch, R"({"plans":[{"id":"bronze","name":""}]})"},
    {"plan_name_duplicate", "P", patch, R"({"plans":[<2 {"id":"p-#","name":"Bronze"}>]})"},
    {"plan_description_length", "P", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","description":"<3001 x>"}]})"},
    {"plan_audience_excluded", "P", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","audience":["contoso"]}]})"},
    {"plan_audience_count", "P", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","visibility":"private","audience":[<20001 "t#">]}]})"},
    {"plan_apps_missing", "P D", patch, R"({"plans":[{"id":"bronze","name":"Bronze"}]})"},
    {"plan_order_unknown", "D", patch, R"({"plan_order":["copper"]})"},
    {"plan_order_duplicate", "D", patch, R"({"plan_order":["bronze","bronze"]})"},
    {"plan_order_unlocks_less", "D", patch, R"({"plan_order":["silver","bronze"]})"},
    {"service_id_mismatch", "P O", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","service_id":"fabrikam.f366.bronze"}]})"},
    {"app_name_empty", "P", patch, R"({"plans":[{"id":"bronze","name":"Bronze","apps":[""]}]})"},
    {"app_duplicate", "P", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","apps":["crf36_App","crf36_app"]}]})"},
    {"app_name_display", "P", patch,
     R"({"plans":[{"id":"bronze","name":"Bronze","apps":["Bronze App"]}]})"},
    {"pricing_missing", "P", patch,
     R"({"setup":{"sell_through_microsoft":true,"require_license_for_install":null}})"},
    {"pricing_excluded", "P", patch, R"({"plans":[{"id":"bronze","name":"Bronze","pricing":{}}]})"},
    {"pricing_user_limits", "P", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"user_limits":{"min":2,"max":1}}}]})"},
    {"pricing_markets_missing", "P", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{}}]})"},
    {"pricing_terms_missing", "P", patch,
     R"({"setup":{"sell_through_microsoft":true},"plans":[{"id":"bronze","name":"Bronze","pricing":{"markets":["US"]}}]})"},

    {"plan_file_column", "P", file, "Service,Display name,More info URL\n"},
    {"plan_file_column_missing", "P", file, "ServiceID,Display name\n"},
    {"plan_file_column_extra", "P", file,
     "ServiceID,Display name,More info URL,Owner\nfabrikam.f365.bronze,Bronze,,Ana\n"},
    {"plan_file_row_length", "P", rows, "fabrikam.f365.bronze,Bronze, the cheap one,\n"},
    {"plan_file_name_length", "P", rows, "fabrikam.f365.bronze,,\n"},
    {"plan_file_plan_duplicate", "P", rows, "<2 fabrikam.f365.bronze,P #,\n>"},
    {"plan_file_app_duplicate", "P", rows, "fabrikam.f365.bronze,Bronze,\n",
     "<2 fabrikam.f365.bronze,crf36_App\n>"},
    {"plan_file_plan_undefined", "P", rows, "fabrikam.f365.bronze,Bronze,\n",
     "fabrikam.f365.bronce,crf36_App\n"},
    {"plan_file_plan_unmapped", "P", rows,
     "fabrikam.f365.bronze,Bronze,\nfabrikam.f365.gold,Gold,\n"},
    {"plan_file_other_offer", "P", rows,
     "fabrikam.f365.bronze,Bronze,\nfabrikam.f366.bronze,Bronze,\n"},
    {"plan_file_plan_missing", "P", of_offer, "fabrikam.f365.bronze,Bronze,\n"},
    {"plan_file_plan_unknown", "P", of_offer, "fabrikam.f365.copper,Copper,\n"},
    {"plan_file_apps_differ", "D", of_offer, "fabrikam.f365.bronze,Bronze,\n",
     "fabrikam.f365.bronze,crf36_OtherApp\n"},
};

}  // namespace

const std::string_view good_offer = R"({
  "publisher": "fabrikam",
  "id": "f365",
  "alias": "Fabrikam 365",
  "setup": {"sell_through_microsoft": false, "license_management": true, "require_license_for_install": true},
  "listing": {"name": "Fabrikam 365"},
  "technical": {"base_license_model": "user", "package_url": "https://fabrikam.example/package.zip"},
  "plans": [
    {"id": "bronze", "name": "Bronze", "apps": ["crf36_BronzeApp"]},
    {"id": "silver", "name": "Silver", "apps": ["crf36_BronzeApp", "crf36_SilverApp"]}
  ]
})";

const std::string_view good_mapping = "fabrikam.f365.bronze,crf36_BronzeApp\n";

const std::span<const std::string_view> sections = all_sections;
const std::span<const std::string_view> of_operations = not_of_checks;

std::span<const Example> all() { return examples; }

std::string expanded(std::string_view notation) {
    std::string out;
    while (!notation.empty()) {
        const auto open = notation.find('<');
        out += notation.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        notation.remove_prefix(open + 1);
        const auto space = notation.find(' ');
        const auto close = notation.find('>', space);
        const int times = std::atoi(std::string(notation.substr(0, space)).c_str());
        const std::string_view what = notation.substr(space + 1, close - space - 1);
        const bool is_list = what.starts_with('{') || what.starts_with('"');
        for (int n = 1; n <= times; ++n) {
            out += is_list && n > 1 ? "," : "";
            for (const char c : what) {
                out += c == '#' ? std::to_string(n) : std::string(1, c);
            }
        }
        notation.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace rules
