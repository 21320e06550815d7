package dev.parley.bootstrap;

import dev.parley.domain.safety.CheckPace;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How answers are held back for output shields ({@code parley.safety.*}).
 *
 * @param checkBy what makes a piece of an answer that is checked at once
 * @param checkSize how many characters a piece has at most
 */
@ConfigurationProperties("parley.safety")
record SafetyConfiguration(
        @Bindable(defaultValue = "SENTENCE") CheckPace.By checkBy,
        @Bindable(defaultValue = "400") int checkSize) {

    CheckPace pace() {
        if (checkSize < 1) {
            throw new ConfigurationException("parley.safety.check-size must be at least 1, not " + checkSize);
        }
        return new CheckPace(checkBy, checkSize);
    }
}
