package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What must hold in every conversation: whatever is told of a turn in different places is the same. */
final class Agreement {

    static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

    private Agreement() {}

    /** Holds what one play was told against what can be read afterwards. */
    static void check(Play play) {
        for (Exchange exchange : play.exchanges()) {
            assertThat(exchange.answer().header("x-trace-id")).matches(TRACE_ID);
            exchange.answer()
                    .turn()
                    .ifPresent(told -> assertThat(exchange.turn()).isEqualTo(told));
            if (exchange.answer().isStream()) {
                checkStream(exchange);
            }
            exchange.turns().forEach(turn -> checkTurn(play.session(), turn.body()));
            exchange.asked().checkCallsAreAnswered();
        }
        String session = play.session().http().get(play.session().path()).body();
        play.exchanges().getLast().turns().forEach(turn -> assertThat(session).contains(turn.body()));
    }

    /** Holds a streamed play against one that was not. */
    static void check(Play streamed, Play once) {
        assertThat(once.exchanges()).hasSameSizeAs(streamed.exchanges());
        for (int index = 0; index < streamed.exchanges().size(); index++) {
            Exchange stream = streamed.exchanges().get(index);
            Exchange plain = once.exchanges().get(index);
            assertThat(plain.answer().isStream()).isFalse();
            assertThat(plain.asked().bodies()).isEqualTo(stream.asked().bodies());
            assertThat(Names.in(plain.turn())).isEqualTo(Names.in(stream.turn()));
            assertThat(plain.answer().turn().map(Names::in))
                    .isEqualTo(stream.answer().turn().map(Names::in));
        }
    }

    private static void checkStream(Exchange exchange) {
        List<String> items = exchange.answer().items();
        assertThat(items.subList(0, items.size() - 1)).noneMatch(item -> item.startsWith("{\"error\""));
        exchange.answer()
                .completedSteps()
                .forEach(step -> assertThat(exchange.turn()).contains(step));
    }

    private static void checkTurn(Session session, String body) {
        Json turn = Json.parse(body);
        List<Instant> times = new ArrayList<>(List.of(time(turn, "started_at")));
        List<String> ids = new ArrayList<>();
        for (Json step : turn.items("steps")) {
            times.add(time(step, "started_at"));
            times.add(time(step, "completed_at"));
            ids.add(step.text("step_id"));
            Answer read =
                    session.http().get("%s/step/%s".formatted(session.turnPath(turn.text("turn_id")), ids.getLast()));
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.body()).startsWith("{\"step\":{").endsWith("}}");
            assertThat(body)
                    .contains(read.body()
                            .substring("{\"step\":".length(), read.body().length() - 1));
        }
        if (turn.has("completed_at")) {
            times.add(time(turn, "completed_at"));
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    private static Instant time(Json of, String name) {
        return Instant.parse(of.text(name));
    }
}
