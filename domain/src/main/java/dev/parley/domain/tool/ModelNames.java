package dev.parley.domain.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What models call tools that come in groups: every provider takes names of 64 letters, digits, underscores and hyphens. */
public final class ModelNames {

    private static final int LONGEST = 64;
    private static final int HASH_BYTES = 4;
    private static final String BETWEEN = "__";
    private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_-]");

    private ModelNames() {}

    /** The name of a tool, which is its own where it can be. The same tool always gets the same name. */
    public static String of(Optional<String> namespace, String name) {
        String whole = namespace.map(group -> group + BETWEEN + name).orElse(name);
        String plain = STRANGE.matcher(whole).replaceAll("_");
        if (plain.equals(whole) && whole.length() <= LONGEST) {
            return whole;
        }
        int kept = Math.min(plain.length(), LONGEST - 1 - 2 * HASH_BYTES);
        return plain.substring(0, kept) + '_' + hash(whole);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
