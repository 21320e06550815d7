package dev.parley.rest.responses;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * Which of the tools of a request its model may or must call (responses-api 4.3).
 *
 * @param offered those of the client's tools that it may call
 * @param hosted those of this server's tools that it may call
 * @param echo the choice as clients are told of it
 */
record ChosenTools(ToolChoice choice, List<OfferedTool> offered, List<HostedTool> hosted, RawJson echo) {

    private static final String FIELD = "tool_choice";
    private static final SequencedSet<String> MODES = Words.of("none", "auto", "required");
    private static final SequencedSet<String> TYPES = types();

    private static SequencedSet<String> types() {
        SequencedSet<String> types = Words.of("allowed_tools");
        types.addAll(ToolReader.TYPES);
        types.remove("namespace");
        return types;
    }

    static ChosenTools read(Param in, ToolReader declared) {
        Tools tools = new Tools(declared.offered(), declared.hosted());
        if (!in.isGiven()) {
            return tools.with(new ToolChoice.Auto(), ObjectText.quoted("auto"));
        }
        if (in.isString()) {
            return tools.with(mode(in.word(MODES)), in.echo());
        }
        if (!in.isObject()) {
            throw in.wrongType("one of a string or an object");
        }
        if (in.at("type").word(TYPES).equals("allowed_tools")) {
            return allowed(in, declared);
        }
        Tools chosen = named(in, declared);
        ToolChoice choice = chosen.offered().isEmpty()
                ? choiceOf(chosen.hosted())
                : new ToolChoice.Named(chosen.offered().getFirst().name());
        return tools.with(choice, in.echo());
    }

    /** Some of the tools. */
    private record Tools(List<OfferedTool> offered, List<HostedTool> hosted) {

        ChosenTools with(ToolChoice choice, RawJson echo) {
            return new ChosenTools(choice, offered, hosted, echo);
        }
    }

    private static ChosenTools allowed(Param in, ToolReader declared) {
        String mode = in.at("mode")
                .optional(word -> word.word(Words.of("auto", "required")))
                .orElse("auto");
        List<OfferedTool> offered = new ArrayList<>();
        List<HostedTool> hosted = new ArrayList<>();
        in.at("tools").list(one -> named(one, declared)).forEach(some -> {
            offered.addAll(some.offered());
            hosted.addAll(some.hosted());
        });
        Tools allowed = new Tools(
                declared.offered().stream().filter(offered::contains).toList(),
                declared.hosted().stream().filter(hosted::contains).toList());
        RawJson echo = new ObjectText()
                .string("type", "allowed_tools")
                .string("mode", mode)
                .raw("tools", in.at("tools").echo())
                .end();
        return allowed.with(mode(mode), echo);
    }

    private static ToolChoice mode(String word) {
        return switch (word) {
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> new ToolChoice.Auto();
        };
    }

    /**
     * What the model calls the tools of this server is settled later, so it can only be asked to call one at all; not even
     * that where there may be none to call.
     */
    private static ToolChoice choiceOf(List<HostedTool> hosted) {
        boolean sure = hosted.stream()
                .anyMatch(tool -> tool.kind() == HostedKind.FILE_SEARCH || tool.kind() == HostedKind.MCP);
        return sure ? new ToolChoice.Required() : new ToolChoice.Auto();
    }

    /** The tools that are meant; there is at least one, unless it is of a type that no model is offered. */
    private static Tools named(Param in, ToolReader declared) {
        String type = in.at("type").word(TYPES);
        Tools found = switch (type) {
            case "function" -> {
                String name = in.at("name").string();
                yield client(
                        declared,
                        form -> form instanceof CallForm.Function(String its, Optional<String> namespace)
                                && its.equals(name)
                                && isIn(in, namespace));
            }
            case "custom" -> {
                String name = in.at("name").string();
                yield client(
                        declared,
                        form -> form instanceof CallForm.Custom(String its, Optional<String> namespace)
                                && its.equals(name)
                                && isIn(in, namespace));
            }
            case "local_shell" -> client(declared, form -> form.kind() == CallKind.LOCAL_SHELL);
            case "shell" -> client(declared, form -> form.kind() == CallKind.SHELL);
            case "apply_patch" -> client(declared, form -> form.kind() == CallKind.APPLY_PATCH);
            case "computer", "computer_use_preview" -> client(declared, form -> form.kind() == CallKind.COMPUTER);
            case "file_search" -> hosted(declared, HostedKind.FILE_SEARCH);
            case "code_interpreter" -> hosted(declared, HostedKind.CODE_INTERPRETER);
            case "mcp" -> {
                String label = in.at("server_label").string();
                yield new Tools(
                        List.of(),
                        declared.hosted().stream()
                                .filter(tool -> tool.kind() == HostedKind.MCP
                                        && tool.label().equals(Optional.of(label)))
                                .toList());
            }
            case "image_generation", "tool_search", "programmatic_tool_calling", "allowed_tools" ->
                new Tools(List.of(), List.of());
            default -> hosted(declared, HostedKind.WEB_SEARCH);
        };
        if (found.offered().isEmpty()
                && found.hosted().isEmpty()
                && !declared.idle().contains(type)) {
            throw absent(in, type);
        }
        return found;
    }

    private static boolean isIn(Param in, Optional<String> namespace) {
        Optional<String> asked = in.at("namespace").optional(Param::string);
        return asked.isEmpty() || asked.equals(namespace);
    }

    private static Tools client(ToolReader declared, Predicate<CallForm> isMeant) {
        return new Tools(
                declared.offered().stream()
                        .filter(tool -> isMeant.test(tool.form()))
                        .toList(),
                List.of());
    }

    private static Tools hosted(ToolReader declared, HostedKind kind) {
        return new Tools(
                List.of(),
                declared.hosted().stream().filter(tool -> tool.kind() == kind).toList());
    }

    private static Refusal absent(Param in, String type) {
        String name = in.at("name")
                .optional(Param::string)
                .or(() -> in.at("server_label").optional(Param::string))
                .map(text -> " '%s'".formatted(text))
                .orElse("");
        return Refusal.invalid(FIELD, "Tool choice '%s'%s not found in 'tools' parameter.".formatted(type, name))
                .because(Reason.INVALID_VALUE);
    }
}
