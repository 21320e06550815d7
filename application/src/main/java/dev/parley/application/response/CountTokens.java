package dev.parley.application.response;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Tokenizer;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Approvals;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import java.time.InstantSource;
import java.util.List;

/** Says how long the input of a response would be (responses-api 6.1). */
public final class CountTokens {

    private final Context context;
    private final References references;
    private final ResponseSpecs specs;
    private final Tokenizer tokenizer;
    private final InstantSource clock;

    public CountTokens(
            Context context, References references, ResponseSpecs specs, Tokenizer tokenizer, InstantSource clock) {
        this.context = context;
        this.references = references;
        this.specs = specs;
        this.tokenizer = tokenizer;
        this.clock = clock;
    }

    /**
     * The number of tokens that the model would be shown at first. Blocks on the store, and where a provider is asked.
     * Nothing is stored, and no model says anything.
     *
     * @throws Refusal when what the command names does not exist
     */
    public long count(Owner owner, CreateResponse.Command command) {
        Context.Before before = context.of(owner, command.origin());
        List<Item> items = Approvals.resolved(before.items(), references.resolve(owner, command.input()));
        Turn turn = Turn.begin(
                command.id(),
                before.origin(),
                specs.withTools(owner, command, before.items(), items),
                new TurnInput.Items(items, command.metadata()),
                clock.instant());
        return tokenizer.count(new InferenceRequest(
                turn.spec().model(),
                before.history().prompt(turn),
                turn.spec().tools().stream().map(OfferedTool::definition).toList(),
                turn.spec().tools().isEmpty()
                        ? new ToolChoice.None()
                        : turn.spec().toolChoice(),
                turn.sampling(),
                turn.spec().responseFormat(),
                turn.spec().options()));
    }
}
