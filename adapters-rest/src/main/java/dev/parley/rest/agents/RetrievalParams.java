package dev.parley.rest.agents;

import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.rest.json.JsonField;
import java.util.Map;

/** Parameters that several requests about retrieval share. */
final class RetrievalParams {

    private static final int MOST_CHUNKS = 1000;

    private RetrievalParams() {}

    /** An object that a rule looks into. */
    static JsonValue.Members members(JsonField in) {
        return JsonValue.parse(in.opaqueObject().text())
                .filter(JsonValue.Members.class::isInstance)
                .map(JsonValue.Members.class::cast)
                .orElseThrow(() -> in.refuse(in.name() + " nests too deep"));
    }

    /** By what is searched, in the words of later clients. */
    static Ranking.Mode mode(JsonField in) {
        return in.oneOf(Map.of(
                "vector",
                new Ranking.Mode.Meaning(),
                "keyword",
                new Ranking.Mode.Words(),
                "hybrid",
                Ranking.Mode.Both.EVENLY));
    }

    /** How many chunks are wanted at most. */
    static int chunks(JsonField in) {
        int number = in.integer(1);
        if (number > MOST_CHUNKS) {
            throw in.refuse("%s must be at most %d".formatted(in.name(), MOST_CHUNKS));
        }
        return number;
    }

    /** A number from 0 to 1. */
    static double share(JsonField in) {
        double number = in.number();
        if (number < 0 || number > 1) {
            throw in.refuse("%s must be a number from 0 to 1".formatted(in.name()));
        }
        return number;
    }
}
