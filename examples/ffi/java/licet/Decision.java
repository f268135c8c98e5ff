package licet;

/** What a check answers. */
public enum Decision {
    NO_SEAT, LICENSED, IN_GRACE, SUSPENDED, NO_POOL, APP_NOT_MAPPED,
    /** One of a later version. */
    UNKNOWN;

    private static final Decision[] ALL = values();

    public boolean isLicensed() {
        return this == LICENSED || this == IN_GRACE;
    }

    static Decision of(int number) {
        return number >= 0 && number < UNKNOWN.ordinal() ? ALL[number] : UNKNOWN;
    }
}
