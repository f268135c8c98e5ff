package licet;

import java.util.List;
import java.util.Map;

/**
 * A store of the host's own. Called from any thread that uses an engine on it, several at once. What
 * it throws becomes Status.STORAGE, but for the two exceptions of commit.
 */
public interface Store {
    /** What is there under a key. The stamp, above 0, grows with every write of the key. */
    record Entry(String key, String value, long stamp) {}

    /** The stamp that a key must have; 0: it must be absent. */
    record Expectation(String key, long stamp) {}

    /** A value, or (null) the end of one. */
    record Write(String key, String value) {}

    /** Thrown by commit: the first key whose expectation does not hold. */
    final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String key;

        public Conflict(String key) {
            super("conflict at " + key, null, false, false);
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** Thrown by commit: it may or may not be written. */
    final class OutcomeUnknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        public OutcomeUnknown(Throwable cause) {
            super(cause);
        }
    }

    /** For each key what is there, or null. */
    List<Entry> read(List<String> keys) throws Exception;

    /** The first `limit` with from <= key < to ("" for `to`: no end), in byte order. */
    List<Entry> scan(String from, String to, long limit) throws Exception;

    /**
     * Where every expectation holds, does all writes, and gives their stamp. Else throws a Conflict
     * and has done nothing; or OutcomeUnknown, if it cannot tell.
     */
    long commit(List<Expectation> expectations, List<Write> writes) throws Exception;

    /** "key_bytes", "value_bytes", "writes_per_batch": those there are. */
    default Map<String, Long> limits() throws Exception {
        return Map.of();
    }

    /** The last call, when the engines on the store are closed. */
    default void close() throws Exception {}
}
