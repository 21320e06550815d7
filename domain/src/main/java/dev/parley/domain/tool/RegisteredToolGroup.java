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

    /** The id of the group that searches the web. */
    public static final String WEB_SEARCH = "builtin::websearch";

    public RegisteredToolGroup {
        requireNonNull(id, "id");
        requireNonNull(providerId, "providerId");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(args, "args");
    }

    /** A group without an address or arguments, as it comes with its provider. */
    public static RegisteredToolGroup builtIn(String id, String providerId) {
        return new RegisteredToolGroup(id, providerId, Optional.empty(), Optional.empty());
    }

    /**
     * One of its tools, as a model is offered it.
     *
     * @param turnsArgs an object of the arguments that the turn gives to every call
     */
    public OfferedTool offered(ListedTool tool, Optional<JsonText> turnsArgs) {
        return new OfferedTool(
                new ToolDefinition(
                        shownName(tool.name()),
                        tool.description(),
                        new ToolInput.Schema(tool.inputSchema()),
                        Optional.empty()),
                ToolSide.SERVER,
                new CallForm.Grouped(id, tool.name(), turnsArgs));
    }

    /** What models call one of its tools. They were trained to search the web under one name, whoever does it (agents-api 4.3). */
    public String shownName(String tool) {
        return id.equals(WEB_SEARCH) && tool.equals("web_search")
                ? "brave_search"
                : ModelNames.of(Optional.empty(), tool);
    }
}
