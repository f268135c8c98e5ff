package licet;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Native memory of a thread, taken and given back like a stack: what a store calls during a check
 * stands above what the check has given to C.
 */
final class NativeStack {
    private static final long SIZE = 4096;
    private static final ThreadLocal<NativeStack> OF_THREAD = ThreadLocal.withInitial(() -> new NativeStack(SIZE));

    final Memory memory;
    private final long base;
    private long top;

    private NativeStack(long size) {
        memory = new Memory(size);
        base = Pointer.nativeValue(memory);
    }

    /** The thread's, or one of its own for what does not fit there. */
    static NativeStack withRoom(long size) {
        NativeStack stack = OF_THREAD.get();
        return stack.top + size <= SIZE ? stack : new NativeStack(size);
    }

    /** An offset into `memory`; what is above is given back by `release` of it. */
    long top() {
        return top;
    }

    void release(long offset) {
        top = offset;
    }

    /** The address of `size` bytes. */
    long take(long size) {
        long address = base + top;
        top += size;
        return address;
    }

    /** The address of a copy of these. */
    long push(byte[] bytes) {
        memory.write(top, bytes, 0, bytes.length);
        return take(bytes.length);
    }
}
