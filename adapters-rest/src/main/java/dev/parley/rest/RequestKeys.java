package dev.parley.rest;

import dev.parley.application.port.RequestKey;
import dev.parley.domain.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that clients give their requests in the header {@code Idempotency-Key}, to be able to repeat them. */
public final class RequestKeys {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private RequestKeys() {}

    /**
     * The request's name; empty when it has none.
     *
     * @param header the header; null when it was not sent
     * @param meaning what two requests must have in common to be the same, however they were written
     * @throws Refusal when the header can't be a name
     */
    public static Optional<RequestKey> of(@Nullable String header, Supplier<byte[]> meaning) {
        if (header == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(header).matches()) {
            throw Refusal.invalid(
                    "Idempotency-Key",
                    "The header Idempotency-Key must have 1 to 255 characters, all of them visible ASCII");
        }
        return Optional.of(new RequestKey(header, fingerprint(meaning.get())));
    }

    private static String fingerprint(byte[] meaning) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(meaning));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
