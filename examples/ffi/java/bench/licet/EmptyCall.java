package licet;

import com.sun.jna.Native;

/** The yardstick: a call of an empty C function, made as Engine makes a check. */
public final class EmptyCall {
    static {
        Native.register(EmptyCall.class, System.getenv().getOrDefault("LICET_EMPTY", "empty"));
    }

    private EmptyCall() {}

    static native int licet_ffi_empty(long engine, long tenant, long tenantSize, long serviceId, long serviceIdSize,
            long user, long userSize, long decision, long error);

    public static Decision check(Engine engine, String tenant, String serviceId, String user) {
        return engine.decide(EmptyCall::licet_ffi_empty, tenant, serviceId, user);
    }
}
