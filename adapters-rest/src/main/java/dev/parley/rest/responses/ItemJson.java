package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/** Items as clients are shown them (responses-api 3). Members without a value are left out, but for those that are known to be null. */
@Singleton
final class ItemJson {

    private final Sealing sealing;

    ItemJson(Sealing sealing) {
        this.sealing = sealing;
    }

    RawJson of(Item item, Includes include) {
        return switch (item) {
            case Item.Said said -> said(said, include);
            case Item.Thought thought -> thought(thought, include, Optional.empty());
            case Item.Called called -> CallJson.of(called);
            case Item.Answered answered -> AnsweredJson.of(answered, include);
            case Item.Hosted hosted -> HostedJson.of(hosted, include);
            case Item.Listed listed -> HostedJson.listed(listed);
            case Item.Asked asked ->
                begin(asked, "mcp_approval_request")
                        .string("server_label", asked.form().serverLabel().orElse(""))
                        .string("name", asked.form().name())
                        .string("arguments", asked.call().arguments().text())
                        .end();
            case Item.Decided decided ->
                begin(decided, "mcp_approval_response")
                        .string("approval_request_id", decided.requestId().value())
                        .bool("approve", decided.approved())
                        .string("reason", decided.reason())
                        .end();
            case Item.Compacted compacted ->
                begin(compacted, "compaction")
                        .string("encrypted_content", sealed(compacted))
                        .end();
            case Item.CompactionTrigger trigger ->
                begin(trigger, "compaction_trigger").end();
            case Item.Opaque(var _, var _, JsonText json) -> RawJson.of(json);
        };
    }

    /**
     * What was told of an item that will not be finished.
     *
     * @param item as far as it was told
     */
    RawJson cutOff(Item item, Includes include) {
        return item instanceof Item.Thought thought
                ? thought(thought, include, Optional.of(ItemStatus.INCOMPLETE))
                : of(item, include);
    }

    /** Thoughts have no status unless they were cut off. */
    private RawJson thought(Item.Thought thought, Includes include, Optional<ItemStatus> status) {
        ObjectText json = begin(thought, "reasoning")
                .array(
                        "summary",
                        thought.summary().stream().map(PartJson::summary).toList());
        if (!thought.content().isEmpty()) {
            json.array(
                    "content",
                    thought.content().stream().map(PartJson::reasoning).toList());
        }
        if (include.sealedReasoning()) {
            json.string("encrypted_content", thought.sealed().or(() -> sealed(thought)));
        }
        return json.string("status", status.map(ItemJson::word)).end();
    }

    private Optional<String> sealed(Item.Thought thought) {
        String text = String.join("\n", thought.content());
        return text.isEmpty() ? Optional.empty() : Optional.of(sealing.seal(Sealing.THOUGHTS, text));
    }

    /** One that a client brought has its seal; one that this server made gets it when it is shown. */
    private String sealed(Item.Compacted compacted) {
        return compacted.sealed().isEmpty() ? sealing.seal(Sealing.SUMMARIES, compacted.summary()) : compacted.sealed();
    }

    private static RawJson said(Item.Said said, Includes include) {
        return begin(said, "message")
                .string("role", said.role().name().toLowerCase(Locale.ROOT))
                .string("status", word(said.status()))
                .array("content", PartJson.ofMessage(said.parts(), include))
                .string("phase", said.phase())
                .end();
    }

    /** How every item begins. */
    static ObjectText begin(Item item, String type) {
        return new ObjectText().string("id", item.id().value()).string("type", type);
    }

    static String word(ItemStatus status) {
        return switch (status) {
            case IN_PROGRESS -> "in_progress";
            case COMPLETED -> "completed";
            case INCOMPLETE -> "incomplete";
            case FAILED -> "failed";
        };
    }
}
