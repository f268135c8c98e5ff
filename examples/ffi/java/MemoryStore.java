import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import licet.Store;

/** A store in Java: a TreeMap, which orders ASCII by its bytes. Nothing outlives the process. */
class MemoryStore implements Store {
    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private long stamp; // of the whole store, so that no key ever sees one twice

    @Override
    public synchronized List<Entry> read(List<String> keys) {
        return keys.stream().map(entries::get).toList();
    }

    @Override
    public synchronized List<Entry> scan(String from, String to, long limit) {
        NavigableMap<String, Entry> rest = entries.tailMap(from, true);
        return rest.values().stream()
                .takeWhile(entry -> to.isEmpty() || entry.key().compareTo(to) < 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long commit(List<Expectation> expectations, List<Write> writes) {
        for (Expectation expected : expectations) {
            Entry entry = entries.get(expected.key());
            if ((entry == null ? 0 : entry.stamp()) != expected.stamp()) {
                throw new Conflict(expected.key());
            }
        }
        ++stamp;
        for (Write write : writes) {
            if (write.value() == null) {
                entries.remove(write.key());
            } else {
                entries.put(write.key(), new Entry(write.key(), write.value(), stamp));
            }
        }
        return stamp;
    }
}
