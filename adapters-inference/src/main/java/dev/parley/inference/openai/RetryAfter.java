package dev.parley.inference.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to be left alone. */
final class RetryAfter {

    private RetryAfter() {}

    /** The time that the response names, in milliseconds, in seconds or as a date; empty when it names none. */
    static Optional<Duration> of(HttpMessage response, InstantSource clock) {
        String millis = value(response, "retry-after-ms");
        String seconds = value(response, "retry-after");
        try {
            if (millis != null) {
                return atLeastNothing(Duration.ofMillis(Math.round(Double.parseDouble(millis))));
            }
            if (seconds == null) {
                return Optional.empty();
            }
            return atLeastNothing(
                    Character.isLetter(seconds.charAt(0))
                            ? Duration.between(clock.instant(), date(seconds))
                            : Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)));
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> atLeastNothing(Duration time) {
        return Optional.of(time.isNegative() ? Duration.ZERO : time);
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    @Nullable
    private static String value(HttpMessage response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null || header.getValue().isBlank()
                ? null
                : header.getValue().strip();
    }
}
