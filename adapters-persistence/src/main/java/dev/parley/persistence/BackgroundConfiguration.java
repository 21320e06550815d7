package dev.parley.persistence;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How turns run without a reader ({@code parley.background.*}).
 *
 * @param maxRuns how many of them this process runs at a time; more wait until one has ended, or another process takes them
 */
@ConfigurationProperties("parley.background")
record BackgroundConfiguration(
        @Bindable(defaultValue = "64") int maxRuns) {

    BackgroundConfiguration {
        if (maxRuns < 1) {
            throw new ConfigurationException("parley.background.max-runs must be at least 1, and is " + maxRuns);
        }
    }
}
