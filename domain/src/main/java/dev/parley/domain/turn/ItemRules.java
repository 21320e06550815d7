package dev.parley.domain.turn;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.Role;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client's items must keep to beside those that came before (responses-api 3.1). */
public final class ItemRules {

    private static final String FIELD = "input";

    private final Set<ItemId> ids = new HashSet<>();
    /** Calls that must be answered, in their order. */
    private final Map<String, CallKind> open = new LinkedHashMap<>();
    /** Calls that may be answered: a turn that came later did without the answer, or they were this server's. */
    private final Map<String, CallKind> passed = new HashMap<>();

    private ItemRules() {}

    /**
     * Checks that no item is there twice, that every answer has its call, and every call for the client its answer. A call
     * that a person went past may stay open: turns of the Agents API do so. What asks for compaction has to come last.
     *
     * @param before what came before; it is not checked itself
     * @throws Refusal naming the first id for which that is not so
     */
    public static void check(List<Item> before, List<Item> input) {
        ItemRules rules = new ItemRules();
        before.forEach(rules::remember);
        input.forEach(rules::take);
        if (input.stream().limit(Math.max(0, input.size() - 1)).anyMatch(Item.CompactionTrigger.class::isInstance)) {
            throw Refusal.invalid(
                    FIELD, "A compaction_trigger must be the last item of the input; send what follows it afterwards.");
        }
        rules.open.keySet().stream().findFirst().ifPresent(callId -> {
            throw Refusal.invalid(FIELD, "No tool output found for function call %s.".formatted(callId));
        });
    }

    private void remember(Item item) {
        ids.add(item.id());
        if (item instanceof Item.Said said && said.role() == Role.USER) {
            passed.putAll(open);
            open.clear();
        }
        boolean _ = follow(item);
    }

    private void take(Item item) {
        if (!ids.add(item.id())) {
            throw Refusal.invalid(
                    FIELD,
                    "Duplicate item found with id %s. Remove duplicate items from your input and try again."
                            .formatted(item.id()));
        }
        if (!follow(item)) {
            throw Refusal.invalid(
                    FIELD,
                    "No tool call found for function call output with call_id %s."
                            .formatted(((Item.Answered) item).callId()));
        }
    }

    /** Whether the item fits to those before it. */
    private boolean follow(Item item) {
        return switch (item) {
            case Item.Called called -> {
                // models use the same call ids again
                passed.remove(called.call().callId());
                open.remove(called.call().callId());
                // what this server has called its client can't answer, but it brings the answer back, if there was one
                (called.form() instanceof CallForm.Hosted ? passed : open)
                        .put(called.call().callId(), called.form().kind());
                yield true;
            }
            case Item.Answered answered ->
                open.remove(answered.callId(), answered.kind()) || passed.remove(answered.callId(), answered.kind());
            case Item.Compacted _ -> {
                open.clear();
                passed.clear();
                yield true;
            }
            case Item.Said _,
                    Item.Thought _,
                    Item.Hosted _,
                    Item.Listed _,
                    Item.Asked _,
                    Item.Decided _,
                    Item.CompactionTrigger _,
                    Item.Opaque _ -> true;
        };
    }
}
