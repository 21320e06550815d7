package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;

/** Thoughts of a model that are being told: the thoughts themselves, and behind them their summary if the client wants one. */
final class OpenThought implements OpenItem {

    private final ItemId id;
    private final boolean summarised;
    private final int outputIndex;
    private final Telling telling;
    private final byte[] item;
    private final byte[] place;
    private final byte[] delta;
    private final Grown text = new Grown();

    OpenThought(ItemId id, int outputIndex, boolean summarised, Telling telling) {
        this.id = id;
        this.summarised = summarised;
        this.outputIndex = outputIndex;
        this.telling = telling;
        this.item = Telling.place(id, outputIndex);
        this.place = Telling.join(item, ",\"content_index\":0");
        this.delta = Telling.join(place, ",\"delta\":");
        telling.item(
                ResponseEvent.ITEM_ADDED,
                outputIndex,
                new ObjectText()
                        .string("id", id.value())
                        .string("type", "reasoning")
                        .array("summary", List.of())
                        .array("content", List.of())
                        .end());
        telling.at(ResponseEvent.PART_ADDED, place, part(PartJson.reasoning("")));
    }

    @Override
    public ItemId id() {
        return id;
    }

    void add(String piece) {
        text.add(piece);
        telling.piece(ResponseEvent.REASONING_DELTA, delta, piece);
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        boolean whole = status == ItemStatus.COMPLETED;
        List<String> summary = summarised && whole ? List.of(text.toString().strip()) : List.of();
        return Optional.of(new Item.Thought(id, summary, List.of(text.toString()), Optional.empty()));
    }

    @Override
    public void finish(Item finished) {
        Item.Thought thought = finished instanceof Item.Thought whole
                ? whole
                : (Item.Thought) soFar(ItemStatus.COMPLETED).orElseThrow();
        String whole = String.join("\n", thought.content());
        String missing = text.missing(whole);
        if (!missing.isEmpty()) {
            add(missing);
        }
        telling.at(ResponseEvent.REASONING_DONE, place, new ObjectText().string("text", whole));
        telling.at(ResponseEvent.PART_DONE, place, part(PartJson.reasoning(whole)));
        for (int index = 0; index < thought.summary().size(); index++) {
            summary(index, thought.summary().get(index));
        }
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(thought));
    }

    private void summary(int index, String summary) {
        byte[] where = Telling.join(item, ",\"summary_index\":" + index);
        telling.at(ResponseEvent.SUMMARY_PART_ADDED, where, part(PartJson.summary("")));
        if (!summary.isEmpty()) {
            telling.piece(ResponseEvent.SUMMARY_DELTA, Telling.join(where, ",\"delta\":"), summary);
        }
        telling.at(ResponseEvent.SUMMARY_DONE, where, new ObjectText().string("text", summary));
        telling.at(ResponseEvent.SUMMARY_PART_DONE, where, part(PartJson.summary(summary)));
    }

    private static ObjectText part(RawJson part) {
        return new ObjectText().raw("part", part);
    }
}
