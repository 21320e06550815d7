package dev.parley.bootstrap.golden;

import java.util.List;
import java.util.Map;

/**
 * One request of a scenario and all that came of it.
 *
 * @param asked what the model was asked meanwhile
 * @param turns what is read of the session's turns afterwards, oldest first
 */
record Exchange(String path, Map<String, String> headers, String body, Answer answer, Asked asked, List<Answer> turns) {

    Exchange {
        headers = Map.copyOf(headers);
        turns = List.copyOf(turns);
    }

    /** The turn that was answered with as it is read afterwards, else the session's last; empty when there is none. */
    String turn() {
        return answer.turn()
                .map(told -> read(Json.parse(told).text("turn_id")))
                .orElseGet(() -> turns.isEmpty() ? "" : turns.getLast().body());
    }

    private String read(String id) {
        return turns.stream()
                .map(Answer::body)
                .filter(turn -> Json.parse(turn).text("turn_id").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("turn %s is not among those of its session".formatted(id)));
    }
}
