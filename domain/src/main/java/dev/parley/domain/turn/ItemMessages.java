package dev.parley.domain.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Items as a model is shown them (responses-api 10.1). What a model says in one go is one message. */
final class ItemMessages {

    private static final String PARAGRAPH = "\n\n";
    private static final String UNREADABLE = "(its content can't be read)";
    private static final String DEVELOPER = "[Instruction of the application's developer]\n";
    private static final String SUMMARY = "[Summary of the conversation so far]\n";

    private final List<Message> into;
    /** What the model has said since somebody else spoke. */
    private final List<Passage> answer = new ArrayList<>();
    /** What this server's calls among it have brought. */
    private final List<Message.Tool> results = new ArrayList<>();
    /** This server's calls among it whose results are to come as items of their own. */
    private final Set<String> awaited = new HashSet<>();

    /** What the client was asked about, with the ids of the calls: they are there, and their results come later. */
    private final Map<ItemId, String> asked = new HashMap<>();

    private ItemMessages(List<Message> into) {
        this.into = into;
    }

    /** Adds what the items say. One that stands for all before it takes the place of what is there. */
    static void add(List<Item> items, List<Message> into) {
        ItemMessages messages = new ItemMessages(into);
        items.forEach(messages::add);
        messages.closeAnswer();
    }

    /** Has the summary stand for all that is there; an empty one changes nothing. */
    static void compact(String summary, List<Message> into) {
        if (!summary.isEmpty()) {
            into.clear();
            into.add(new Message.System(SUMMARY + summary));
        }
    }

    /**
     * The messages in the form that every model takes: instructions and system messages at the start are one, later ones are
     * told by the user, and thoughts are shown that belong to the tool loop that is under way.
     */
    static List<Message> finished(TurnSpec spec, List<Message> messages) {
        // of the Agents API's turns, those that are not to be shown are not among the messages
        boolean allThoughts =
                spec.terms().map(terms -> terms.reasoning().ofAllTurns()).orElse(true);
        int lastUser = Prompt.lastUser(messages);
        List<String> system = new ArrayList<>(List.of(spec.instructions()));
        List<Message> finished = new ArrayList<>();
        for (int index = 0; index < messages.size(); index++) {
            boolean thoughts = allThoughts || index > lastUser;
            switch (messages.get(index)) {
                case Message.System(String text) when finished.isEmpty() -> system.add(text);
                case Message.System(String text) -> finished.add(Message.User.of(DEVELOPER + text));
                case Message.Assistant assistant -> finished.add(thoughts ? assistant : assistant.withoutReasoning());
                case Message.User user -> finished.add(user);
                case Message.Tool tool -> finished.add(tool);
            }
        }
        system.removeIf(String::isEmpty);
        if (!system.isEmpty()) {
            finished.addFirst(new Message.System(String.join(PARAGRAPH, system)));
        }
        return finished;
    }

    private void add(Item item) {
        switch (item) {
            case Item.Said said when said.role() == Role.ASSISTANT -> speak(said.parts());
            case Item.Said said -> {
                closeAnswer();
                into.add(
                        said.role() == Role.USER
                                ? new Message.User(content(said.parts()), Optional.empty())
                                : new Message.System(content(said.parts()).text()));
            }
            case Item.Thought thought -> think(String.join("\n", thought.content()));
            case Item.Called called -> {
                call(called.call());
                if (called.form() instanceof CallForm.Hosted) {
                    awaited.add(called.call().callId());
                }
            }
            case Item.Hosted hosted ->
                hosted.response().ifPresent(response -> {
                    Optional<String> asking = hosted.approvedBy().map(asked::get);
                    if (asking.isPresent()) {
                        closeAnswer();
                        into.add(new Message.Tool(asking.get(), SourceText.plain(response)));
                    } else {
                        call(hosted.call());
                        ranHere(new Message.Tool(response.callId(), SourceText.plain(response)));
                    }
                });
            case Item.Asked request -> {
                asked.put(request.id(), request.call().callId());
                call(request.call());
            }
            case Item.Decided decided -> {
                closeAnswer();
                if (!decided.approved()) {
                    decided.request().ifPresent(request -> into.add(refused(request.call(), decided.reason())));
                }
            }
            case Item.Listed _ -> {
                // the tools are offered beside the messages
            }
            case Item.Answered answered -> {
                Message.Tool result = new Message.Tool(answered.callId(), content(answered.output()));
                if (awaited.remove(answered.callId())) {
                    ranHere(result);
                } else {
                    closeAnswer();
                    into.add(result);
                }
            }
            case Item.Compacted compacted -> {
                closeAnswer();
                compact(compacted.summary(), into);
                if (compacted.standsForAllBefore()) {
                    asked.clear();
                }
            }
            case Item.CompactionTrigger _, Item.Opaque _ -> {
                // no model has words for it
            }
        }
    }

    private void think(String text) {
        closeWhatHasResults();
        if (text.isEmpty()) {
            return;
        }
        if (!answer.isEmpty() && answer.getLast() instanceof Passage.Thought(String before)) {
            answer.set(answer.size() - 1, new Passage.Thought(before + '\n' + text));
        } else {
            answer.add(new Passage.Thought(text));
        }
    }

    private void speak(List<ItemPart> parts) {
        closeWhatHasResults();
        StringBuilder said = new StringBuilder();
        StringBuilder refused = new StringBuilder();
        for (ItemPart part : parts) {
            switch (part) {
                case ItemPart.InputText(String text) -> said.append(text);
                case ItemPart.OutputText(String text, var _, var _) -> said.append(text);
                case ItemPart.Refused(String text) -> refused.append(text);
                case ItemPart.InputImage _, ItemPart.InputFile _ -> {
                    // models do not say images or files
                }
            }
        }
        if (!said.isEmpty()) {
            say(said.toString());
        }
        if (!refused.isEmpty()) {
            answer.add(new Passage.Refused(refused.toString()));
        }
    }

    /** What was said in two messages is two paragraphs of one: many models are told of one at a time. */
    private void say(String text) {
        if (!answer.isEmpty() && answer.getLast() instanceof Passage.Spoken(String before, var _, var _)) {
            answer.set(answer.size() - 1, Passage.Spoken.of(before + PARAGRAPH + text));
        } else {
            answer.add(Passage.Spoken.of(text));
        }
    }

    private static Message refused(ToolCall call, Optional<String> reason) {
        return new Message.Tool(
                call.callId(),
                Content.of(reason.filter(text -> !text.isBlank())
                        .map(text -> "The user does not allow this call: " + text)
                        .orElse("The user does not allow this call.")));
    }

    private void call(ToolCall call) {
        if (calls().anyMatch(earlier -> earlier.callId().equals(call.callId()))) {
            closeAnswer();
        }
        answer.add(new Passage.Called(call));
    }

    /** Where the client was called too, its answers come later, and to the same message. */
    private void ranHere(Message.Tool result) {
        results.add(result);
        if (calls().count() == results.size()) {
            closeAnswer();
        }
    }

    private Stream<ToolCall> calls() {
        return answer.stream()
                .flatMap(passage -> passage instanceof Passage.Called(ToolCall call) ? Stream.of(call) : Stream.of());
    }

    private void closeWhatHasResults() {
        if (!results.isEmpty()) {
            closeAnswer();
        }
    }

    private void closeAnswer() {
        if (!answer.isEmpty()) {
            into.add(new Message.Assistant(answer, StopReason.END_OF_TURN));
            into.addAll(results);
            answer.clear();
            results.clear();
            awaited.clear();
        }
    }

    private static Content content(CallOutput output) {
        return switch (output) {
            case CallOutput.Text(String text) -> Content.of(text);
            case CallOutput.Parts(List<ItemPart> parts) -> content(parts);
            case CallOutput.Members(var members) -> Content.of(members.text());
        };
    }

    private static Content content(List<ItemPart> parts) {
        List<Part> shown = parts.stream().map(ItemMessages::part).toList();
        return shown.stream().allMatch(Part.Text.class::isInstance)
                ? Content.of(shown.stream().map(Part::text).collect(Collectors.joining("\n")))
                : new Content.Parts(shown);
    }

    private static Part part(ItemPart part) {
        return switch (part) {
            case ItemPart.InputText(String text) -> new Part.Text(text);
            case ItemPart.OutputText(String text, var _, var _) -> new Part.Text(text);
            case ItemPart.Refused(String text) -> new Part.Text(text);
            case ItemPart.InputImage(Optional<String> url, Optional<String> fileId, var _) ->
                url.<Part>map(address -> new Part.Image(new ImageSource.Uri(address)))
                        .orElseGet(() -> new Part.Text("[image %s]".formatted(fileId.orElse(""))));
            case ItemPart.InputFile file -> new Part.Text(text(file));
        };
    }

    private static String text(ItemPart.InputFile file) {
        String name = file.filename().or(file::fileId).or(file::url).orElse("");
        return "[File %s]\n%s"
                .formatted(name, file.data().map(ItemMessages::decoded).orElse(""));
    }

    /** Only files with text come this far; one that can't be read must not make the whole conversation unreadable. */
    private static String decoded(String data) {
        String base64 = data.startsWith("data:") ? data.substring(data.indexOf(',') + 1) : data;
        try {
            return new String(Base64.getMimeDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException _) {
            return UNREADABLE;
        }
    }
}
