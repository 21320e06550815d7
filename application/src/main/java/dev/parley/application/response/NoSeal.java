package dev.parley.application.response;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import java.util.Optional;

/** What there is without a key. */
record NoSeal(String remedy) implements Seal {

    NoSeal {
        requireNonNull(remedy, "remedy");
    }

    @Override
    public void requireUsable(String field) {
        throw Refusal.of(Refusal.Code.UNSUPPORTED, remedy, field);
    }

    @Override
    public String seal(String context, String text) {
        throw Refusal.of(Refusal.Code.UNSUPPORTED, remedy);
    }

    @Override
    public Optional<String> open(String context, String sealed) {
        return Optional.empty();
    }
}
