package dev.parley.application.testing;

import dev.parley.application.port.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Tokens that are words, each with the blanks behind it. */
public final class WordTokens implements Tokens {

    @Override
    public int[] ends(String text) {
        List<Integer> ends = new ArrayList<>();
        for (int place = 1; place < text.length(); place++) {
            if (Character.isWhitespace(text.charAt(place - 1)) && !Character.isWhitespace(text.charAt(place))) {
                ends.add(place);
            }
        }
        if (!text.isEmpty()) {
            ends.add(text.length());
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
