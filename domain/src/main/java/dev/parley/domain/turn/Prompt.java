package dev.parley.domain.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is shown: the instructions, the turns before, and the turn itself as far as it has come (agents-api 5.2).
 * Every call in it is answered at once, in the order of the calls, and every answer has its call, whatever the turns
 * hold: providers refuse anything else.
 */
public final class Prompt {

    private static final String NEVER_ANSWERED = "No result: this call was never answered.";

    private Prompt() {}

    /** The messages for the next inference of a turn, given the turns before it, oldest first. */
    public static List<Message> of(List<Turn> earlier, Turn turn) {
        List<Message> messages = new ArrayList<>();
        // which thoughts a client of the Responses API has the model shown is settled when all messages are there
        boolean withThoughts = turn.spec().terms().isPresent();
        for (Turn before : earlier) {
            if (isRemembered(before)) {
                addInput(before, false, messages);
                addSteps(before, withThoughts, false, messages);
            }
        }
        addCurrent(turn, messages);
        return withEveryCallAnswered(ItemMessages.finished(turn.spec(), messages));
    }

    /** The messages for the next inference of a turn in a conversation, given the items in it. */
    public static List<Message> ofItems(List<Item> before, Turn turn) {
        List<Message> messages = new ArrayList<>();
        ItemMessages.add(before, messages);
        addCurrent(turn, messages);
        return withEveryCallAnswered(ItemMessages.finished(turn.spec(), messages));
    }

    /**
     * The messages without the oldest of them: about a quarter, up to where a person speaks, so that no call loses its
     * answer. The system message and what was said last stay; the same messages when there is nothing to leave out.
     */
    public static List<Message> withoutOldest(List<Message> messages) {
        int first = !messages.isEmpty() && messages.getFirst() instanceof Message.System ? 1 : 0;
        int from = first + Math.max(1, (messages.size() - first) / 4);
        while (from < messages.size() && !(messages.get(from) instanceof Message.User)) {
            from++;
        }
        if (from >= messages.size()) {
            return messages;
        }
        List<Message> kept = new ArrayList<>(messages.subList(0, first));
        kept.addAll(messages.subList(from, messages.size()));
        return List.copyOf(kept);
    }

    /**
     * A turn of the Agents API that broke before its model had said anything is as if it had never been. Of the others the
     * client names the one that it goes on from, and means what it gave to it (responses-api 3.1).
     */
    private static boolean isRemembered(Turn turn) {
        return switch (turn.state()) {
            case TurnState.Queued _, TurnState.Running _, TurnState.AwaitingInput _, TurnState.Completed _ -> true;
            case TurnState.Failed _, TurnState.Cancelled _ ->
                turn.input() instanceof TurnInput.Items
                        || turn.steps().stream().anyMatch(Step.Inference.class::isInstance);
        };
    }

    private static void addCurrent(Turn turn, List<Message> messages) {
        addInput(turn, true, messages);
        addSteps(turn, true, turn.spec().terms().isPresent(), messages);
    }

    private static void addInput(Turn turn, boolean current, List<Message> messages) {
        switch (turn.input()) {
            case TurnInput.Messages(List<Message.Input> input, List<Document> documents) ->
                addMessages(input, material(documents, turn.steps()), current, messages);
            case TurnInput.Items(List<Item> items, var _) -> {
                ItemMessages.add(items, messages);
                addMaterial(material(List.of(), turn.steps()), messages);
            }
        }
    }

    private static void addSteps(Turn turn, boolean withThoughts, boolean cites, List<Message> messages) {
        int source = 1;
        for (Step step : turn.steps()) {
            switch (step) {
                case Step.Inference inference -> {
                    // reasoning belongs to the tool loop that it was part of, and to no later turn
                    Message.Assistant answer = withThoughts
                            ? inference.answer()
                            : inference.answer().withoutReasoning();
                    if (inference.stopped().isEmpty() || !answer.passages().isEmpty()) {
                        messages.add(answer);
                    }
                }
                case Step.ToolExecution tools -> {
                    for (ToolResponse response : tools.responses()) {
                        boolean marked = cites && tools.side() == ToolSide.SERVER;
                        Content content = marked ? SourceText.marked(response, source) : SourceText.plain(response);
                        messages.add(new Message.Tool(response.callId(), content));
                        source += marked ? response.sources().size() : 0;
                    }
                }
                case Step.ShieldCall shield ->
                    shield.violation().ifPresent(violation -> messages.add(Message.Assistant.of(violation.refusal())));
                case Step.Compaction compaction -> ItemMessages.compact(compaction.summary(), messages);
                case Step.MemoryRetrieval _, Step.Abandoned _, Step.BrokenAnswer _ -> {
                    // the context of the first was put beside the user's words; the others came to nothing
                }
                case Step.ToolListing _ -> {
                    // the tools are offered beside the messages
                }
            }
        }
    }

    private static void addMessages(
            List<Message.Input> input, List<Part> material, boolean current, List<Message> messages) {
        int last = lastUser(input);
        for (int index = 0; index < input.size(); index++) {
            switch (input.get(index)) {
                case Message.User user -> {
                    List<Part> beside = new ArrayList<>();
                    if (current) {
                        user.context().ifPresent(context -> beside.addAll(context.parts()));
                    }
                    if (index == last) {
                        beside.addAll(material);
                    }
                    messages.add(new Message.User(join(user.content(), beside), Optional.empty()));
                }
                case Message.Tool tool -> messages.add(tool);
            }
        }
        if (last < 0) {
            addMaterial(material, messages);
        }
    }

    private static void addMaterial(List<Part> material, List<Message> messages) {
        if (!material.isEmpty()) {
            messages.add(new Message.User(new Content.Parts(material), Optional.empty()));
        }
    }

    /** The documents and what was looked up, in the order in which the turn got them. */
    private static List<Part> material(List<Document> documents, List<Step> steps) {
        List<Part> material = new ArrayList<>();
        documents.forEach(document -> material.addAll(document.content().parts()));
        for (Step step : steps) {
            if (step instanceof Step.MemoryRetrieval retrieval) {
                material.addAll(retrieval.insertedContext().parts());
            }
        }
        return material;
    }

    private static Content join(Content content, List<Part> beside) {
        if (beside.isEmpty()) {
            return content;
        }
        List<Part> parts = new ArrayList<>(content.parts());
        parts.addAll(beside);
        return new Content.Parts(parts);
    }

    /** Where a person spoke last; -1 when nobody did. */
    static int lastUser(List<? extends Message> messages) {
        for (int index = messages.size() - 1; index >= 0; index--) {
            if (messages.get(index) instanceof Message.User) {
                return index;
            }
        }
        return -1;
    }

    /**
     * The same messages with the answers of each call moved up behind it, a stand-in where there is none, and answers
     * without a call told in words. A call is open until the model's next message, and an answer belongs to the call that is
     * open then: models use the same call ids again in later messages.
     */
    static List<Message> withEveryCallAnswered(List<Message> messages) {
        List<Message> repaired = new ArrayList<>();
        Map<String, Message.Tool> answers = new LinkedHashMap<>();
        List<ToolCall> open = List.of();
        List<Message> held = new ArrayList<>();
        for (Message message : messages) {
            switch (message) {
                case Message.Assistant assistant -> {
                    close(open, answers, held, repaired);
                    repaired.add(assistant);
                    open = assistant.toolCalls();
                }
                case Message.Tool tool -> {
                    boolean asked = open.stream().anyMatch(call -> call.callId().equals(tool.callId()));
                    if (!asked || answers.putIfAbsent(tool.callId(), tool) != null) {
                        held.add(inWords(tool));
                    }
                }
                case Message.User _, Message.System _ -> held.add(message);
            }
        }
        close(open, answers, held, repaired);
        return List.copyOf(repaired);
    }

    private static void close(
            List<ToolCall> open, Map<String, Message.Tool> answers, List<Message> held, List<Message> into) {
        for (ToolCall call : open) {
            Message.Tool answer = answers.get(call.callId());
            into.add(answer != null ? answer : new Message.Tool(call.callId(), Content.of(NEVER_ANSWERED)));
        }
        into.addAll(held);
        answers.clear();
        held.clear();
    }

    private static Message inWords(Message.Tool orphan) {
        Content what = Content.of("The result of tool call %s is:".formatted(orphan.callId()));
        return new Message.User(join(what, orphan.content().parts()), Optional.empty());
    }
}
