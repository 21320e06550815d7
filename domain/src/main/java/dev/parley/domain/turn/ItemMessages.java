package dev.parley.domain.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Items as a model is shown them (responses-api 10.1). What a model says in one go is one message. */
final class ItemMessages {

    private static final String DEVELOPER = "[Instruction of the application's developer]\n";
    private static final String SUMMARY = "[Summary of the conversation so far]\n";

    private final List<Message> into;
    private final List<Passage> answer = new ArrayList<>();

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
            into.add(Message.User.of(SUMMARY + summary));
        }
    }

    /**
     * The messages in the form that every model takes: system messages at the start are one, later ones are told by the
     * user, and thoughts are shown that belong to the tool loop that is under way.
     */
    static List<Message> finished(TurnSpec spec, List<Message> messages) {
        // of the Agents API's turns, those that are not to be shown are not among the messages
        boolean allThoughts =
                spec.terms().map(terms -> terms.reasoning().ofAllTurns()).orElse(true);
        int lastUser = -1;
        for (int index = 0; index < messages.size(); index++) {
            if (messages.get(index) instanceof Message.User) {
                lastUser = index;
            }
        }
        List<Message> finished = new ArrayList<>();
        StringBuilder system = new StringBuilder();
        for (int index = 0; index < messages.size(); index++) {
            boolean thoughts = allThoughts || index > lastUser;
            switch (messages.get(index)) {
                case Message.System(String text)
                when finished.isEmpty() ->
                    system.append(system.isEmpty() ? "" : "\n\n").append(text);
                case Message.System(String text) -> finished.add(Message.User.of(DEVELOPER + text));
                case Message.Assistant assistant -> finished.add(thoughts ? assistant : assistant.withoutReasoning());
                case Message.User user -> finished.add(user);
                case Message.Tool tool -> finished.add(tool);
            }
        }
        if (!system.isEmpty()) {
            finished.addFirst(new Message.System(system.toString()));
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
            case Item.Thought thought -> {
                if (answer.stream().anyMatch(passage -> !(passage instanceof Passage.Thought))) {
                    closeAnswer();
                }
                String text = String.join("\n", thought.content());
                if (!text.isEmpty()) {
                    answer.add(new Passage.Thought(text));
                }
            }
            case Item.Called called -> call(new Passage.Called(called.call()));
            case Item.Hosted hosted ->
                hosted.response().ifPresent(response -> {
                    call(new Passage.Called(hosted.call()));
                    closeAnswer();
                    into.add(new Message.Tool(response.callId(), response.content()));
                });
            case Item.Answered answered -> {
                closeAnswer();
                into.add(new Message.Tool(answered.callId(), content(answered.output())));
            }
            case Item.Compacted compacted -> {
                answer.clear();
                compact(compacted.summary(), into);
            }
            case Item.Opaque _ -> {
                // no model has words for it
            }
        }
    }

    private void speak(List<ItemPart> parts) {
        if (answer.stream().anyMatch(Passage.Called.class::isInstance)) {
            closeAnswer();
        }
        for (ItemPart part : parts) {
            switch (part) {
                case ItemPart.InputText(String text) -> answer.add(Passage.Spoken.of(text));
                case ItemPart.OutputText(String text, var _, var _) -> answer.add(Passage.Spoken.of(text));
                case ItemPart.Refused(String text) -> answer.add(new Passage.Refused(text));
                case ItemPart.InputImage _, ItemPart.InputFile _ -> {
                    // models do not say images or files
                }
            }
        }
    }

    private void call(Passage.Called called) {
        boolean repeated = answer.stream()
                .anyMatch(passage -> passage instanceof Passage.Called(var earlier)
                        && earlier.callId().equals(called.call().callId()));
        if (repeated) {
            closeAnswer();
        }
        answer.add(called);
    }

    private void closeAnswer() {
        if (!answer.isEmpty()) {
            into.add(new Message.Assistant(answer, StopReason.END_OF_TURN));
            answer.clear();
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

    /** Only files with text come this far. */
    private static String decoded(String data) {
        String base64 = data.startsWith("data:") ? data.substring(data.indexOf(',') + 1) : data;
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
