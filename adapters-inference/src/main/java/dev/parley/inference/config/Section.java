package dev.parley.inference.config;

import io.micronaut.context.exceptions.ConfigurationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of some keys that belong together. Whatever is wrong with one is said with its key. */
final class Section {

    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");
    private static final Map<String, Integer> MILLIS = Map.of("ms", 1, "s", 1000, "m", 60_000, "h", 3_600_000);

    private final Map<String, Given> given;

    Section(Map<String, Given> given) {
        this.given = given;
    }

    /** @throws ConfigurationException naming a key that is none of these */
    void requireOnly(List<String> known, String what) {
        given.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new ConfigurationException(
                        "%s: there is no such key %s; the keys are %s".formatted(value.key(), what, known));
            }
        });
    }

    boolean has(String key) {
        return given.containsKey(key);
    }

    /** The value; empty when it is not given or blank. */
    Optional<String> text(String key) {
        return Optional.ofNullable(given.get(key)).map(Given::value).filter(value -> !value.isBlank());
    }

    Optional<Duration> duration(String key) {
        return read(key, value -> {
            try {
                Matcher simple = SIMPLE_DURATION.matcher(value);
                return simple.matches()
                        ? Duration.ofMillis(new BigDecimal(simple.group(1))
                                .multiply(BigDecimal.valueOf(MILLIS.getOrDefault(simple.group(2), 1)))
                                .longValueExact())
                        : Duration.parse(value);
            } catch (DateTimeException | ArithmeticException wrong) {
                throw new IllegalArgumentException("a duration such as 500ms, 30s or 5m", wrong);
            }
        });
    }

    Optional<Integer> count(String key) {
        return read(key, value -> {
            try {
                int count = Integer.parseInt(value);
                if (count >= 0) {
                    return count;
                }
            } catch (NumberFormatException _) {
                // said below
            }
            throw new IllegalArgumentException("a whole number from 0");
        });
    }

    /** One of several named values. */
    <T> Optional<T> choice(String key, List<T> choices, Function<T, String> name) {
        return read(
                key,
                value -> choices.stream()
                        .filter(choice -> name.apply(choice).equalsIgnoreCase(value))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "one of " + choices.stream().map(name).toList())));
    }

    /** The mistake of a value, for whoever set it. Without the value: an address may have a password in it. */
    ConfigurationException mistake(String key, String expected) {
        Given wrong = given.get(key);
        return new ConfigurationException((wrong == null ? key : wrong.key()) + ": must be " + expected);
    }

    /** @param parse throws {@link IllegalArgumentException} saying what the value must be */
    <T> Optional<T> read(String key, Function<String, T> parse) {
        return text(key).map(value -> {
            try {
                return parse.apply(value);
            } catch (IllegalArgumentException expected) {
                throw mistake(key, String.valueOf(expected.getMessage()));
            }
        });
    }
}
