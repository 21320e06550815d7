package dev.parley.domain.tool;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * The function by which models run commands in a shell. It is the same whoever runs them, the client or this server, so that a
 * model that has called one knows the other (responses-api 4.1, 10.1).
 */
public final class Shell {

    /** What every model calls it. */
    public static final String NAME = "shell";

    private static final JsonText INPUT = new JsonText("""
        {"type":"object","properties":{\
        "commands":{"type":"array","items":{"type":"string"},"description":"Shell commands, run one after the other"},\
        "timeout_ms":{"type":"integer","description":"When to give up, in milliseconds"},\
        "max_output_length":{"type":"integer","description":"How many characters of output to return"}},\
        "required":["commands"]}\
        """);

    private Shell() {}

    /**
     * The function as a model is offered it.
     *
     * @param description says where the commands run
     */
    public static ToolDefinition function(String description) {
        return new ToolDefinition(NAME, Optional.of(description), new ToolInput.Schema(INPUT), Optional.empty());
    }
}
