package dev.parley.persistence.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import io.micronaut.context.annotation.ClassImport;
import io.micronaut.context.annotation.Mixin;
import io.micronaut.serde.annotation.Serdeable;

/** The types of items that are stored as JSON, and their tags. */
@ClassImport(
        annotate = Serdeable.class,
        classes = {
            CallOutput.class,
            CallOutput.Text.class,
            CallOutput.Parts.class,
            CallOutput.Members.class,
            Item.class,
            Item.Said.class,
            Item.Thought.class,
            Item.Called.class,
            Item.Answered.class,
            Item.Hosted.class,
            Item.Listed.class,
            Item.Asked.class,
            Item.Decided.class,
            Item.Compacted.class,
            Item.CompactionTrigger.class,
            Item.Opaque.class,
            ItemId.class,
            ItemPart.class,
            ItemPart.InputText.class,
            ItemPart.InputImage.class,
            ItemPart.InputFile.class,
            ItemPart.OutputText.class,
            ItemPart.Refused.class
        })
final class ItemJson {

    private ItemJson() {}

    /** An opaque item has a type of its own. */
    @Mixin(Item.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "item")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Item.Said.class, name = "said"),
        @JsonSubTypes.Type(value = Item.Thought.class, name = "thought"),
        @JsonSubTypes.Type(value = Item.Called.class, name = "called"),
        @JsonSubTypes.Type(value = Item.Answered.class, name = "answered"),
        @JsonSubTypes.Type(value = Item.Hosted.class, name = "hosted"),
        @JsonSubTypes.Type(value = Item.Listed.class, name = "listed"),
        @JsonSubTypes.Type(value = Item.Asked.class, name = "asked"),
        @JsonSubTypes.Type(value = Item.Decided.class, name = "decided"),
        @JsonSubTypes.Type(value = Item.Compacted.class, name = "compacted"),
        @JsonSubTypes.Type(value = Item.CompactionTrigger.class, name = "compaction_trigger"),
        @JsonSubTypes.Type(value = Item.Opaque.class, name = "opaque")
    })
    interface ItemTags {}

    @Mixin(ItemPart.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ItemPart.InputText.class, name = "input_text"),
        @JsonSubTypes.Type(value = ItemPart.InputImage.class, name = "input_image"),
        @JsonSubTypes.Type(value = ItemPart.InputFile.class, name = "input_file"),
        @JsonSubTypes.Type(value = ItemPart.OutputText.class, name = "output_text"),
        @JsonSubTypes.Type(value = ItemPart.Refused.class, name = "refused")
    })
    interface ItemPartTags {}

    @Mixin(CallOutput.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CallOutput.Text.class, name = "text"),
        @JsonSubTypes.Type(value = CallOutput.Parts.class, name = "parts"),
        @JsonSubTypes.Type(value = CallOutput.Members.class, name = "members")
    })
    interface CallOutputTags {}
}
