package dev.parley.bootstrap.golden;

/** A scenario of the Responses API as a person reads it: each request with its answers, and what the model was asked. */
final class ResponseTranscript {

    private final Sheet sheet = new Sheet();
    private final Names names = new Names();
    private final Names otherNames = new Names();

    ResponseTranscript(ResponsePlay streamed, ResponsePlay once) {
        for (int index = 0; index < streamed.exchanges().size(); index++) {
            ResponseExchange exchange = streamed.exchanges().get(index);
            sheet.line("=== request %d".formatted(index + 1));
            sheet.line("%s %s"
                    .formatted(
                            exchange.call().method(),
                            names.apply(exchange.call().path())));
            exchange.call()
                    .headers()
                    .forEach((header, value) -> sheet.line("%s: %s".formatted(header, names.apply(value))));
            if (!exchange.call().body().isEmpty()) {
                sheet.line(names.apply(exchange.call().body()));
            }
            sheet.line("");
            sheet.head(exchange.answer(), names);
            sheet.line(names.apply(exchange.answer().body()).stripTrailing());
            if (exchange.call().creates()) {
                others(exchange, once.exchanges().get(index));
            } else {
                otherNames.apply(once.exchanges().get(index).answer().body());
            }
            sheet.asked(exchange.asked(), names);
            sheet.line("");
        }
    }

    String text() {
        return sheet.text();
    }

    private void others(ResponseExchange streamed, ResponseExchange once) {
        sheet.line("");
        sheet.line("--- not streamed");
        sheet.head(once.answer(), otherNames);
        String other = otherNames.apply(once.answer().body());
        sheet.line(
                streamed.told().map(names::apply).filter(other::equals).isPresent()
                        ? "(the response of the stream's last event)"
                        : other);
        sheet.line("");
        sheet.line("--- the response, read afterwards");
        sheet.line(
                streamed.told().isEmpty()
                        ? "(none was told)"
                        : streamed.read().map(Answer::body).equals(streamed.told())
                                ? "(the response of the stream's last event)"
                                : names.apply(streamed.read().orElseThrow().body()));
    }
}
