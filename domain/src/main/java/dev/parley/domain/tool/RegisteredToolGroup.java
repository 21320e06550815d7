package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * A group of tools that this server knows (agents-api 2.3, 9.1).
 *
 * @param id what agents name it by, such as {@code builtin::websearch}
 * @param providerId which of this server's providers has its tools
 * @param endpoint the address of its server of tools, where it has one
 * @param args an object of arguments that every call gets
 */
public record RegisteredToolGroup(String id, String providerId, Optional<String> endpoint, Optional<JsonText> args) {

    public RegisteredToolGroup {
        requireNonNull(id, "id");
        requireNonNull(providerId, "providerId");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(args, "args");
    }
}
