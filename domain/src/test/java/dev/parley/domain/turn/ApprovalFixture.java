package dev.parley.domain.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that a client is asked about, and what it says, for tests. */
public final class ApprovalFixture {

    private ApprovalFixture() {}

    /** The question whether a call of a tool of the server {@code docs} may be run. */
    public static Item.Asked asked(ToolCall call) {
        String own = call.toolName().substring("docs__".length());
        return new Item.Asked(
                new ItemId("mcpr_" + call.callId()),
                new CallForm.Hosted(HostedKind.MCP, Optional.of("docs"), own),
                call);
    }

    public static Item.Decided yes(Item.Asked request) {
        return decided(request, true, Optional.empty());
    }

    public static Item.Decided no(Item.Asked request, String reason) {
        return decided(request, false, Optional.of(reason));
    }

    /** The item as a client sends it: without what it was asked. */
    public static Item.Decided decided(Item.Asked request, boolean approved, Optional<String> reason) {
        return new Item.Decided(
                new ItemId("mcpr_to_" + request.id().value()), request.id(), approved, reason, Optional.empty());
    }

    /** A turn whose client has agreed to these calls, with the server that they are for. */
    public static TurnPlay agreed(ToolCall... calls) {
        List<Item> before =
                List.of(calls).stream().<Item>map(ApprovalFixture::asked).toList();
        List<Item> input =
                List.of(calls).stream().<Item>map(call -> yes(asked(call))).toList();
        TurnSpec spec = SpecFixture.response()
                .terms(TermsFixture.terms()
                        .hosted(ToolFixture.server("docs", new Approval.Always()))
                        .build())
                .build();
        return TurnPlay.of(Turn.begin(
                TurnFixture.TURN,
                new Origin.AfterTurn(Optional.empty()),
                spec,
                new TurnInput.Items(Approvals.resolved(before, input), Map.of()),
                TurnFixture.STARTED_AT));
    }
}
