package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseConfigurationTest {

    @Test
    void everyKeyHasItsDefault() {
        DatabaseConfiguration configuration = configured(Map.of(), DatabaseConfiguration.class);

        assertThat(configuration)
                .isEqualTo(new DatabaseConfiguration(
                        Optional.empty(), Optional.empty(), Optional.empty(), 16, Duration.ofSeconds(5)));
        assertThat(configured(Map.of(), ReplicaConfiguration.class))
                .isEqualTo(new ReplicaConfiguration(Duration.ofSeconds(2), Duration.ofSeconds(10), false));
    }

    @Test
    void everyKeyIsTaken() {
        DatabaseConfiguration configuration = configured(
                Map.of(
                        "parley.database.url", "postgres://host/db",
                        "parley.database.user", "me",
                        "parley.database.password", "secret",
                        "parley.database.pool-size", "3",
                        "parley.database.connection-timeout", "700ms"),
                DatabaseConfiguration.class);

        assertThat(configuration.address())
                .isEqualTo(new DatabaseAddress(
                        "jdbc:postgresql://host/db", Optional.of("me"), Optional.of("secret"), Map.of()));
        assertThat(configuration.poolSize()).isEqualTo(3);
        assertThat(configuration.connectionTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(configuration.toString()).doesNotContain("secret");
        assertThat(configured(
                        Map.of(
                                "parley.replica.heartbeat", "1s",
                                "parley.replica.dead-after", "3s",
                                "parley.replica.alone", "true"),
                        ReplicaConfiguration.class))
                .isEqualTo(new ReplicaConfiguration(Duration.ofSeconds(1), Duration.ofSeconds(3), true));
    }

    @Test
    void anEmptyLoginIsNone() {
        DatabaseConfiguration configuration = configured(
                Map.of(
                        "parley.database.url", "postgres://me:secret@host/db",
                        "parley.database.user", "",
                        "parley.database.password", ""),
                DatabaseConfiguration.class);

        assertThat(configuration.address().user()).contains("me");
        assertThat(configuration.address().password()).contains("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "parley.database.pool-size, 0",
        "parley.database.connection-timeout, 10ms",
        "parley.replica.dead-after, 3s"
    })
    void aValueThatCanNotWorkIsRefusedByTheNameOfItsKey(String key, String value) {
        Class<?> type = key.startsWith("parley.database") ? DatabaseConfiguration.class : ReplicaConfiguration.class;

        assertThatThrownBy(() -> configured(Map.of(key, value), type))
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key);
    }

    private static <T> T configured(Map<String, Object> settings, Class<T> type) {
        try (ApplicationContext context = ApplicationContext.builder()
                .properties(settings)
                .packages("dev.parley.persistence")
                .deduceEnvironment(false)
                .banner(false)
                .start()) {
            return context.getBean(type);
        }
    }
}
