package licet;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * licet.h by JNA's direct mapping, on 64 bits. Pointers are longs: JNA hands those through as they
 * are, which makes a check twice as fast as with its Pointer, and three times as with byte[].
 */
final class C {
    static {
        Native.register(C.class, System.getenv().getOrDefault("LICET_LIBRARY", "licet"));
    }

    private C() {}

    static native int licet_version();
    static native Pointer licet_error_rule(long error);
    static native Pointer licet_error_message(long error);
    static native Pointer licet_error_findings(long error);
    static native void licet_error_free(long error);
    static native Pointer licet_text_data(long text);
    static native long licet_text_size(long text);
    static native void licet_text_free(long text);

    static native int licet_engine_open(byte[] config, long configSize, LongByReference out,
            LongByReference error);
    static native int licet_engine_open_with_store(byte[] config, long configSize, long store,
            LongByReference out, LongByReference error);
    static native void licet_engine_close(long engine);
    static native int licet_call(long engine, byte[] operation, long operationSize,
            byte[] arguments, long argumentsSize, LongByReference answer, LongByReference error);
    static native int licet_operations(LongByReference out, LongByReference error);
    static native int licet_check(long engine, long tenant, long tenantSize, long serviceId,
            long serviceIdSize, long user, long userSize, long decision, long error);
    static native int licet_check_app(long engine, long tenant, long tenantSize, long app,
            long appSize, long user, long userSize, long decision, long error);

    static native int licet_store_new(Pointer vtable, long self, LongByReference out,
            LongByReference error);
    static native int licet_store_check(long store, LongByReference report, LongByReference error);
    static native void licet_store_free(long store);
    static native void licet_reply_record(long reply, long index, byte[] key, long keySize,
            byte[] value, long valueSize, long stamp);
    static native void licet_reply_stamp(long reply, long stamp);
    static native void licet_reply_conflict(long reply, byte[] key, long keySize);
    static native void licet_reply_limit(long reply, byte[] name, long nameSize, long value);
    static native void licet_reply_detail(long reply, byte[] text, long textSize);

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String string(long data, long size) {
        return size == 0 ? ""
                : new String(new Pointer(data).getByteArray(0, Math.toIntExact(size)), StandardCharsets.UTF_8);
    }

    static Map<String, Object> takeDocument(long text) {
        try {
            long data = Pointer.nativeValue(licet_text_data(text));
            @SuppressWarnings("unchecked")
            Map<String, Object> document = (Map<String, Object>) Json.read(string(data, licet_text_size(text)));
            return document;
        } finally {
            licet_text_free(text);
        }
    }

    static void require(int status, LongByReference error) {
        if (status != 0) {
            throw takeError(status, error.getValue());
        }
    }

    static LicetException takeError(int status, long error) {
        try {
            List<?> findings = (List<?>) Json.read(licet_error_findings(error).getString(0, "UTF-8"));
            return new LicetException(status, licet_error_rule(error).getString(0, "UTF-8"),
                    licet_error_message(error).getString(0, "UTF-8"),
                    findings.stream().map(C::finding).toList());
        } finally {
            licet_error_free(error);
        }
    }

    private static LicetException.Finding finding(Object finding) {
        Map<?, ?> members = (Map<?, ?>) finding;
        return new LicetException.Finding((String) members.get("rule"), (String) members.get("severity"),
                (String) members.get("pointer"), (String) members.get("message"), (String) members.get("hint"));
    }

    /** What licet gave out, until it is closed or nobody has its owner any more. */
    static final class Handle {
        private static final Cleaner CLEANER = Cleaner.create();

        private final Cleaner.Cleanable cleanable;
        private volatile long address;

        Handle(Object owner, long address, LongConsumer free) {
            this.address = address;
            cleanable = CLEANER.register(owner, () -> free.accept(address));
        }

        long address() {
            if (address == 0) {
                throw new IllegalStateException("it is closed");
            }
            return address;
        }

        void close() {
            address = 0;
            cleanable.clean();
        }
    }
}
