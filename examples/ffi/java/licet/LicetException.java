package licet;

import java.util.List;

/** What licet refused, and why. */
public final class LicetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong at one place of a document; `pointer` is a JSON Pointer into what was given. */
    public record Finding(String rule, String severity, String pointer, String message, String hint) {}

    private final Status status;
    private final String rule;
    private final transient List<Finding> findings;

    LicetException(int status, String rule, String message, List<Finding> findings) {
        super(message);
        this.status = Status.of(status);
        this.rule = rule;
        this.findings = findings;
    }

    public Status status() {
        return status;
    }

    /** The rule that was broken, such as "offer_id_length"; never renamed. */
    public String rule() {
        return rule;
    }

    /** All that is wrong with a document. */
    public List<Finding> findings() {
        return findings;
    }
}
