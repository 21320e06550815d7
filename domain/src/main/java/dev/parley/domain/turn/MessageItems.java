package dev.parley.domain.turn;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.CallKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was said to an agent, as clients of the Responses API read it (responses-api 3). */
final class MessageItems {

    private final TurnId turn;

    private MessageItems(TurnId turn) {
        this.turn = turn;
    }

    /** The items of a turn's input, in its order, documents last. */
    static List<Item> of(TurnId turn, List<Message.Input> messages, List<Document> documents) {
        return new MessageItems(turn).items(messages, documents);
    }

    /** What a tool has answered. */
    static CallOutput output(Content content) {
        boolean onlyText = content.parts().stream().allMatch(Part.Text.class::isInstance);
        return onlyText ? new CallOutput.Text(content.text()) : new CallOutput.Parts(parts(content));
    }

    private List<Item> items(List<Message.Input> messages, List<Document> documents) {
        List<Item> items = new ArrayList<>();
        for (Message.Input message : messages) {
            switch (message) {
                case Message.User user -> items.add(user(items.size(), user.content()));
                case Message.Tool tool ->
                    items.add(new Item.Answered(
                            ItemId.ofInput("fco", turn, items.size()),
                            CallKind.FUNCTION,
                            tool.callId(),
                            output(tool.content()),
                            ItemStatus.COMPLETED));
            }
        }
        documents.forEach(document -> items.add(user(items.size(), document.content())));
        return List.copyOf(items);
    }

    private Item user(int place, Content content) {
        return new Item.Said(
                ItemId.ofInput("msg", turn, place), Role.USER, parts(content), ItemStatus.COMPLETED, Optional.empty());
    }

    private static List<ItemPart> parts(Content content) {
        return content.parts().stream()
                .map(part -> switch (part) {
                    case Part.Text(String text) -> (ItemPart) new ItemPart.InputText(text);
                    case Part.Image(ImageSource source) -> image(source.address());
                })
                .toList();
    }

    private static ItemPart image(String address) {
        return new ItemPart.InputImage(Optional.of(address), Optional.empty(), Optional.empty());
    }
}
