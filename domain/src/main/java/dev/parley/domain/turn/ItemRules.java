package dev.parley.domain.turn;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.tool.CallKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a client's items must keep to beside those that came before (responses-api 3.1). */
public final class ItemRules {

    private static final String FIELD = "input";

    private ItemRules() {}

    /**
     * Checks that no item is there twice, that every answer has its call, and every call for the client its answer.
     *
     * @throws Refusal naming the first id for which that is not so
     */
    public static void check(List<Item> before, List<Item> input) {
        Set<ItemId> ids = new HashSet<>();
        Map<String, CallKind> open = new LinkedHashMap<>();
        before.forEach(item -> ids.add(item.id()));
        before.forEach(item -> follow(item, open, false));
        for (Item item : input) {
            if (!ids.add(item.id())) {
                throw Refusal.invalid(
                        FIELD,
                        "Duplicate item found with id %s. Remove duplicate items from your input and try again."
                                .formatted(item.id()));
            }
            follow(item, open, true);
        }
        open.keySet().stream().findFirst().ifPresent(callId -> {
            throw Refusal.invalid(FIELD, "No tool output found for function call %s.".formatted(callId));
        });
    }

    private static void follow(Item item, Map<String, CallKind> open, boolean strictly) {
        switch (item) {
            case Item.Called called ->
                open.put(called.call().callId(), called.form().kind());
            case Item.Answered answered -> {
                if (!open.remove(answered.callId(), answered.kind()) && strictly) {
                    throw Refusal.invalid(
                            FIELD,
                            "No tool call found for function call output with call_id %s."
                                    .formatted(answered.callId()));
                }
            }
            case Item.Compacted _ -> open.clear();
            case Item.Said _, Item.Thought _, Item.Hosted _, Item.Opaque _ -> {
                // neither asks nor answers
            }
        }
    }
}
