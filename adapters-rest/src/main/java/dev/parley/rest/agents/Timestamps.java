package dev.parley.rest.agents;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Instants as clients expect them: UTC with microseconds, and no fraction at all when it is zero (agents-api 1.3). */
final class Timestamps {

    private static final int NANOS_IN_MICRO = 1000;

    private Timestamps() {}

    static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(27);
        digits(text, time.getYear(), 1000);
        digits(text.append('-'), time.getMonthValue(), 10);
        digits(text.append('-'), time.getDayOfMonth(), 10);
        digits(text.append('T'), time.getHour(), 10);
        digits(text.append(':'), time.getMinute(), 10);
        digits(text.append(':'), time.getSecond(), 10);
        int micros = instant.getNano() / NANOS_IN_MICRO;
        if (micros != 0) {
            digits(text.append('.'), micros, 100_000);
        }
        return text.append('Z').toString();
    }

    /** @param place the value of the first digit that is written */
    private static void digits(StringBuilder text, int number, int place) {
        for (int at = place; at > 0; at /= 10) {
            text.append((char) ('0' + number / at % 10));
        }
    }
}
