#pragma once

/// \file
/// What is wrong with a document: all of it at once, each with its place.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace licet {

/// What happened: the rule that was broken. The C ABI knows a rule by its name, so rules
/// may be reordered, not renamed. All of them stand in rules.inc.
enum class Errc {
    none = 0,  ///< Not an error; never given out.
#define LICET_RULE(name, condition, message) name,
#include <licet/rules.inc>
#undef LICET_RULE
};

enum class Severity { error, warning };

/// One thing that is wrong, or looks wrong, in a document.
struct Finding {
    Errc rule = Errc::none;
    Severity severity = Severity::error;
    /// JSON Pointer (RFC 6901) into the document the caller gave; "" is all of it.
    std::string pointer;
    std::string message;  ///< One line of lower case that names the value.
    std::string hint;     ///< What to do; may be empty.

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// A place in a document, cheap to extend and made into text only when something is wrong.
///
/// It refers to the place it extends, so pass it down and do not keep it: in
/// `check(plan, at / "plans" / 3)` everything lives long enough, in
/// `auto path = at / "plans" / 3;` it does not.
class Path {
public:
    Path() noexcept = default;

    /// The place itself must outlive what it is extended to, and `name` too.
    Path operator/(std::string_view name) const noexcept { return {this, name, 0}; }
    Path operator/(std::size_t index) const noexcept { return {this, {}, index}; }

    /// RFC 6901: '~' is written "~0" and '/' "~1".
    std::string str() const;

private:
    Path(const Path* parent, std::string_view name, std::size_t index) noexcept
        : parent_(parent), name_(name), index_(index) {}

    /// Puts it in front of `behind` more bytes, and answers where these begin.
    char* write(std::string& text, std::size_t behind) const;

    const Path* parent_ = nullptr;
    std::string_view name_;  // data() == nullptr: an index
    std::size_t index_ = 0;
};

/// Collects findings in the order in which they are met.
class Findings {
public:
    /// `detail` names the value and is appended to the rule's own text; both it and `hint`
    /// may be empty.
    void error(Errc rule, const Path& at, std::string_view detail = {}, std::string_view hint = {});
    void warning(Errc rule, const Path& at, std::string_view detail = {},
                 std::string_view hint = {});
    void add(Errc rule, Severity severity, const Path& at, std::string_view detail = {},
             std::string_view hint = {});
    void add(Finding finding);

    /// True where an error stands at this very place: what could not even be read need not be
    /// judged once more.
    bool broken(const Path& at) const;

    bool has_errors() const noexcept { return !broken_.empty(); }
    bool empty() const noexcept { return all_.empty(); }
    const std::vector<Finding>& all() const noexcept { return all_; }
    std::vector<Finding> take() && noexcept { return std::move(all_); }

private:
    std::vector<Finding> all_;
    std::unordered_set<std::string> broken_;  // where the errors are
};

}  // namespace licet
