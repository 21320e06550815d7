package dev.parley.bootstrap.golden;

/** A scenario as a person reads it: each request with its answer as it was sent, streamed and not, and what the model was asked. */
final class Transcript {

    private final Sheet sheet = new Sheet();

    Transcript(Scenario scenario, Play streamed, Play once) {
        Names names = streamed.names();
        Names otherNames = once.names();
        sheet.line("=== agent");
        sheet.line(scenario.agent());
        for (int index = 0; index < streamed.exchanges().size(); index++) {
            Exchange stream = streamed.exchanges().get(index);
            sheet.line("");
            sheet.line("=== request %d".formatted(index + 1));
            sheet.line("POST " + names.apply(stream.path()));
            stream.headers().forEach((header, value) -> sheet.line("%s: %s".formatted(header, value)));
            sheet.line(names.apply(stream.body()));
            sheet.line("");
            sheet.head(stream.answer(), names);
            if (!stream.answer().isStream()) {
                sheet.line(names.apply(stream.answer().body()));
            } else {
                stream.answer().items().forEach(item -> sheet.line("data: " + names.apply(item) + "\n"));
            }
            sheet.line("--- not streamed");
            Exchange plain = once.exchanges().get(index);
            sheet.head(plain.answer(), otherNames);
            sheet.line(told(plain, stream, otherNames));
            sheet.line("");
            sheet.line("--- the turn, read afterwards");
            sheet.line(told(stream, names));
            sheet.asked(stream.asked(), names);
        }
    }

    String text() {
        return sheet.text();
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
}
