package dev.parley.persistence.json;

import dev.parley.application.port.EventLog;
import dev.parley.application.port.ToolGroups;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.item.Item;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes and reads the stored bodies, with a mapper of its own, so that no configuration of the application can change
 * what is stored. Every reader throws {@link Unreadable} when the body is not one of a known version.
 */
@Singleton
public final class BodyCodec {

    /** The version that bodies are written in. A change of shape raises it and adds the lifting of older ones. */
    public static final int VERSION = 2;

    private static final Argument<AgentConfig> AGENT_CONFIG = Argument.of(AgentConfig.class);
    private static final Argument<TurnSpec> TURN_SPEC = Argument.of(TurnSpec.class);
    private static final Argument<TurnInput> TURN_INPUT = Argument.of(TurnInput.class);
    private static final Argument<TurnState> TURN_STATE = Argument.of(TurnState.class);
    private static final Argument<RegisteredShield> SHIELD = Argument.of(RegisteredShield.class);
    private static final Argument<Step> STEP = Argument.of(Step.class);
    private static final Argument<Item> ITEM = Argument.of(Item.class);
    private static final Argument<List<EventLog.Entry>> ENTRIES = Argument.listOf(EventLog.Entry.class);
    private static final Argument<ToolGroups.Registration> TOOL_GROUP = Argument.of(ToolGroups.Registration.class);
    private static final Argument<Map<String, String>> METADATA = Argument.mapOf(String.class, String.class);
    private static final Argument<List<StoredStep>> STEPS = Argument.listOf(StoredStep.class);
    private static final Argument<List<StoredStep.Tree>> STEP_TREES = Argument.listOf(StoredStep.Tree.class);
    private static final Argument<JsonNode> TREE = Argument.of(JsonNode.class);

    private final ObjectMapper mapper = ObjectMapper.create(
            Map.of("micronaut.serde.serialization.inclusion", "ALWAYS"), "dev.parley.persistence.json");

    // types are named where values are written, too: it is the sealed type that has the tag

    public String write(AgentConfig config) {
        return json(AGENT_CONFIG, config);
    }

    public String write(TurnSpec spec) {
        return json(TURN_SPEC, spec);
    }

    public String write(TurnInput input) {
        return json(TURN_INPUT, input);
    }

    public String write(Step step) {
        return json(STEP, step);
    }

    public String write(TurnState state) {
        return json(TURN_STATE, state);
    }

    public String write(Item item) {
        return json(ITEM, item);
    }

    public String write(List<EventLog.Entry> entries) {
        return json(ENTRIES, entries);
    }

    public String write(ToolGroups.Registration group) {
        return json(TOOL_GROUP, group);
    }

    public String write(Map<String, String> metadata) {
        return json(METADATA, metadata);
    }

    public String write(RegisteredShield shield) {
        return json(SHIELD, shield);
    }

    public RegisteredShield readShield(int version, String body) {
        return read(SHIELD, version, body, UnaryOperator.identity());
    }

    public AgentConfig readAgentConfig(int version, String body) {
        return read(AGENT_CONFIG, version, body, FromVersion1::agentConfig);
    }

    public TurnSpec readTurnSpec(int version, String spec) {
        return read(TURN_SPEC, version, spec, FromVersion1::turnSpec);
    }

    public TurnInput readTurnInput(int version, String body) {
        return read(TURN_INPUT, version, body, FromVersion1::turnInput);
    }

    public TurnState readTurnState(int version, String outcome) {
        return read(TURN_STATE, version, outcome, FromVersion1::turnState);
    }

    public Item readItem(int version, String body) {
        return read(ITEM, version, body, UnaryOperator.identity());
    }

    public List<EventLog.Entry> readEntries(int version, String body) {
        return read(ENTRIES, version, body, UnaryOperator.identity());
    }

    public ToolGroups.Registration readToolGroup(int version, String body) {
        return read(TOOL_GROUP, version, body, UnaryOperator.identity());
    }

    public Map<String, String> readMetadata(String metadata) {
        return read(METADATA, metadata);
    }

    /** Reads an array of steps with their versions. */
    public List<Step> readSteps(String gathered) {
        try {
            List<StoredStep> stored = read(STEPS, gathered);
            if (stored.stream().allMatch(step -> step.version() == VERSION)) {
                return stored.stream().map(StoredStep::step).toList();
            }
        } catch (Unreadable _) {
            // or damaged: the slower way tells, and says which
        }
        List<Step> steps = new ArrayList<>();
        for (StoredStep.Tree stored : read(STEP_TREES, gathered)) {
            steps.add(read(STEP, stored.version(), stored.step(), FromVersion1::step));
        }
        return steps;
    }

    private <T> T read(Argument<T> type, int version, String json, UnaryOperator<JsonNode> lift) {
        return version == VERSION ? read(type, json) : read(type, version, read(TREE, json), lift);
    }

    private <T> T read(Argument<T> type, int version, JsonNode tree, UnaryOperator<JsonNode> lift) {
        return switch (version) {
            case 1 -> decoded(() -> mapper.readValueFromTree(lift.apply(tree), type));
            case VERSION -> decoded(() -> mapper.readValueFromTree(tree, type));
            default ->
                throw new Unreadable(
                        "it was written in version %d, and this Parley reads versions up to %d; run the Parley that wrote it"
                                .formatted(version, VERSION));
        };
    }

    private <T> T read(Argument<T> type, String json) {
        return decoded(() -> mapper.readValue(json, type));
    }

    private <T> String json(Argument<T> type, T value) {
        try {
            return StorableText.of(mapper.writeValueAsString(type, value));
        } catch (IOException e) {
            throw new IllegalStateException("a domain value can't be written as JSON", e);
        }
    }

    private static <T> T decoded(Decoding<T> decoding) {
        try {
            T value = decoding.value();
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

    @FunctionalInterface
    private interface Decoding<T> {
        T value() throws IOException;
    }
}
