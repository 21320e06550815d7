package dev.parley.application.retrieval;

import dev.parley.application.port.Ids;

/** Ids as clients know them: a word for the kind of thing, and a part that never comes twice. */
final class NewId {

    private NewId() {}

    static String of(String prefix, Ids ids) {
        return prefix + ids.next().toString().replace("-", "");
    }
}
