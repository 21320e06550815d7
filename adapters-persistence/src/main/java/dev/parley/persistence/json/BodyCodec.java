package dev.parley.persistence.json;

import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads the stored bodies, with a mapper of its own, so that no configuration of the application can change
 * what is stored.
 */
@Singleton
public final class BodyCodec {

    /** The version that bodies are written in. A change of shape raises it and adds the lifting of older ones. */
    public static final int VERSION = 1;

    private static final Argument<List<StoredStep>> STEPS = Argument.listOf(StoredStep.class);
    private static final Argument<List<StoredStep.Version>> VERSIONS = Argument.listOf(StoredStep.Version.class);

    private final ObjectMapper mapper = ObjectMapper.create(
            Map.of("micronaut.serde.serialization.inclusion", "ALWAYS"), "dev.parley.persistence.json");

    public String write(AgentConfig config) {
        return json(config);
    }

    public String write(TurnSpec spec) {
        return json(spec);
    }

    public String write(TurnBody body) {
        return json(body);
    }

    public String write(Step step) {
        // by its base type, which is what has the tag
        return json(Argument.of(Step.class), step);
    }

    public String write(TurnState state) {
        return json(Argument.of(TurnState.class), state);
    }

    /** @throws Unreadable when the body is not one of a known version */
    public AgentConfig readAgentConfig(int version, String body) {
        requireKnown(version);
        return read(Argument.of(AgentConfig.class), body);
    }

    /** @throws Unreadable when the spec is not one of a known version */
    public TurnSpec readTurnSpec(int version, String spec) {
        requireKnown(version);
        return read(Argument.of(TurnSpec.class), spec);
    }

    /** @throws Unreadable when the body is not one of a known version */
    public TurnBody readTurnBody(int version, String body) {
        requireKnown(version);
        return read(Argument.of(TurnBody.class), body);
    }

    /** @throws Unreadable when the state is not one of a known version */
    public TurnState readTurnState(int version, String outcome) {
        requireKnown(version);
        return read(Argument.of(TurnState.class), outcome);
    }

    /**
     * Reads an array of steps with their versions.
     *
     * @throws Unreadable when one is not of a known version
     */
    public List<Step> readSteps(String gathered) {
        List<Step> steps = new ArrayList<>();
        try {
            for (StoredStep stored : read(STEPS, gathered)) {
                requireKnown(stored.version());
                steps.add(stored.step());
            }
        } catch (Unreadable unreadable) {
            // a version that is not known is the better reason, and may be why the rest makes no sense
            read(VERSIONS, gathered).forEach(stored -> requireKnown(stored.version()));
            throw unreadable;
        }
        return steps;
    }

    private static void requireKnown(int version) {
        if (version != VERSION) {
            throw new Unreadable(
                    "it was written in version %d, and this Parley reads version %d; run the Parley that wrote it"
                            .formatted(version, VERSION));
        }
    }

    private <T> String json(T value) {
        return json(Argument.ofInstance(value), value);
    }

    private <T> String json(Argument<T> type, T value) {
        try {
            return StorableText.of(mapper.writeValueAsString(type, value));
        } catch (IOException e) {
            throw new IllegalStateException("a domain value can't be written as JSON", e);
        }
    }

    private <T> T read(Argument<T> type, String json) {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new Unreadable("it is empty");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            if (e instanceof Unreadable unreadable) {
                throw unreadable;
            }
            throw new Unreadable("it is not what this Parley writes: " + e.getMessage(), e);
        }
    }
}
