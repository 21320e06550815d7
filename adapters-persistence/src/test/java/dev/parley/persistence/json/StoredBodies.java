package dev.parley.persistence.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.application.port.EventLog.Entry;
import dev.parley.application.port.ToolGroups.Registration;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.item.Item;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The kinds of stored bodies, each with the file of those that a version of Parley wrote, which never changes. */
enum StoredBodies {
    AGENT_CONFIGS("agent-configs", 1, AgentConfig.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readAgentConfig(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((AgentConfig) value);
        }
    },
    TURN_SPECS("turn-specs", 1, TurnSpec.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readTurnSpec(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((TurnSpec) value);
        }
    },
    TURN_INPUTS("turn-bodies", 1, TurnInput.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readTurnInput(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((TurnInput) value);
        }
    },
    OUTCOMES("outcomes", 1, TurnState.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readTurnState(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((TurnState) value);
        }
    },
    STEPS("steps", 1, Step.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readSteps("[{\"version\":%d,\"step\":%s}]".formatted(version, body))
                    .getFirst();
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((Step) value);
        }
    },
    ITEMS("items", 2, Item.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readItem(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((Item) value);
        }
    },
    EVENTS("events", 2, Entry.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readEntries(version, "[%s]".formatted(body)).getFirst();
        }

        @Override
        String write(BodyCodec codec, Object value) {
            String list = codec.write(List.of((Entry) value));
            return list.substring(1, list.length() - 1);
        }
    },
    TOOL_GROUPS("tool-groups", 2, Registration.class) {
        @Override
        Object read(BodyCodec codec, int version, String body) {
            return codec.readToolGroup(version, body);
        }

        @Override
        String write(BodyCodec codec, Object value) {
            return codec.write((Registration) value);
        }
    };

    private static final JsonFactory JSON = new JsonFactory();

    private final String file;
    private final int since;
    private final Class<?> type;

    StoredBodies(String file, int since, Class<?> type) {
        this.file = file;
        this.since = since;
        this.type = type;
    }

    abstract Object read(BodyCodec codec, int version, String body);

    abstract String write(BodyCodec codec, Object value);

    /** The first version that had bodies of this kind. */
    int since() {
        return since;
    }

    /** What a body is read as. */
    Class<?> type() {
        return type;
    }

    /** The bodies of this kind that Parley wrote in a version, without the blanks that the file has for its readers. */
    List<String> writtenIn(int version) {
        List<String> bodies = new ArrayList<>();
        String path = "/stored/v%d/%s.json".formatted(version, file);
        try (InputStream stored = StoredBodies.class.getResourceAsStream(path);
                JsonParser parser = JSON.createParser(stored)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                bodies.add(copy(parser));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
        return bodies;
    }

    /** The same JSON, in the one way that {@link #writtenIn} gives it: blanks and escapes may differ. */
    static String plain(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return copy(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private static String copy(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
