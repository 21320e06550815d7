package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Passage;
import java.util.List;
import java.util.Optional;

/**
 * What readers were told of an answer that broke off.
 *
 * @param whole what was told to its end; a call that nothing came after is here once its arguments were whole
 * @param open what was being told when the answer broke off, as far as it had come
 */
public record PartialAnswer(List<Passage> whole, Optional<Passage> open) {

    public static final PartialAnswer NOTHING = new PartialAnswer(List.of(), Optional.empty());

    public PartialAnswer {
        whole = List.copyOf(whole);
        requireNonNull(open, "open");
    }
}
