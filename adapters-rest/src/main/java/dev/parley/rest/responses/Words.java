package dev.parley.rest.responses;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** The few words that a parameter may hold, in the order in which a refusal lists them. */
public final class Words {

    private Words() {}

    /** These, in this order. */
    public static SequencedSet<String> of(String... words) {
        return new LinkedHashSet<>(Arrays.asList(words));
    }

    /** Them as a refusal lists them, each in quotes. */
    static String listed(SequencedSet<String> words) {
        if (words.size() == 1) {
            return '\'' + words.getFirst() + '\'';
        }
        String but = words.stream()
                .limit(words.size() - 1L)
                .map(word -> '\'' + word + '\'')
                .collect(Collectors.joining(", "));
        return but + (words.size() > 2 ? "," : "") + " and '" + words.getLast() + '\'';
    }
}
