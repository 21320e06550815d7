package dev.parley.domain.turn;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What clients have said to calls that they were asked about (responses-api 4.2). */
public final class Approvals {

    private Approvals() {}

    /**
     * The items of a client with what it was asked put to what it says: a call that it agrees to, and that was not run
     * before, is to be run.
     *
     * @param before what came before them
     * @throws Refusal when it was not asked
     */
    public static List<Item> resolved(List<Item> before, List<Item> input) {
        Map<ItemId, Item.Asked> asked = new HashMap<>();
        Set<ItemId> done = new HashSet<>();
        List<Item> all = new ArrayList<>(before);
        all.addAll(input);
        for (Item item : all) {
            if (item instanceof Item.Asked request) {
                asked.put(request.id(), request);
            } else if (item instanceof Item.Hosted hosted) {
                hosted.approvedBy().ifPresent(done::add);
            }
        }
        List<Item> resolved = new ArrayList<>();
        for (Item item : input) {
            if (item instanceof Item.Decided decided) {
                Item.Asked request = asked.get(decided.requestId());
                if (request == null) {
                    throw Refusal.invalid(
                            "input", "No approval request found with id '%s'.".formatted(decided.requestId()));
                }
                resolved.add(new Item.Decided(
                        decided.id(),
                        decided.requestId(),
                        decided.approved(),
                        decided.reason(),
                        done.add(decided.requestId()) ? Optional.of(request) : Optional.empty()));
            } else {
                resolved.add(item);
            }
        }
        return resolved;
    }

    /** The calls that a turn's client has agreed to, in their order. */
    public static List<Item.Asked> given(TurnInput input) {
        return switch (input) {
            case TurnInput.Items(List<Item> items, var _) ->
                items.stream()
                        .flatMap(item -> item instanceof Item.Decided decided && decided.approved()
                                ? decided.request().stream()
                                : Stream.of())
                        .toList();
            case TurnInput.Messages _ -> List.of();
        };
    }

    /** Those that are still to be run after the steps. They are run one by one, before the model is asked anything. */
    static List<Item.Asked> open(TurnInput input, List<Step> steps) {
        if (steps.stream().anyMatch(Step.Inference.class::isInstance)) {
            return List.of();
        }
        List<Item.Asked> given = given(input);
        int ran = (int)
                steps.stream().filter(Step.ToolExecution.class::isInstance).count();
        return given.subList(Math.min(ran, given.size()), given.size());
    }
}
