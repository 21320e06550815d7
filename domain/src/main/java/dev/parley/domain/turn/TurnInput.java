package dev.parley.domain.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client gave a turn to begin with, in the words of its own interface. */
public sealed interface TurnInput {

    /**
     * Messages, as clients of the Agents API send them.
     *
     * @param messages at least one
     * @param documents material that came with them
     */
    record Messages(List<Message.Input> messages, List<Document> documents) implements TurnInput {
        public Messages {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a turn must begin with at least one message");
            }
            documents = List.copyOf(documents);
        }
    }

    /**
     * Items, as clients of the Responses API send them.
     *
     * @param items possibly none, where earlier turns say enough; each has an id of its own
     * @param metadata the client's own
     */
    record Items(List<Item> items, Map<String, String> metadata) implements TurnInput {
        public Items {
            items = List.copyOf(items);
            metadata = Map.copyOf(metadata);
        }

        @Override
        public List<Message.Input> messages() {
            List<Message> all = new ArrayList<>();
            ItemMessages.add(items, all);
            return all.stream()
                    .filter(Message.Input.class::isInstance)
                    .map(Message.Input.class::cast)
                    .toList();
        }

        @Override
        public List<Document> documents() {
            return List.of();
        }

        @Override
        public boolean standsForAllBefore() {
            return items.stream().anyMatch(Item::standsForAllBefore);
        }

        @Override
        public boolean asksForCompaction() {
            return !items.isEmpty() && items.getLast() instanceof Item.CompactionTrigger;
        }
    }

    /** What of it is words of a person or answers of tools, as messages. */
    List<Message.Input> messages();

    /** What a person said last, without the material that came with it; empty when nobody said anything. */
    default String lastWords() {
        return messages().reversed().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> message.content().text())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Material that came with it. */
    List<Document> documents();

    /** Whether something of it takes the place of all that came before. */
    default boolean standsForAllBefore() {
        return false;
    }

    /** Whether the turn is to put the conversation into a few words, and to do nothing else. */
    default boolean asksForCompaction() {
        return false;
    }
}
