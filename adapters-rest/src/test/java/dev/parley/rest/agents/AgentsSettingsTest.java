package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgentsSettingsTest {

    @Test
    void everyKeyHasADefault() {
        assertThat(settings(Map.of())).isEqualTo(new AgentsSettings(false));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(settings(Map.of("parley.agents.emit-turn-start", "true"))).isEqualTo(new AgentsSettings(true));
    }

    private static AgentsSettings settings(Map<String, Object> keys) {
        try (ApplicationContext context = ApplicationContext.run(keys)) {
            return context.getBean(AgentsSettings.class);
        }
    }
}
