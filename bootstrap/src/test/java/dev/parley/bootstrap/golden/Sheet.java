package dev.parley.bootstrap.golden;

import java.util.List;

/** A transcript as it is written, line by line. */
final class Sheet {

    private static final List<String> HEADERS =
            List.of("content-type", "cache-control", "x-accel-buffering", "x-should-retry", "retry-after");

    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /** The status and those headers that say something. */
    void head(Answer answer, Names names) {
        line("HTTP " + answer.status());
        HEADERS.stream()
                .filter(answer.headers()::containsKey)
                .forEach(header -> line("%s: %s".formatted(header, names.apply(answer.header(header)))));
        line("");
    }

    /** As it was sent, but for line ends. */
    void asked(Asked asked, Names names) {
        for (String body : asked.bodies()) {
            line("");
            line("--- the model was asked");
            line(names.apply(body).replace("{\"role\":", "\n{\"role\":"));
        }
    }
}
