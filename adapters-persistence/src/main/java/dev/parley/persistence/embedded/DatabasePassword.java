package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Base64;

/** A database password that never prints: only {@link #reveal()} gives the text. */
public final class DatabasePassword {
    private final String text;

    DatabasePassword(String text) {
        this.text = requireNonNull(text, "text");
    }

    static DatabasePassword random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new DatabasePassword(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The password itself, for the connection pool and for nothing else. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
