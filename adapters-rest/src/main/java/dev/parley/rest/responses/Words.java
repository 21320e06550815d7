package dev.parley.rest.responses;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** The few words that a parameter may hold, in the order in which a refusal lists them. */
public final class Words {

    private Words() {}

    /** These, in this order. */
    public static SequencedSet<String> of(String... words) {
        return new LinkedHashSet<>(Arrays.asList(words));
    }
}
