package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedTool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client of the Responses API has asked for beyond what every turn needs (responses-api 1).
 *
 * @param stored whether the turn is kept
 * @param background whether the turn runs without a reader
 * @param maxToolCalls how many calls this server runs in the turn; empty for as many as there are steps
 * @param maxOutputTokens how many tokens all answers of the turn may have together; empty leaves it to the provider
 * @param truncate whether the oldest of the conversation may be left out where it is too long
 * @param compactAt the length of the conversation, in tokens, from which it is compacted
 * @param reasoning what becomes of the model's thoughts
 * @param echo an object with the parameters as they are given back, in the order in which they are
 * @param hosted the tools that this server is to run, as the client has declared them
 */
public record ResponseTerms(
        boolean stored,
        boolean background,
        Optional<Integer> maxToolCalls,
        Optional<Integer> maxOutputTokens,
        boolean truncate,
        Optional<Integer> compactAt,
        Reasoning reasoning,
        JsonText echo,
        List<HostedTool> hosted) {

    /** @throws Refusal when two servers of tools have one label */
    public ResponseTerms {
        requireNonNull(maxToolCalls, "maxToolCalls");
        requireNonNull(maxOutputTokens, "maxOutputTokens");
        requireNonNull(compactAt, "compactAt");
        requireNonNull(reasoning, "reasoning");
        requireNonNull(echo, "echo");
        hosted = List.copyOf(hosted);
        requireOneServerPerLabel(hosted);
    }

    /**
     * The same with these tools for this server to run.
     *
     * @throws Refusal when two servers of tools have one label
     */
    public ResponseTerms withHosted(List<HostedTool> tools) {
        return new ResponseTerms(
                stored, background, maxToolCalls, maxOutputTokens, truncate, compactAt, reasoning, echo, tools);
    }

    /** The tool that a call is one of, as the client has declared it; empty when it has not. */
    public Optional<HostedTool> declared(CallForm.Hosted form) {
        return hosted.stream().filter(tool -> tool.isOf(form)).findFirst();
    }

    /** The server of tools with this label. */
    public Optional<HostedTool> server(String label) {
        return hosted.stream()
                .filter(tool -> tool.label().equals(Optional.of(label)))
                .findFirst();
    }

    private static void requireOneServerPerLabel(List<HostedTool> hosted) {
        Set<String> labels = new HashSet<>();
        for (HostedTool tool : hosted) {
            if (tool.label().filter(label -> !labels.add(label)).isPresent()) {
                throw Refusal.invalid(
                        "tools",
                        "Two MCP servers are called '%s'; give each server_label once"
                                .formatted(tool.label().orElse("")));
            }
        }
    }

    /**
     * @param summarised whether the client is told a summary of the thoughts
     * @param sealed whether the client is given the thoughts sealed
     * @param ofAllTurns whether the model is shown what it thought in earlier turns
     */
    public record Reasoning(boolean summarised, boolean sealed, boolean ofAllTurns) {}
}
