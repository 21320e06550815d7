package dev.parley.application.testing;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Retrieval;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Part;
import dev.parley.domain.turn.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores that hold one text each, and find it whenever the question has a word in it. */
public final class ScriptedRetrieval implements Retrieval {

    private record Shelf(String word, String text) {}

    private final Map<String, Shelf> shelves = new LinkedHashMap<>();

    /** Has a store give its text for questions in which a word occurs; all is said before the stores are used. */
    public ScriptedRetrieval store(String name, String word, String text) {
        shelves.put(name, new Shelf(word, text));
        return this;
    }

    @Override
    public Content retrieve(Owner owner, List<String> stores, String question, Cancellation cancellation)
            throws BrokenOff {
        List<Part> found = new ArrayList<>();
        for (String store : stores) {
            Shelf shelf = shelves.get(store);
            if (shelf == null) {
                throw new BrokenOff(Failure.Code.RETRIEVAL_FAILED, "There is no store '%s'".formatted(store));
            }
            if (question.contains(shelf.word)) {
                found.add(new Part.Text(shelf.text));
            }
        }
        return found.isEmpty() ? Content.EMPTY : new Content.Parts(found);
    }
}
