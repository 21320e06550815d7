package dev.parley.rest.responses;

/** A text that is told piece by piece. */
final class Grown {

    private final StringBuilder text = new StringBuilder();

    void add(String piece) {
        text.append(piece);
    }

    /** What of the whole is not there yet. Nothing, if this does not begin it: what was told can't be taken back. */
    String missing(String whole) {
        int length = text.length();
        boolean begins = whole.length() > length && whole.startsWith(text.toString());
        return begins ? whole.substring(length) : "";
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
