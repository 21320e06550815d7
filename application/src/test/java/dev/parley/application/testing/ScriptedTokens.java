package dev.parley.application.testing;

import dev.parley.application.port.Tokens;
import java.util.stream.IntStream;

/** Every word is a token, with the spaces before it. */
public final class ScriptedTokens implements Tokens {

    @Override
    public int[] ends(String text) {
        return IntStream.rangeClosed(1, text.length())
                .filter(offset -> offset == text.length()
                        || (Character.isWhitespace(text.charAt(offset))
                                && !Character.isWhitespace(text.charAt(offset - 1))))
                .toArray();
    }
}
