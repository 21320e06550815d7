package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message of a model that is being told: one part, which is what it says, or what it says instead of an answer. */
final class OpenMessage implements OpenItem {

    private static final JsonText NONE = new JsonText("[]");
    private static final byte[] LOGPROBS = Telling.ascii(",\"logprobs\":");
    private static final byte[] NO_LOGPROBS = Telling.ascii(",\"logprobs\":[]");

    private final ItemId id;
    private final boolean refusal;
    private final int outputIndex;
    private final Telling telling;
    private final byte[] place;
    private final byte[] delta;
    private final Grown text = new Grown();
    private final StringBuilder logprobs = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();

    OpenMessage(ItemId id, boolean refusal, int outputIndex, Telling telling) {
        this.id = id;
        this.refusal = refusal;
        this.outputIndex = outputIndex;
        this.telling = telling;
        this.place = Telling.join(Telling.place(id, outputIndex), ",\"content_index\":0");
        this.delta = Telling.join(place, ",\"delta\":");
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(said(List.of(), ItemStatus.IN_PROGRESS)));
        telling.at(ResponseEvent.PART_ADDED, place, new ObjectText().raw("part", json(part("", List.of(), NONE))));
    }

    static OpenMessage of(Item.Said said, int outputIndex, Telling telling) {
        boolean refusal = said.parts().getFirst() instanceof ItemPart.Refused;
        return new OpenMessage(said.id(), refusal, outputIndex, telling);
    }

    @Override
    public ItemId id() {
        return id;
    }

    boolean isRefusal() {
        return refusal;
    }

    void add(String piece) {
        text.add(piece);
        if (refusal) {
            telling.piece(ResponseEvent.REFUSAL_DELTA, delta, piece);
        } else if (telling.begin(ResponseEvent.TEXT_DELTA)) {
            telling.out().raw(delta).string(piece).raw(NO_LOGPROBS);
            telling.endPiece();
        }
    }

    void add(String piece, JsonText scores) {
        if (refusal || !telling.logprobs()) {
            add(piece);
            return;
        }
        text.add(piece);
        RawJson list = RawJson.of(scores);
        String elements = list.text().strip();
        elements = elements.substring(1, elements.length() - 1).strip();
        if (!elements.isEmpty()) {
            logprobs.append(logprobs.isEmpty() ? "" : ",").append(elements);
        }
        if (telling.begin(ResponseEvent.TEXT_DELTA)) {
            telling.out()
                    .raw(delta)
                    .string(piece)
                    .raw(LOGPROBS)
                    .json(LogprobsJson.ofEvent(list).text());
            telling.endPiece();
        }
    }

    /** What was said up to here comes from somewhere. */
    void cite(Citation citation) {
        if (!refusal) {
            telling.at(
                    ResponseEvent.ANNOTATION_ADDED,
                    place,
                    new ObjectText()
                            .number("annotation_index", citations.size())
                            .raw("annotation", CitationJson.of(citation)));
            citations.add(citation);
        }
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        return Optional.of(said(List.of(part(text.toString(), citations, new JsonText("[" + logprobs + "]"))), status));
    }

    @Override
    public void finish(Item finished) {
        Item.Said said = finished instanceof Item.Said whole && fits(whole)
                ? whole
                : (Item.Said) soFar(ItemStatus.COMPLETED).orElseThrow();
        ItemPart part = said.parts().getFirst();
        switch (part) {
            case ItemPart.OutputText(String whole, List<Citation> all, JsonText scores) -> {
                tellRest(whole, scores);
                all.subList(Math.min(citations.size(), all.size()), all.size()).forEach(this::cite);
                telling.at(
                        ResponseEvent.TEXT_DONE,
                        place,
                        new ObjectText()
                                .string("text", whole)
                                .raw("logprobs", LogprobsJson.ofEvent(RawJson.of(telling.logprobs() ? scores : NONE))));
            }
            case ItemPart.Refused(String whole) -> {
                tellRest(whole, NONE);
                telling.at(ResponseEvent.REFUSAL_DONE, place, new ObjectText().string("refusal", whole));
            }
            case ItemPart.InputText _, ItemPart.InputImage _, ItemPart.InputFile _ ->
                throw new IllegalArgumentException("a model does not say what it is given");
        }
        telling.at(ResponseEvent.PART_DONE, place, new ObjectText().raw("part", json(part)));
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(said));
    }

    /** Whether it is a message of the same kind. */
    private boolean fits(Item.Said whole) {
        return whole.parts().getFirst() instanceof ItemPart.Refused == refusal;
    }

    /** Which tokens are missing can't be told from those that are there, but all of them can be if there are none. */
    private void tellRest(String whole, JsonText scores) {
        boolean untold = text.isEmpty();
        String missing = text.missing(whole);
        if (missing.isEmpty()) {
            return;
        }
        if (untold) {
            add(missing, scores);
        } else {
            add(missing);
        }
    }

    private ItemPart part(String words, List<Citation> cited, JsonText scores) {
        return refusal ? new ItemPart.Refused(words) : new ItemPart.OutputText(words, cited, scores);
    }

    private Item.Said said(List<ItemPart> parts, ItemStatus status) {
        return new Item.Said(id, Role.ASSISTANT, parts, status, Optional.empty());
    }

    private RawJson json(ItemPart part) {
        return telling.part(part);
    }
}
