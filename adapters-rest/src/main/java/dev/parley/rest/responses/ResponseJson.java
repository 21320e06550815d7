package dev.parley.rest.responses;

import dev.parley.application.response.CompactContext;
import dev.parley.application.response.ResponseId;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import dev.parley.rest.error.OpenAiError;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A turn as a response (responses-api 2), however far it has come and whichever interface it came by. Every member is there,
 * with a null where there is nothing to say; what the client asked for is given back as it was understood.
 */
@Singleton
final class ResponseJson {

    private static final RawJson NULL = RawJson.NULL;
    private static final String SERVICE_TIER = "service_tier";

    /** What the response itself says, whatever is given back. */
    private static final Set<String> OURS = Set.of(
            "id",
            "object",
            "created_at",
            "status",
            "completed_at",
            "error",
            "incomplete_details",
            "output",
            "usage",
            "metadata");

    private final ItemJson items;

    ResponseJson(ItemJson items) {
        this.items = items;
    }

    /** The turn with all that it has told. */
    WireBody of(Turn turn, Includes include) {
        Includes shown = include.of(turn);
        TurnItems.Told told = TurnItems.told(turn);
        List<RawJson> output = new ArrayList<>();
        told.finished().forEach(item -> output.add(items.of(item, shown)));
        told.cutOff().ifPresent(item -> output.add(items.cutOff(item, shown)));
        return of(turn, output);
    }

    /** The turn with the output that was told of it. */
    RawJson of(Turn turn, List<RawJson> output) {
        return new Writer(turn).write(output);
    }

    /** What stands for a conversation that the turn has compacted (responses-api 6.2). */
    WireBody ofCompacted(Turn turn) {
        return new ObjectText()
                .string("id", ResponseId.of(turn.id()))
                .string("object", "response.compaction")
                .number("created_at", turn.startedAt().getEpochSecond())
                .array(
                        "output",
                        CompactContext.standIns(turn).stream()
                                .map(item -> items.of(item, Includes.VERBATIM))
                                .toList())
                .raw("usage", Writer.usage(turn.usage().orElse(Usage.NONE)))
                .end();
    }

    /** Whether the turn has an answer that is not whole. */
    static boolean isCutOff(Turn turn) {
        return Writer.cutOffBy(turn).isPresent();
    }

    /** Writes one. */
    private static final class Writer {

        private final Turn turn;
        private final ObjectMembers echo;
        private final Set<String> echoed = new HashSet<>(OURS);
        private final ObjectText json = new ObjectText();

        Writer(Turn turn) {
            this.turn = turn;
            this.echo = ObjectMembers.of(
                    turn.spec().terms().map(ResponseTerms::echo).orElseGet(() -> PlainTerms.echo(turn.spec())));
        }

        RawJson write(List<RawJson> output) {
            json.string("id", ResponseId.of(turn.id()))
                    .string("object", "response")
                    .number("created_at", turn.startedAt().getEpochSecond())
                    .string("status", status());
            echo("background", "false");
            json.rawOrNull("completed_at", completedAt().map(at -> new RawJson(String.valueOf(at.getEpochSecond()))))
                    .rawOrNull("error", error())
                    .rawOrNull("incomplete_details", cutOffBy(turn).map(Writer::details));
            echo("instructions", "null");
            echo("max_output_tokens", "null");
            echo("max_tool_calls", "null");
            echo("model", ObjectText.quoted(turn.spec().model()).text());
            json.array("output", output);
            echo("parallel_tool_calls", "true");
            echo("previous_response_id", previous().text());
            echo("prompt_cache_key", "null");
            echo("prompt_cache_retention", "null");
            echo("reasoning", "{\"effort\":null,\"summary\":null}");
            echo("safety_identifier", "null");
            serviceTier();
            echo("store", "true");
            echo("temperature", "1");
            echo("presence_penalty", "0");
            echo("frequency_penalty", "0");
            echo("text", "{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}");
            echo("tool_choice", "\"auto\"");
            echo("tools", "[]");
            echo("top_logprobs", "0");
            echo("top_p", "1");
            echo("truncation", "\"disabled\"");
            json.rawOrNull("usage", usage().map(Writer::usage));
            echo("user", "null");
            json.raw("metadata", metadata());
            if (turn.origin() instanceof Origin.InConversation(var conversation)) {
                echo(
                        "conversation",
                        "{\"id\":" + ObjectText.quoted(conversation.value()).text() + '}');
            }
            return echo.into(json, echoed).end();
        }

        private void echo(String name, String otherwise) {
            echoed.add(name);
            json.raw(name, echo.raw(name).orElseGet(() -> new RawJson(otherwise)));
        }

        /** What was wished for while it runs, and what it came to then. */
        private void serviceTier() {
            if (turn.isAtRest()) {
                echoed.add(SERVICE_TIER);
                json.string(SERVICE_TIER, "default");
            } else {
                echo(SERVICE_TIER, "\"auto\"");
            }
        }

        private String status() {
            return switch (turn.state()) {
                case TurnState.Queued _ -> "queued";
                case TurnState.Running _ -> "in_progress";
                case TurnState.AwaitingInput _ -> "completed";
                case TurnState.Completed _ -> cutOffBy(turn).isPresent() ? "incomplete" : "completed";
                case TurnState.Failed _ -> "failed";
                case TurnState.Cancelled _ -> "cancelled";
            };
        }

        private Optional<Instant> completedAt() {
            return turn.restedAt().filter(_ -> status().equals("completed"));
        }

        private Optional<RawJson> error() {
            return turn.state() instanceof TurnState.Failed(Failure failure)
                    ? Optional.of(new ObjectText()
                            .string("code", OpenAiError.responseCode(failure.code()))
                            .string("message", failure.message())
                            .end())
                    : Optional.empty();
        }

        private static Optional<String> cutOffBy(Turn turn) {
            return turn.state() instanceof TurnState.Completed(Message.Assistant output)
                    ? reason(output.stopReason())
                    : Optional.empty();
        }

        private static Optional<String> reason(StopReason reason) {
            return switch (reason) {
                case END_OF_TURN, END_OF_MESSAGE -> Optional.empty();
                case OUT_OF_TOKENS -> Optional.of("max_output_tokens");
                case FILTERED -> Optional.of("content_filter");
            };
        }

        private static RawJson details(String reason) {
            return new ObjectText().string("reason", reason).end();
        }

        private RawJson previous() {
            return turn.origin() instanceof Origin.AfterTurn(var previous)
                    ? previous.map(ResponseId::of).map(ObjectText::quoted).orElse(NULL)
                    : NULL;
        }

        /** Readers of an answer count on it; of what came to nothing there may be none. */
        private Optional<Usage> usage() {
            return switch (turn.state()) {
                case TurnState.Queued _, TurnState.Running _ -> Optional.empty();
                case TurnState.AwaitingInput _, TurnState.Completed _ ->
                    turn.usage().or(() -> Optional.of(Usage.NONE));
                case TurnState.Failed _, TurnState.Cancelled _ -> turn.usage();
            };
        }

        private static RawJson usage(Usage usage) {
            return new ObjectText()
                    .number("input_tokens", usage.inputTokens())
                    .raw(
                            "input_tokens_details",
                            new ObjectText()
                                    .number("cached_tokens", usage.cachedInputTokens())
                                    .number("cache_write_tokens", 0)
                                    .end())
                    .number("output_tokens", usage.outputTokens())
                    .raw(
                            "output_tokens_details",
                            new ObjectText()
                                    .number("reasoning_tokens", usage.reasoningTokens())
                                    .end())
                    .number("total_tokens", usage.inputTokens() + usage.outputTokens())
                    .end();
        }

        private RawJson metadata() {
            ObjectText metadata = new ObjectText();
            if (turn.input() instanceof TurnInput.Items(var _, Map<String, String> given)) {
                new TreeMap<>(given).forEach(metadata::string);
            }
            return metadata.end();
        }
    }
}
