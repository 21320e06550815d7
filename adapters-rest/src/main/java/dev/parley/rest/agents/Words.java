package dev.parley.rest.agents;

import java.util.Locale;

/** Constants as the words that stand for them on the wire. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
