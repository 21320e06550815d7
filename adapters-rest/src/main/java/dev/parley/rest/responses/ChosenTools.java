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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
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
        ToolChoice choice;
        if (!chosen.offered().isEmpty()) {
            choice = new ToolChoice.Named(chosen.offered().getFirst().name());
        } else if (!chosen.hosted().isEmpty()) {
            choice = new ToolChoice.Hosted(
                    chosen.hosted().getFirst().kind(), label(in), in.at("name").optional(Param::string));
        } else {
            choice = new ToolChoice.Auto();
        }
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
        Set<OfferedTool> offered = new HashSet<>();
        Map<HostedTool, Allowed> hosted = new HashMap<>();
        in.at("tools").list(one -> {
            Tools some = named(one, declared);
            offered.addAll(some.offered());
            some.hosted()
                    .forEach(tool -> hosted.computeIfAbsent(tool, _ -> new Allowed())
                            .add(one.at("name").optional(Param::string)));
            return some;
        });
        List<HostedTool> allowedHosted = new ArrayList<>();
        for (HostedTool tool : declared.hosted()) {
            Allowed much = hosted.get(tool);
            if (much != null) {
                allowedHosted.add(much.of(tool));
            }
        }
        Tools allowed =
                new Tools(declared.offered().stream().filter(offered::contains).toList(), allowedHosted);
        RawJson echo = new ObjectText()
                .string("type", "allowed_tools")
                .string("mode", mode)
                .raw("tools", in.at("tools").echo())
                .end();
        return allowed.with(mode(mode), echo);
    }

    /** How much of a server is allowed: all of it, or tools by their names. */
    private static final class Allowed {

        private final Set<String> names = new LinkedHashSet<>();
        private boolean all;

        void add(Optional<String> name) {
            name.ifPresentOrElse(names::add, () -> all = true);
        }

        HostedTool of(HostedTool tool) {
            return all ? tool : tool.only(names);
        }
    }

    private static Optional<String> label(Param in) {
        return in.at("server_label").optional(Param::string);
    }

    private static ToolChoice mode(String word) {
        return switch (word) {
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> new ToolChoice.Auto();
        };
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
            case "shell" ->
                new Tools(
                        client(declared, form -> form.kind() == CallKind.SHELL).offered(),
                        hosted(declared, HostedKind.SHELL).hosted());
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
            case "image_generation" -> hosted(declared, HostedKind.IMAGE_GENERATION);
            case "tool_search", "programmatic_tool_calling", "allowed_tools" -> new Tools(List.of(), List.of());
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
                .or(() -> label(in))
                .map(text -> " '%s'".formatted(text))
                .orElse("");
        return Refusal.invalid(FIELD, "Tool choice '%s'%s not found in 'tools' parameter.".formatted(type, name))
                .because(Reason.INVALID_VALUE);
    }
}
