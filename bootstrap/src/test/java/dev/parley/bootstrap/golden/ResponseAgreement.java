package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/** What must hold of every response: whatever is told of it in different places is the same. */
final class ResponseAgreement {

    private ResponseAgreement() {}

    /** Holds what one play was told against what can be read afterwards. */
    static void check(ResponsePlay play) {
        for (ResponseExchange exchange : play.exchanges()) {
            Answer answer = exchange.answer();
            assertThat(answer.header("x-request-id"))
                    .matches(Agreement.TRACE_ID)
                    .isEqualTo(answer.header("x-trace-id"));
            exchange.asked().checkCallsAreAnswered();
            if (answer.isStream() && exchange.call().creates()) {
                checkItems(Events.of(answer));
            }
            exchange.read().ifPresent(read -> {
                assertThat(read.status()).isEqualTo(exchange.isStored() ? 200 : 404);
                if (exchange.isStored()) {
                    assertThat(read.body()).isEqualTo(exchange.told().orElseThrow());
                }
            });
        }
    }

    /** Holds a streamed play against one that was not. */
    static void check(ResponsePlay streamed, ResponsePlay once) {
        assertThat(once.exchanges()).hasSameSizeAs(streamed.exchanges());
        Names ofStreams = new Names();
        Names ofTheOthers = new Names();
        for (int index = 0; index < streamed.exchanges().size(); index++) {
            ResponseExchange stream = streamed.exchanges().get(index);
            ResponseExchange plain = once.exchanges().get(index);
            Optional<String> told = stream.told().map(ofStreams::apply);
            if (plain.call().creates()) {
                assertThat(plain.answer().isStream()).isFalse();
            }
            if (told.isPresent() && plain.answer().status() == 200) {
                assertThat(plain.told().map(ofTheOthers::apply)).isEqualTo(told);
            } else if (!stream.answer().isStream()) {
                assertThat(ofTheOthers.apply(plain.answer().body()))
                        .isEqualTo(ofStreams.apply(stream.answer().body()));
                assertThat(plain.answer().status()).isEqualTo(stream.answer().status());
            }
            assertThat(named(plain.asked(), ofTheOthers)).isEqualTo(named(stream.asked(), ofStreams));
        }
    }

    private static List<String> named(Asked asked, Names names) {
        return asked.bodies().stream().map(names::apply).toList();
    }

    /** Clients put together what they were told of items, and compare it with what comes at the end. */
    private static void checkItems(Events events) {
        assertThat(events.types()).startsWith("response.created", "response.in_progress");
        String last = events.types().getLast();
        if (last.equals("response.completed") || last.equals("response.incomplete")) {
            assertThat(events.response().orElseThrow())
                    .contains("\"output\":[%s]".formatted(String.join(",", events.doneItems())));
        } else {
            assertThat(events.types()).endsWith("error", "response.failed");
        }
    }
}
