package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.RecordedRequest;
import java.util.List;

/** A scenario as a person reads it: each request with its answer as it was sent, streamed and not, and what the model was asked. */
final class Transcript {

    private static final List<String> HEADERS =
            List.of("content-type", "cache-control", "x-accel-buffering", "x-should-retry", "retry-after");

    private final StringBuilder text = new StringBuilder();

    Transcript(Scenario scenario, Play streamed, Play once) {
        Names names = streamed.names();
        Names otherNames = once.names();
        line("=== agent");
        line(scenario.agent());
        for (int index = 0; index < streamed.exchanges().size(); index++) {
            Exchange stream = streamed.exchanges().get(index);
            line("");
            line("=== request %d".formatted(index + 1));
            line("POST " + names.apply(stream.path()));
            stream.headers().forEach((header, value) -> line("%s: %s".formatted(header, value)));
            line(names.apply(stream.body()));
            line("");
            answer(stream.answer(), names);
            if (!stream.answer().isStream()) {
                line(names.apply(stream.answer().body()));
            } else {
                stream.answer().items().forEach(item -> line("data: " + names.apply(item) + "\n"));
            }
            line("--- not streamed");
            Exchange plain = once.exchanges().get(index);
            answer(plain.answer(), otherNames);
            line(told(plain, stream, otherNames));
            line("");
            line("--- the turn, read afterwards");
            line(told(stream, names));
            asked(stream.asked());
        }
    }

    String text() {
        return text.toString();
    }

    private void answer(Answer answer, Names names) {
        line("HTTP " + answer.status());
        HEADERS.stream()
                .filter(answer.headers()::containsKey)
                .forEach(header -> line("%s: %s".formatted(header, names.apply(answer.header(header)))));
        line("");
    }

    /** Turns that were compared and found equal are not written again. */
    private static String told(Exchange plain, Exchange stream, Names names) {
        boolean isThat =
                plain.answer().turn().isPresent() && stream.answer().turn().isPresent();
        return isThat
                ? "(the turn of the stream's last item)"
                : names.apply(plain.answer().body());
    }

    private static String told(Exchange exchange, Names names) {
        return exchange.answer().turn().isPresent()
                ? "(the turn of the stream's last item)"
                : exchange.turn().isEmpty() ? "(none was begun)" : names.apply(exchange.turn());
    }

    /** As it was sent, but for line ends. */
    private void asked(List<RecordedRequest> requests) {
        for (RecordedRequest request : requests) {
            line("");
            line("--- the model was asked");
            line(request.body().replace("{\"role\":", "\n{\"role\":"));
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
