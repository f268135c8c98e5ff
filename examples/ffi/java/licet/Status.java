package licet;

/** Why licet refused, in what a caller can do about it. */
public enum Status {
    OK, INVALID_ARGUMENT, NOT_FOUND, CONFLICT, PERMISSION_DENIED, FAILED_PRECONDITION, EXHAUSTED,
    UNSUPPORTED, STORAGE, CONTENTION, OUT_OF_MEMORY, INTERNAL;

    /** The status of a number; one of a later version is INTERNAL. */
    public static Status of(int number) {
        return number >= 0 && number < values().length ? values()[number] : INTERNAL;
    }
}
