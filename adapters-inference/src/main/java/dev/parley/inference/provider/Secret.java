package dev.parley.inference.provider;

import static java.util.Objects.requireNonNull;

/** A value that may be sent where it belongs and never shown. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = requireNonNull(value, "value");
    }

    /** The value itself, for the request that needs it. */
    public String reveal() {
        return value;
    }

    /** The text without the value, wherever it occurs in it. */
    public String removeFrom(String text) {
        return value.isBlank() ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
