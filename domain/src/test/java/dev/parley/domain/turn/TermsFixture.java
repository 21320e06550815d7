package dev.parley.domain.turn;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedTool;
import java.util.List;
import java.util.Optional;

/** Builds what a client of the Responses API asks for, for tests: nothing beyond the usual, until told otherwise. */
public final class TermsFixture {

    private Optional<Integer> maxToolCalls = Optional.empty();
    private Optional<Integer> maxOutputTokens = Optional.empty();
    private Optional<Integer> compactAt = Optional.empty();
    private List<HostedTool> hosted = List.of();
    private boolean summarised;
    private boolean ofAllTurns;

    private TermsFixture() {}

    public static TermsFixture terms() {
        return new TermsFixture();
    }

    public TermsFixture maxToolCalls(int most) {
        maxToolCalls = Optional.of(most);
        return this;
    }

    public TermsFixture maxOutputTokens(int most) {
        maxOutputTokens = Optional.of(most);
        return this;
    }

    public TermsFixture compactAt(int tokens) {
        compactAt = Optional.of(tokens);
        return this;
    }

    public TermsFixture hosted(HostedTool... tools) {
        hosted = List.of(tools);
        return this;
    }

    public TermsFixture summarised() {
        summarised = true;
        return this;
    }

    public TermsFixture thoughtsOfAllTurns() {
        ofAllTurns = true;
        return this;
    }

    public ResponseTerms build() {
        return new ResponseTerms(
                true,
                false,
                maxToolCalls,
                maxOutputTokens,
                false,
                compactAt,
                new ResponseTerms.Reasoning(summarised, false, ofAllTurns),
                JsonText.EMPTY_OBJECT,
                hosted);
    }
}
