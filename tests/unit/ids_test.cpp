#include <licet/ids.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

using licet::Condition;
using licet::DealId;
using licet::Errc;
using licet::GroupId;
using licet::OfferId;
using licet::PlanId;
using licet::PublisherId;
using licet::ServiceId;
using licet::TenantId;
using licet::UserId;

namespace {

const std::string small_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";
const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const std::string guid = "0f8fad5b-d9cb-469f-a165-70867728950e";
const std::string guid_capitals = "0F8FAD5B-D9CB-469F-A165-70867728950E";

/// The rule the text breaks, or `none`.
template <class Id>
Errc broken_by(const std::string& text) {
    const auto id = Id::parse(text);
    if (id) {
        return Errc::none;
    }
    CHECK(id.error().code == Condition::invalid_argument);
    return static_cast<Errc>(id.error().code.value());
}

template <class Id>
void check_lengths(std::size_t min, std::size_t max, Errc rule) {
    CHECK(broken_by<Id>(std::string(min, 'a')) == Errc::none);
    CHECK(broken_by<Id>(std::string(max, 'a')) == Errc::none);
    CHECK(broken_by<Id>(std::string(min - 1, 'a')) == rule);
    CHECK(broken_by<Id>(std::string(max + 1, 'a')) == rule);
    CHECK(broken_by<Id>(std::string(1'000'000, '\xFF')) == rule);
}

/// Puts each of the 256 bytes after `before`.
template <class Id>
void check_bytes(const std::string& before, const std::string& after, const std::string& allowed,
                 Errc rule) {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const char c = static_cast<char>(byte);
        const bool fits = allowed.find(c) != std::string::npos;
        CHECK(broken_by<Id>(before + c + after) == (fits ? Errc::none : rule));
    }
}

}  // namespace

TEST_CASE("an id keeps the text it was parsed from") {
    CHECK(PublisherId::parse("test_isvconnect1599092224747").value().str() ==
          "test_isvconnect1599092224747");
    CHECK(OfferId::parse("d365_isvconnect_prod_licensable").value().str() ==
          "d365_isvconnect_prod_licensable");
    CHECK(PlanId::parse("-gold_").value().str() == "-gold_");
    CHECK(DealId::parse("Deal.2026_01-A").value().str() == "Deal.2026_01-A");
}

TEST_CASE("an id has its length") {
    check_lengths<PublisherId>(1, 50, Errc::publisher_id_length);
    check_lengths<OfferId>(3, 50, Errc::offer_id_length);
    check_lengths<PlanId>(1, 50, Errc::plan_id_length);
    check_lengths<DealId>(1, 64, Errc::deal_id_length);
    check_lengths<TenantId>(1, 64, Errc::tenant_id_length);
    check_lengths<UserId>(1, 64, Errc::user_id_length);
    check_lengths<GroupId>(1, 64, Errc::group_id_length);
}

TEST_CASE("an id of the wrong length says how long it is, whatever else is wrong") {
    const auto id = OfferId::parse("-?");
    REQUIRE_FALSE(id);
    CHECK(id.error().code == Errc::offer_id_length);
    CHECK(id.error().detail == "2 characters");
}

TEST_CASE("a publisher id and an offer id start with a small letter or a digit") {
    check_bytes<PublisherId>("", "bc", small_and_digits, Errc::publisher_id_bad_start);
    check_bytes<OfferId>("", "bc", small_and_digits, Errc::offer_id_bad_start);
    CHECK(broken_by<OfferId>("-b?") == Errc::offer_id_bad_start);
}

TEST_CASE("publisher, offer and plan ids hold small letters, digits, '-' and '_' only") {
    const std::string allowed = small_and_digits + "-_";
    check_bytes<PublisherId>("ab", "", allowed, Errc::publisher_id_bad_character);
    check_bytes<OfferId>("ab", "", allowed, Errc::offer_id_bad_character);
    check_bytes<PlanId>("", "b", allowed, Errc::plan_id_bad_character);
    check_bytes<PlanId>("ab", "", allowed, Errc::plan_id_bad_character);
}

TEST_CASE("a deal id holds letters, digits, '.', '_' and '-' only") {
    const std::string allowed = small_and_digits + capitals + "._-";
    check_bytes<DealId>("", "b", allowed, Errc::deal_id_bad_character);
    check_bytes<DealId>("ab", "", allowed, Errc::deal_id_bad_character);
}

TEST_CASE("an opaque id holds letters, digits, '.', '_', '@' and '-' only") {
    const std::string allowed = small_and_digits + capitals + "._@-";
    check_bytes<TenantId>("", "b", allowed, Errc::tenant_id_bad_character);
    check_bytes<UserId>("ab", "", allowed, Errc::user_id_bad_character);
    check_bytes<GroupId>("ab", "c", allowed, Errc::group_id_bad_character);
}

TEST_CASE("an id with a bad character says where it stands") {
    CHECK(OfferId::parse("ab?d").error().detail == "at index 2");
    CHECK(OfferId::parse("-bcd").error().detail == "at index 0");
}

TEST_CASE("a GUID is kept in lowercase without braces whatever its case and braces were") {
    for (const auto& text : {guid, guid_capitals, "{" + guid + "}", "{" + guid_capitals + "}",
                             std::string("0f8fad5B-D9cb-469F-a165-70867728950e")}) {
        CAPTURE(text);
        CHECK(TenantId::parse(text).value().str() == guid);
        CHECK(UserId::parse(text).value().str() == guid);
        CHECK(GroupId::parse(text).value().str() == guid);
    }
}

TEST_CASE("an opaque id keeps its case") {
    for (const char* text : {"Ann@Contoso.com", "A", "0F8FAD5B"}) {
        CHECK(UserId::parse(text).value().str() == text);
    }
}

TEST_CASE("what is nearly a GUID is an opaque id, its case kept") {
    std::string other_digit = guid_capitals;
    other_digit.back() = 'G';
    std::string other_dash = guid_capitals;
    other_dash[8] = 'A';
    for (const auto& text : {other_digit, other_dash, guid_capitals.substr(1), guid_capitals + "A",
                             guid_capitals.substr(0, 8)}) {
        CAPTURE(text);
        CHECK(TenantId::parse(text).value().str() == text);
    }
}

TEST_CASE("braces stand in pairs around a GUID and nowhere else") {
    for (const auto& text : {"{" + guid, guid + "}", "{{" + guid + "}}", std::string("{}"),
                             std::string("{"), std::string("{contoso}"), "(" + guid + ")"}) {
        CAPTURE(text);
        CHECK(broken_by<TenantId>(text) == Errc::tenant_id_bad_character);
    }
}

TEST_CASE("a default-made id is empty and names nothing") {
    CHECK(OfferId().empty());
    CHECK(OfferId().str().empty());
    CHECK(ServiceId().empty());
    CHECK(ServiceId().publisher().empty());
    CHECK(ServiceId().offer().empty());
    CHECK(ServiceId().plan().empty());
}

TEST_CASE("ids compare by their bytes, and ids of different kinds not at all") {
    CHECK(DealId::parse("A").value() < DealId::parse("a").value());
    CHECK(PlanId::parse("gold").value() == PlanId::parse("gold").value());
    CHECK(UserId::parse("{" + guid_capitals + "}").value() == UserId::parse(guid).value());
    static_assert(!std::is_convertible_v<OfferId, PlanId>);
    static_assert(!std::is_same_v<TenantId, UserId>);
}

TEST_CASE("ids can be looked up by hash") {
    const std::unordered_set<UserId> users{UserId::parse(guid).value(),
                                           UserId::parse(guid_capitals).value()};
    CHECK(users.size() == 1);
    const std::unordered_set<ServiceId> services{ServiceId::parse("a.bcd.e").value()};
    CHECK(services.count(ServiceId::parse("A.BCD.E").value()) == 1);
}

TEST_CASE("a service id is publisher, offer and plan with dots between") {
    const auto publisher = PublisherId::parse("fabrikam").value();
    const auto offer = OfferId::parse("f365").value();
    const auto plan = PlanId::parse("bronze").value();
    const auto id = ServiceId::of(publisher, offer, plan);
    CHECK(id.str() == "fabrikam.f365.bronze");
    CHECK(id == ServiceId::parse("fabrikam.f365.bronze").value());
}

TEST_CASE("a service id with a part that names nothing names nothing") {
    const auto publisher = PublisherId::parse("fabrikam").value();
    const auto offer = OfferId::parse("f365").value();
    const auto plan = PlanId::parse("bronze").value();
    CHECK(ServiceId::of(PublisherId(), offer, plan).empty());
    CHECK(ServiceId::of(publisher, OfferId(), plan).empty());
    CHECK(ServiceId::of(publisher, offer, PlanId()).empty());
}

TEST_CASE("published service ids are read into their three parts") {
    const std::vector<std::vector<std::string>> published{
        {"test_isvconnect1599092224747", "d365_isvconnect_prod_licensable", "bronzeplan"},
        {"test_isvconnect1599092224747", "d365_isvconnect_prod_licensable", "silverplan"},
        {"test_isvconnect1599092224747", "d365_isvconnect_prod_licensable", "goldplan"},
        {"mdcc1667400477212", "kckofferid", "planidkck"},
        {"stefanmaronconsulting1646304351282", "sentinel", "testplanin"},
        {"tino_callarisa", "asymmetric-matrix-tcviz", "pro"},
    };
    for (const auto& parts : published) {
        const std::string text = parts[0] + "." + parts[1] + "." + parts[2];
        CAPTURE(text);
        const auto id = ServiceId::parse(text);
        REQUIRE(id);
        CHECK(id.value().str() == text);
        CHECK(id.value().publisher().str() == parts[0]);
        CHECK(id.value().offer().str() == parts[1]);
        CHECK(id.value().plan().str() == parts[2]);
    }
}

TEST_CASE("a service id is read ignoring case and kept in lowercase") {
    CHECK(ServiceId::parse("Fabrikam.F365.BRONZE").value().str() == "fabrikam.f365.bronze");
}

TEST_CASE("a service id is 1 to 300 characters long, which is asked before anything else") {
    CHECK(broken_by<ServiceId>("") == Errc::service_id_length);
    CHECK(broken_by<ServiceId>(std::string(301, '.')) == Errc::service_id_length);
    CHECK(broken_by<ServiceId>(std::string(300, '.')) == Errc::service_id_parts);
    const std::string part(50, 'a');
    CHECK(broken_by<ServiceId>(part + "." + part + "." + part) == Errc::none);
}

TEST_CASE("a service id has exactly two dots") {
    for (const char* text : {"fabrikam", "fabrikam.f365", "fabrikam.f365.gold.x", "....", "?"}) {
        CAPTURE(text);
        CHECK(broken_by<ServiceId>(text) == Errc::service_id_parts);
    }
}

TEST_CASE("each part of a service id is judged as the id it is") {
    CHECK(broken_by<ServiceId>(".f365.gold") == Errc::publisher_id_length);
    CHECK(broken_by<ServiceId>("_fabrikam.f365.gold") == Errc::publisher_id_bad_start);
    CHECK(broken_by<ServiceId>("fab rikam.f365.gold") == Errc::publisher_id_bad_character);
    CHECK(broken_by<ServiceId>("fabrikam.f3.gold") == Errc::offer_id_length);
    CHECK(broken_by<ServiceId>("fabrikam.-f365.gold") == Errc::offer_id_bad_start);
    CHECK(broken_by<ServiceId>("fabrikam.f/365.gold") == Errc::offer_id_bad_character);
    CHECK(broken_by<ServiceId>("fabrikam.f365.") == Errc::plan_id_length);
    CHECK(broken_by<ServiceId>("fabrikam.f365." + std::string(51, 'a')) == Errc::plan_id_length);
    CHECK(broken_by<ServiceId>("fabrikam.f365.g\xC3\xB6ld") == Errc::plan_id_bad_character);
}

TEST_CASE("lowercase changes the 26 capital letters and no other byte") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const char c = static_cast<char>(byte);
        const auto index = capitals.find(c);
        const bool is_capital = index != std::string::npos;
        CHECK(licet::lowercase(std::string(1, c)) ==
              std::string(1, is_capital ? small_and_digits[index] : c));
        CHECK(licet::is_lowercase(std::string("a") + c) == !is_capital);
    }
    CHECK(licet::lowercase("").empty());
    CHECK(licet::is_lowercase(""));
}

TEST_CASE("publisher, dot and offer are at most 40 characters together") {
    const auto fits = [](const std::string& publisher, const std::string& offer) {
        return fits_together(PublisherId::parse(publisher).value(), OfferId::parse(offer).value());
    };
    CHECK(fits("testpublisherid", "test-offer-1"));
    CHECK(ServiceId::parse("testpublisherid.test-offer-1.p").value().str().size() == 28 + 2);
    CHECK(fits(std::string(20, 'p'), std::string(19, 'o')));
    CHECK_FALSE(fits(std::string(20, 'p'), std::string(20, 'o')));
    CHECK(fits("p", std::string(38, 'o')));
    CHECK_FALSE(fits("p", std::string(39, 'o')));
    CHECK_FALSE(fits(std::string(50, 'p'), std::string(50, 'o')));
}

TEST_CASE("Microsoft's own sample is 60 characters long and does not fit") {
    const auto id =
        ServiceId::parse("test_isvconnect1599092224747.d365_isvconnect_prod_licensable.bronzeplan")
            .value();
    CHECK(id.publisher().str().size() + 1 + id.offer().str().size() == 60);
    CHECK_FALSE(fits_together(id.publisher(), id.offer()));
}

TEST_CASE("a plan can be referenced from 3 characters on, the first neither '-' nor '_'") {
    const auto referencable = [](const char* text) {
        return is_referencable(PlanId::parse(text).value());
    };
    CHECK(referencable("pro"));
    CHECK(referencable("0-_"));
    CHECK_FALSE(referencable("p1"));
    CHECK_FALSE(referencable("p"));
    CHECK_FALSE(referencable("-pro"));
    CHECK_FALSE(referencable("_pro"));
    CHECK_FALSE(is_referencable(PlanId()));
}
