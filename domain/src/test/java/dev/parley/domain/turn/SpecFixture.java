package dev.parley.domain.turn;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;
import java.util.Optional;

/** Builds what a turn is to know, for tests: a plain chat that pauses for clients, until told otherwise. */
public final class SpecFixture {

    private String model = "a-model";
    private String instructions = "";
    private List<OfferedTool> tools = List.of();
    private ToolChoice toolChoice = new ToolChoice.Auto();
    private List<String> inputShields = List.of();
    private List<String> outputShields = List.of();
    private List<String> retrieveFrom = List.of();
    private int maxInferenceSteps = 10;
    private ClientToolPolicy clientToolPolicy = ClientToolPolicy.PAUSE;
    private Optional<ResponseTerms> terms = Optional.empty();

    private SpecFixture() {}

    public static SpecFixture spec() {
        return new SpecFixture();
    }

    /** The same for a response, with nothing asked for beyond the usual. */
    public static SpecFixture response() {
        return new SpecFixture().terms(TermsFixture.terms().build()).clientToolPolicy(ClientToolPolicy.END);
    }

    public SpecFixture model(String name) {
        model = name;
        return this;
    }

    public SpecFixture instructions(String text) {
        instructions = text;
        return this;
    }

    public SpecFixture tools(OfferedTool... offered) {
        tools = List.of(offered);
        return this;
    }

    public SpecFixture toolChoice(ToolChoice choice) {
        toolChoice = choice;
        return this;
    }

    public SpecFixture inputShields(String... shields) {
        inputShields = List.of(shields);
        return this;
    }

    public SpecFixture outputShields(String... shields) {
        outputShields = List.of(shields);
        return this;
    }

    public SpecFixture retrieveFrom(String... stores) {
        retrieveFrom = List.of(stores);
        return this;
    }

    public SpecFixture maxInferenceSteps(int most) {
        maxInferenceSteps = most;
        return this;
    }

    public SpecFixture clientToolPolicy(ClientToolPolicy policy) {
        clientToolPolicy = policy;
        return this;
    }

    public SpecFixture terms(ResponseTerms asked) {
        terms = Optional.of(asked);
        return this;
    }

    public TurnSpec build() {
        return new TurnSpec(
                model,
                instructions,
                Sampling.DEFAULT,
                Optional.empty(),
                tools,
                toolChoice,
                inputShields,
                outputShields,
                retrieveFrom,
                maxInferenceSteps,
                clientToolPolicy,
                ModelOptions.NONE,
                terms);
    }
}
