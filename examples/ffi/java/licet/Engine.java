package licet;

import com.sun.jna.ptr.LongByReference;
import java.lang.ref.Reference;
import java.util.Map;

/**
 * The rules over a store. Used by any number of threads at once, but closed when no other thread
 * calls it any more; closed by itself when nobody has it any more.
 *
 * <pre>
 * try (Engine engine = new Engine(Map.of("store", "sqlite", "path", "fabrikam.db"))) {
 *     Map&lt;String, Object&gt; answer = engine.call("seats.assign", Map.of("as", liv, ...));
 * }
 * </pre>
 *
 * What licet refuses is thrown as a LicetException. Documents are what {@link Json} says.
 */
public final class Engine implements AutoCloseable {
    private final C.Handle handle;

    /** Opens an engine as `config` has it. */
    public Engine(Map<String, ?> config) {
        LongByReference out = new LongByReference();
        LongByReference error = new LongByReference();
        byte[] text = C.utf8(Json.write(config));
        C.require(C.licet_engine_open(text, text.length, out, error), error);
        handle = new C.Handle(this, out.getValue(), C::licet_engine_close);
    }

    /** The same on a store of the host's own; `config` then names none. */
    public Engine(Map<String, ?> config, HostStore store) {
        LongByReference out = new LongByReference();
        LongByReference error = new LongByReference();
        byte[] text = C.utf8(Json.write(config));
        try {
            C.require(C.licet_engine_open_with_store(text, text.length, store.address(), out, error), error);
        } finally {
            Reference.reachabilityFence(store);
        }
        handle = new C.Handle(this, out.getValue(), C::licet_engine_close);
    }

    /** Runs an operation, such as "seats.assign". */
    public Map<String, Object> call(String operation, Map<String, ?> arguments) {
        LongByReference answer = new LongByReference();
        LongByReference error = new LongByReference();
        byte[] name = C.utf8(operation);
        byte[] given = C.utf8(Json.write(arguments));
        try {
            C.require(C.licet_call(handle.address(), name, name.length, given, given.length, answer, error), error);
        } finally {
            Reference.reachabilityFence(this);
        }
        return C.takeDocument(answer.getValue());
    }

    /** May this user use what this plan gives? */
    public Decision check(String tenant, String serviceId, String user) {
        return decide(C::licet_check, tenant, serviceId, user);
    }

    /** May this user open this app, by any plan that maps to it? */
    public Decision checkApp(String tenant, String app, String user) {
        return decide(C::licet_check_app, tenant, app, user);
    }

    @Override
    public void close() {
        handle.close();
    }

    /** The version of the library, such as "0.2.0". */
    public static String version() {
        int packed = C.licet_version();
        return (packed >>> 16) + "." + (packed >>> 8 & 0xff) + "." + (packed & 0xff);
    }

    /** What there is to call, with JSON Schemas. */
    public static Map<String, Object> operations() {
        LongByReference answer = new LongByReference();
        LongByReference error = new LongByReference();
        C.require(C.licet_operations(answer, error), error);
        return C.takeDocument(answer.getValue());
    }

    interface Check {
        int ask(long engine, long tenant, long tenantSize, long what, long whatSize, long user, long userSize,
                long decision, long error);
    }

    Decision decide(Check check, String tenant, String what, String user) {
        byte[] t = C.utf8(tenant);
        byte[] w = C.utf8(what);
        byte[] u = C.utf8(user);
        NativeStack stack = NativeStack.withRoom(2 * Long.BYTES + t.length + w.length + u.length);
        long frame = stack.top();
        try {
            long decision = stack.take(Long.BYTES);
            long error = stack.take(Long.BYTES);
            int status = check.ask(handle.address(), stack.push(t), t.length, stack.push(w), w.length,
                    stack.push(u), u.length, decision, error);
            if (status != 0) {
                throw C.takeError(status, stack.memory.getLong(frame + Long.BYTES));
            }
            return Decision.of(stack.memory.getInt(frame));
        } finally {
            stack.release(frame);
            Reference.reachabilityFence(this);
        }
    }
}
