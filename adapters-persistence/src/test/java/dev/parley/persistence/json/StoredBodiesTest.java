package dev.parley.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was ever stored can be read for ever, and what is written now is what the fixtures of this version show. */
final class StoredBodiesTest {

    /** What the shape of a type allows and the type itself does not. */
    private static final String NEVER = "TurnInput$Messages.messages empty";

    private final BodyCodec codec = new BodyCodec();

    @ParameterizedTest
    @EnumSource
    void whatIsReadIsWrittenAgainJustAsItWas(StoredBodies kind) {
        assertThat(kind.writtenIn(BodyCodec.VERSION)).isNotEmpty().allSatisfy(body -> {
            String again = kind.write(codec, kind.read(codec, BodyCodec.VERSION, body));
            assertThat(StoredBodies.plain(again)).isEqualTo(body);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theFixturesShowEveryCaseAndEveryFieldSetAndUnset(StoredBodies kind) {
        DomainShape possible = new DomainShape();
        possible.addAllOf(kind.type());
        possible.facts().remove(NEVER);
        DomainShape seen = new DomainShape();
        kind.writtenIn(BodyCodec.VERSION).forEach(body -> seen.addSeen(kind.read(codec, BodyCodec.VERSION, body)));

        assertThat(possible.facts()).isNotEmpty();
        assertThat(seen.facts()).containsExactlyElementsOf(possible.facts());
    }

    @ParameterizedTest
    @EnumSource
    void everyVersionThatEverWasCanStillBeRead(StoredBodies kind) {
        for (int version = kind.since(); version <= BodyCodec.VERSION; version++) {
            int written = version;
            assertThat(kind.writtenIn(written))
                    .isNotEmpty()
                    .allSatisfy(
                            body -> assertThat(kind.read(codec, written, body)).isNotNull());
        }
    }

    /** Those that were written before shields could stop an answer on its way say nothing of it. */
    @Test
    void anAnswerThatSaysNothingOfShieldsWasNotStopped() {
        String body = """
            [{"version":2,"step":{"type":"inference","answer":{"passages":[],"stopReason":"END_OF_TURN"},"usage":null,\
            "period":{"start":"2025-04-28T21:06:00Z","end":"2025-04-28T21:06:01Z"}}}]\
            """;

        assertThat(codec.readSteps(body))
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Inference.class,
                        inference -> assertThat(inference.stopped()).isEmpty());
    }
}
