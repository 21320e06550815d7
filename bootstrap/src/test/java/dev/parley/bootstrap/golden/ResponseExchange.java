package dev.parley.bootstrap.golden;

import static java.util.function.Predicate.not;

import java.util.Optional;

/**
 * One request of a scenario and all that came of it.
 *
 * @param call as it was sent
 * @param read what was read of the response afterwards; empty when none was told
 * @param asked what the model was asked meanwhile
 */
record ResponseExchange(ResponseScenario.Call call, Answer answer, Optional<Answer> read, Asked asked) {

    /** The response that a request to create one was answered with, byte for byte; empty when it was not. */
    static Optional<String> told(Answer answer) {
        return answer.isStream()
                ? Events.of(answer).response()
                : Optional.of(answer.body()).filter(_ -> answer.status() == 200);
    }

    Optional<String> told() {
        return call.creates() ? told(answer) : Optional.empty();
    }

    /** Whether the response can be read afterwards. */
    boolean isStored() {
        return told().filter(not(response -> response.contains("\"store\":false")))
                .isPresent();
    }
}
