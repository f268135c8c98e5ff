#include <iostream>

#include <licet/ids.hpp>
#include <licet/operations/operations.hpp>

int main() {
    const auto engine = licet::open_engine(R"({"store":"memory"})");
    if (!engine) {
        std::cerr << engine.error().message() << '\n';
        return 1;
    }
    const auto user = licet::UserId::parse("adele").value();
    const auto decision =
        engine.value()->seats().check("contoso", "fabrikam.f365.bronze", user.str());
    return decision.value() == licet::Decision::no_pool ? 0 : 1;
}
