package dev.parley.inference.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts that have an encoding. Those of models and clients may have halves of surrogate pairs in them, which have none. */
public final class WholeText {

    private WholeText() {}

    /** The text with question marks for halves of pairs. */
    public static String of(String text) {
        for (int place = 0; place < text.length(); place++) {
            if (Character.isSurrogate(text.charAt(place))) {
                return new String(text.getBytes(UTF_8), UTF_8);
            }
        }
        return text;
    }
}
