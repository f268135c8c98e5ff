package licet;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link Store}, made into one that an Engine opens. The engines on it keep it: close it any time,
 * or leave that to the collector.
 */
public final class HostStore implements AutoCloseable {
    // `self` of the C functions is a number here, so that five callbacks serve all stores.
    private static final Map<Long, Store> STORES = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();

    // The functions of licet_store_vtable, in order; JNA forgets those that nobody else knows.
    private static final List<Callback> FUNCTIONS = List.of((Read) HostStore::read, (Scan) HostStore::scan,
            (Commit) HostStore::commit, (Limits) HostStore::limits, (Destroy) HostStore::destroy);
    private static final Memory VTABLE = vtable();

    private final C.Handle handle;

    public HostStore(Store store) {
        LongByReference out = new LongByReference();
        LongByReference error = new LongByReference();
        long self = LAST.incrementAndGet();
        STORES.put(self, store);
        int status = C.licet_store_new(VTABLE, self, out, error);
        if (status != 0) {
            STORES.remove(self);
        }
        C.require(status, error);
        handle = new C.Handle(this, out.getValue(), C::licet_store_free);
    }

    /** Runs licet's own suite on the store; gives its report. */
    public Map<String, Object> check() {
        LongByReference report = new LongByReference();
        LongByReference error = new LongByReference();
        try {
            C.require(C.licet_store_check(handle.address(), report, error), error);
        } finally {
            Reference.reachabilityFence(this);
        }
        return C.takeDocument(report.getValue());
    }

    @Override
    public void close() {
        handle.close();
    }

    long address() {
        return handle.address();
    }

    interface Read extends Callback {
        int call(long self, long keys, long count, long reply);
    }

    interface Scan extends Callback {
        int call(long self, long from, long fromSize, long to, long toSize, long limit, long reply);
    }

    interface Commit extends Callback {
        int call(long self, long expectations, long expectationCount, long writes, long writeCount, long reply);
    }

    interface Limits extends Callback {
        int call(long self, long reply);
    }

    interface Destroy extends Callback {
        void call(long self);
    }

    private static Memory vtable() {
        Memory vtable = new Memory((1 + FUNCTIONS.size()) * Long.BYTES);
        vtable.setLong(0, vtable.size());
        for (int i = 0; i < FUNCTIONS.size(); ++i) {
            vtable.setPointer((1 + i) * Long.BYTES, CallbackReference.getFunctionPointer(FUNCTIONS.get(i)));
        }
        return vtable;
    }

    // licet_string is 16 bytes, licet_expectation a key and a stamp, licet_write a key, a value and
    // an int.
    private static final int STRING = 16;
    private static final int EXPECTATION = STRING + 8;
    private static final int WRITE = 2 * STRING + 8;

    private static String stringAt(Pointer data, long offset) {
        return C.string(data.getLong(offset), data.getLong(offset + 8));
    }

    private static int read(long self, long keys, long count, long reply) {
        return guard(self, reply, store -> {
            Pointer data = new Pointer(keys);
            List<String> wanted = new ArrayList<>();
            for (long i = 0; i < count; ++i) {
                wanted.add(stringAt(data, i * STRING));
            }
            reply(reply, store.read(wanted));
        });
    }

    private static int scan(long self, long from, long fromSize, long to, long toSize, long limit, long reply) {
        return guard(self, reply,
                store -> reply(reply, store.scan(C.string(from, fromSize), C.string(to, toSize), limit)));
    }

    private static int commit(long self, long expectations, long expectationCount, long writes, long writeCount,
            long reply) {
        return guard(self, reply, store -> {
            Pointer data = new Pointer(expectations);
            List<Store.Expectation> expected = new ArrayList<>();
            for (long at = 0; at < expectationCount * EXPECTATION; at += EXPECTATION) {
                expected.add(new Store.Expectation(stringAt(data, at), data.getLong(at + STRING)));
            }
            data = new Pointer(writes);
            List<Store.Write> written = new ArrayList<>();
            for (long at = 0; at < writeCount * WRITE; at += WRITE) {
                boolean isDelete = data.getInt(at + 2 * STRING) != 0;
                written.add(new Store.Write(stringAt(data, at), isDelete ? null : stringAt(data, at + STRING)));
            }
            C.licet_reply_stamp(reply, store.commit(expected, written));
        });
    }

    private static int limits(long self, long reply) {
        return guard(self, reply, store -> store.limits().forEach((name, value) -> {
            byte[] text = C.utf8(name);
            C.licet_reply_limit(reply, text, text.length, value);
        }));
    }

    private static void destroy(long self) {
        try {
            STORES.remove(self).close();
        } catch (Throwable ignored) {
            // There is nobody left to tell.
        }
    }

    private interface Body {
        void run(Store store) throws Exception;
    }

    private static int guard(long self, long reply, Body body) {
        try {
            body.run(STORES.get(self));
            return 0;
        } catch (Store.Conflict conflict) {
            byte[] key = C.utf8(conflict.key());
            C.licet_reply_conflict(reply, key, key.length);
            return 1;
        } catch (Throwable failure) {
            byte[] detail = C.utf8(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
            C.licet_reply_detail(reply, detail, detail.length);
            return failure instanceof Store.OutcomeUnknown ? 3 : 2;
        }
    }

    private static void reply(long reply, List<Store.Entry> entries) {
        int index = 0;
        for (Store.Entry entry : entries) {
            if (entry != null) {
                byte[] key = C.utf8(entry.key());
                byte[] value = C.utf8(entry.value());
                C.licet_reply_record(reply, index, key, key.length, value, value.length, entry.stamp());
            }
            ++index;
        }
    }
}
