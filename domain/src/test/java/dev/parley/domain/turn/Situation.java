package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a turn is, as the rows of the state table tell it apart.
 *
 * @param work for a running turn, what it asks for
 */
record Situation(Class<?> state, Optional<Class<?>> work) {

    Situation {
        requireNonNull(state, "state");
        requireNonNull(work, "work");
    }

    /** Every situation that the model's types allow, in their order. */
    static List<Situation> all() {
        return permitted(TurnState.class)
                .flatMap(state -> state == TurnState.Running.class
                        ? permitted(Effect.Work.class).map(work -> new Situation(state, Optional.of(work)))
                        : Stream.of(new Situation(state, Optional.empty())))
                .toList();
    }

    static Situation of(Turn turn) {
        return new Situation(
                turn.state().getClass(),
                turn.next() instanceof Effect.Work work ? Optional.of(work.getClass()) : Optional.empty());
    }

    static Stream<Class<?>> permitted(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses());
    }

    @Override
    public String toString() {
        return state.getSimpleName()
                + work.map(kind -> ", next " + kind.getSimpleName()).orElse("");
    }
}
