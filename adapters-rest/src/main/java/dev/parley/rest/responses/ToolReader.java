package dev.parley.rest.responses;

import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ModelNames;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolSide;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tools that a client declares, wherever in its request it does, and collects what the model is to be offered of
 * them (responses-api 4.1). Used by one thread.
 */
final class ToolReader {

    static final SequencedSet<String> TYPES = Words.of(
            "function",
            "custom",
            "namespace",
            "file_search",
            "web_search",
            "web_search_2025_08_26",
            "web_search_preview",
            "web_search_preview_2025_03_11",
            "mcp",
            "code_interpreter",
            "image_generation",
            "computer",
            "computer_use_preview",
            "shell",
            "local_shell",
            "apply_patch",
            "tool_search",
            "programmatic_tool_calling");

    private static final Logger LOG = LoggerFactory.getLogger(ToolReader.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int LONGEST_NAME = 128;
    private static final JsonText ONE_TEXT = new JsonText(
            "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"],\"additionalProperties\":false}");

    private final Seal seal;
    private final List<OfferedTool> offered = new ArrayList<>();
    private final List<HostedTool> hosted = new ArrayList<>();
    private final Set<String> idle = new LinkedHashSet<>();

    /** @param seal of the keys that come with the tools */
    ToolReader(Seal seal) {
        this.seal = seal;
    }

    /** What the model is to be offered of the tools that clients run. */
    List<OfferedTool> offered() {
        return List.copyOf(offered);
    }

    /** What this server is to run. */
    List<HostedTool> hosted() {
        return List.copyOf(hosted);
    }

    /** The types that were declared and that no model is offered. */
    Set<String> idle() {
        return Set.copyOf(idle);
    }

    /** Reads a list of tools, and gives them as clients are told of them: with every default. */
    List<RawJson> read(Param list) {
        return list.list(this::tool);
    }

    /** The same for tools that come with the input: those that are there already come again in every request. */
    List<RawJson> readMore(Param list) {
        ToolReader more = new ToolReader(seal);
        List<RawJson> echo = more.read(list);
        more.offered.stream()
                .filter(tool -> offered.stream().noneMatch(known -> known.name().equals(tool.name())))
                .forEach(offered::add);
        hosted.addAll(more.hosted);
        idle.addAll(more.idle);
        return echo;
    }

    private RawJson tool(Param in) {
        String type = in.at("type").word(TYPES);
        return switch (type) {
            case "function" -> function(in, Optional.empty(), Optional.empty());
            case "custom" -> custom(in, Optional.empty(), Optional.empty());
            case "namespace" -> namespace(in);
            case "local_shell" -> builtIn(in, BuiltInTools.localShell());
            case "apply_patch" -> builtIn(in, BuiltInTools.applyPatch());
            case "computer", "computer_use_preview" -> builtIn(in, BuiltInTools.computer());
            case "shell" -> shell(in);
            case "file_search" -> hosted(HostedKind.FILE_SEARCH, type, in, HostedToolJson.fileSearch(in));
            case "mcp" -> {
                RawJson echo = HostedToolJson.mcp(in);
                hosted.add(McpTools.declared(in, seal));
                yield echo;
            }
            case "code_interpreter" ->
                hosted(HostedKind.CODE_INTERPRETER, type, in, HostedToolJson.codeInterpreter(in));
            case "image_generation" ->
                hosted(HostedKind.IMAGE_GENERATION, type, in, HostedToolJson.imageGeneration(in));
            case "tool_search", "programmatic_tool_calling" -> unused(in, type);
            // the rest are the names that the search of the web has had
            default -> hosted(HostedKind.WEB_SEARCH, type, in, HostedToolJson.webSearch(in));
        };
    }

    private RawJson function(Param in, Optional<String> namespace, Optional<String> purpose) {
        String name = name(in);
        Optional<String> description = in.at("description").optional(Param::string);
        Optional<Boolean> strict = in.at("strict").optional(Param::bool);
        Optional<JsonText> parameters = in.at("parameters").optional(Param::object);
        offered.add(new OfferedTool(
                new ToolDefinition(
                        ModelNames.of(namespace, name),
                        description.or(() -> purpose),
                        parameters.<ToolInput>map(ToolInput.Schema::new).orElseGet(ToolInput.Undeclared::new),
                        Optional.empty(),
                        // the API's default of true stands for schemas that it puts right first, which providers do not
                        strict.orElse(false)),
                ToolSide.CLIENT,
                new CallForm.Function(name, namespace)));
        ObjectText echo = new ObjectText()
                .string("type", "function")
                .string("name", name)
                .stringOrNull("description", description)
                .raw("parameters", in.at("parameters").echo())
                .bool("strict", strict.orElse(true));
        return HostedToolJson.others(in, Set.of("type", "name", "description", "parameters", "strict"), echo)
                .end();
    }

    private RawJson custom(Param in, Optional<String> namespace, Optional<String> purpose) {
        String name = name(in);
        Optional<String> description = in.at("description").optional(Param::string);
        Optional<String> grammar = in.at("format").optional(ToolReader::grammar).flatMap(text -> text);
        List<String> said = new ArrayList<>();
        description.or(() -> purpose).ifPresent(said::add);
        grammar.ifPresent(said::add);
        offered.add(new OfferedTool(
                new ToolDefinition(
                        ModelNames.of(namespace, name),
                        said.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", said)),
                        new ToolInput.Schema(ONE_TEXT),
                        Optional.empty()),
                ToolSide.CLIENT,
                new CallForm.Custom(name, namespace)));
        ObjectText echo = new ObjectText()
                .string("type", "custom")
                .string("name", name)
                .stringOrNull("description", description)
                .raw("format", in.at("format").echo(new RawJson("{\"type\":\"text\"}")));
        return HostedToolJson.others(in, Set.of("type", "name", "description", "format"), echo)
                .end();
    }

    /** What a model is told of the form of a text; empty where any text will do. */
    private static Optional<String> grammar(Param format) {
        if (format.at("type").word(Words.of("text", "grammar")).equals("text")) {
            return Optional.empty();
        }
        return Optional.of("The input must match this %s grammar:\n%s"
                .formatted(
                        format.at("syntax").word(Words.of("lark", "regex")),
                        format.at("definition").string()));
    }

    private RawJson namespace(Param in) {
        String group = name(in);
        Optional<String> purpose = in.at("description").optional(Param::string);
        List<RawJson> tools = in.at("tools").list(tool -> {
            String type = tool.at("type").word(Words.of("function", "custom"));
            return type.equals("function")
                    ? function(tool, Optional.of(group), purpose)
                    : custom(tool, Optional.of(group), purpose);
        });
        return new ObjectText()
                .string("type", "namespace")
                .string("name", group)
                .stringOrNull("description", purpose)
                .array("tools", tools)
                .end();
    }

    private RawJson shell(Param in) {
        RawJson echo = HostedToolJson.shell(in);
        boolean ofClient = in.at("environment")
                .optional(environment -> environment.at("type").string().equals("local"))
                .orElse(true);
        return ofClient ? builtIn(in, BuiltInTools.shell()) : hosted(HostedKind.SHELL, Shell.NAME, in, echo);
    }

    private RawJson builtIn(Param in, OfferedTool tool) {
        offered.add(tool);
        return in.echo();
    }

    private RawJson hosted(HostedKind kind, String type, Param in, RawJson echo) {
        hosted.add(new HostedTool(kind, type, in.path(), in.object()));
        return echo;
    }

    /** One tool that can't be had must not keep a client from all others, which declares the same ones to every server. */
    private RawJson unused(Param in, String type) {
        LOG.debug("a tool of the type {} is not offered to the model: this server has none", type);
        idle.add(type);
        return in.echo();
    }

    private static String name(Param in) {
        String name = in.at("name").string(LONGEST_NAME);
        if (!NAME.matcher(name).matches()) {
            throw in.at("name")
                    .refuse(
                            Reason.INVALID_VALUE,
                            "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
                                    .formatted(in.at("name").path()));
        }
        return name;
    }
}
